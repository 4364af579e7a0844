// understand/intent: asks a live model how probable its targets are and writes them into the intent slot.
#include <array>
#include <string>

#include "scene/stage.h"

namespace inkling::stages::understand::intent {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "model",
                  .type = ParameterType::kText,
                  .meaning = "the model that is asked; one of its packages must be live",
                  .required = true},
    ParameterSpec{.name = "target",
                  .type = ParameterType::kText,
                  .meaning = "the target that later stages mean when they name none; by default the model's first"}};

std::string quoted(std::string_view text) {
  std::string result(1, '"');
  result += text;
  result += '"';
  return result;
}

class IntentStage final : public scene::Stage {
 public:
  IntentStage(std::string model, std::string target) : model_(std::move(model)), target_(std::move(target)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::ModelAnswer answer, exchange.knowledge.score(model_, exchange.now_ms));
    INKLING_ASSIGN(const std::size_t main, main_target(*answer.info));
    if (!exchange.slots.intent) exchange.slots.intent.emplace();
    scene::Intent& intent = *exchange.slots.intent;
    if (intent.probs.empty()) intent.main = main;
    for (std::size_t i = 0; i < answer.info->targets.size(); ++i) {
      INKLING_TRY(add({answer.info->targets[i].name, answer.info->model, answer.probs[i]}, intent));
    }
    exchange.used_model(*answer.info);
    if (exchange.tracing()) exchange.note(described(answer));
    return {};
  }

 private:
  base::Result<std::size_t> main_target(const feature::ScorerInfo& info) const {
    std::string known;
    for (std::size_t i = 0; i < info.targets.size(); ++i) {
      if (target_.empty() || info.targets[i].name == target_) return i;
      known += (i == 0 ? "" : ", ") + info.targets[i].name;
    }
    return base::invalid_input("target: model " + quoted(info.model) + " has no target " + quoted(target_) +
                               "; its targets are: " + (known.empty() ? "none" : known));
  }

  static base::Status add(scene::IntentProb prob, scene::Intent& intent) {
    if (!(prob.prob >= 0.0F && prob.prob <= 1.0F)) {  // also refuses NaN
      return base::internal_error("model " + quoted(prob.model) + " answered " + std::to_string(prob.prob) + " for " +
                                  quoted(prob.target) + ", which is no probability from 0 to 1");
    }
    if (const scene::IntentProb* known = intent.find(prob.target); known != nullptr) {
      return base::invalid_input("model: " + quoted(prob.model) + " predicts " + quoted(prob.target) +
                                 ", which model " + quoted(known->model) +
                                 " wrote already; allowed is one model a target");
    }
    if (intent.probs.push(prob)) return {};
    return base::too_large("model: the intent slot already holds " + std::to_string(scene::kMaxIntents) +
                           " targets, the most of one scene");
  }

  static std::string described(const scene::ModelAnswer& answer) {
    std::string text = answer.info->model + " " + answer.info->version + ":";
    for (std::size_t i = 0; i < answer.info->targets.size(); ++i) {
      text += " " + answer.info->targets[i].name + " " + std::to_string(answer.probs[i]);
    }
    return text;
  }

  std::string model_;
  std::string target_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const std::string target = parameters.has("target") ? parameters.text("target") : std::string();
  return std::unique_ptr<scene::Stage>(std::make_unique<IntentStage>(parameters.text("model"), target));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "intent",
                                                   .kind = scene::StageKind::kUnderstand,
                                                   .purpose = "asks a live model how probable each of its targets is",
                                                   .parameters = kParameters,
                                                   .writes = {scene::Slot::kIntent},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::understand::intent
