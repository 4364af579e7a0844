// decide/never: offers nothing. The last rung of a ladder that must not give anything away, and the control arm.
#include <array>
#include <string>

#include "scene/stage.h"

namespace inkling::stages::decide::never {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "reason",
                                                         .type = scene::ParameterType::kText,
                                                         .meaning = "the reason code of the decision",
                                                         .default_text = "never"}};

class NeverStage final : public scene::Stage {
 public:
  explicit NeverStage(std::string reason) : reason_(std::move(reason)) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    exchange.slots.decision.emplace().reason = reason_;
    return {};
  }

 private:
  std::string reason_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<NeverStage>(parameters.text("reason")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {.name = "never",
                                                   .kind = scene::StageKind::kDecide,
                                                   .purpose = "offers nothing",
                                                   .parameters = kParameters,
                                                   .writes = {scene::Slot::kDecision},
                                                   .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::decide::never
