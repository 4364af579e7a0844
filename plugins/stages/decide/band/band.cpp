// decide/band: offers only to shoppers who may or may not act: those whose probability lies inside [low, high).
// Below it the offer is wasted, above it is given away. Source: models.md A.1 and A.4, the surprise coupon of DIPN.
#include <array>
#include <string>

#include "base/core/number_text.h"
#include "scene/stage.h"

namespace inkling::stages::decide::band {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "target",
                  .type = ParameterType::kText,
                  .meaning = "whose probability decides; by default the main target of the intent stage"},
    ParameterSpec{.name = "low",
                  .type = ParameterType::kNumber,
                  .unit = "probability",
                  .meaning = "from here on the offer is made",
                  .required = true,
                  .min = 0,
                  .max = 1},
    ParameterSpec{.name = "high",
                  .type = ParameterType::kNumber,
                  .unit = "probability",
                  .meaning = "from here on it no longer is; must be above `low`",
                  .required = true,
                  .min = 0,
                  .max = 1},
    ParameterSpec{.name = "offer", .type = ParameterType::kText, .meaning = "what is offered", .required = true}};

class BandStage final : public scene::Stage {
 public:
  BandStage(std::string target, scene::Band band, std::string offer)
      : target_(std::move(target)), band_(band), offer_(std::move(offer)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::IntentProb* intent = exchange.slots.intent->find(target_);
    if (intent == nullptr) return unknown_target(*exchange.slots.intent);
    scene::Decision& decision = exchange.slots.decision.emplace();
    decision.target = intent->target;
    decision.probability = intent->prob;
    decision.band = band_;
    if (intent->prob < band_.low_prob) {
      decision.reason = "below_band";
    } else if (intent->prob >= band_.high_prob) {
      decision.reason = "above_band";
    } else {
      decision.offer = true;
      decision.what = offer_;
      decision.reason = "inside_band";
    }
    return {};
  }

 private:
  base::Status unknown_target(const scene::Intent& intent) const {
    std::string known;
    for (const scene::IntentProb& prob : intent.probs) known.append(known.empty() ? "" : ", ").append(prob.target);
    return base::invalid_input("target: no model of this scene predicts \"" + target_ +
                               "\"; the targets are: " + (known.empty() ? "none" : known));
  }

  std::string target_;
  scene::Band band_;
  std::string offer_;
};

// Models answer in float, so the bounds are compared as floats: 0.7 excludes what a model means by 0.7.
base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const double low = parameters.number("low");
  const double high = parameters.number("high");
  const scene::Band band{static_cast<float>(low), static_cast<float>(high)};
  if (band.low_prob >= band.high_prob) {
    return base::invalid_input("low: " + base::number_text(low) + " is not below high, which is " +
                               base::number_text(high) +
                               "; allowed is a band [low, high) that holds some probability");
  }
  const std::string target = parameters.has("target") ? parameters.text("target") : std::string();
  return std::unique_ptr<scene::Stage>(std::make_unique<BandStage>(target, band, parameters.text("offer")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "band",
      .kind = scene::StageKind::kDecide,
      .purpose = "offers to shoppers whose probability lies inside a band",
      .parameters = kParameters,
      .reads = {scene::Slot::kIntent},
      .writes = {scene::Slot::kDecision},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::decide::band
