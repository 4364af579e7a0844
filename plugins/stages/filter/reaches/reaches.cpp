// filter/reaches: keeps what reaches the promotion's next step when one piece of it is added, and does not overshoot
// far. Without a step to reach everything but the cart's own goods stays.
#include <array>
#include <cmath>
#include <memory>
#include <string>

#include "scene/stage.h"

namespace inkling::stages::filter::reaches {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "stretch",
                         .type = scene::ParameterType::kNumber,
                         .unit = "share of the gap",
                         .meaning = "a price may be above the gap by this share of it",
                         .default_text = "0.5",
                         .min = 0,
                         .max = 1000}};

class ReachesStage final : public scene::Stage {
 public:
  explicit ReachesStage(double stretch) : stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    scene::BasketNeed& need = *exchange.slots.need;
    need.stretch = stretch_;  // the last look keeps to it
    const index::World& world = exchange.knowledge.world();
    const auto gap_cents = need.gap_cents();
    const auto most_cents = gap_cents ? static_cast<double>(*gap_cents) * (1 + stretch_) : 0;
    std::size_t dear = 0;
    const auto drop = [&](const scene::Candidate& candidate) {
      if (need.holds(candidate.item)) return true;
      if (!gap_cents) return false;
      const auto row = world.find(candidate.item);
      const auto goods = row ? scene::goods_of(world, *row) : std::nullopt;
      if (!goods) return true;
      if (static_cast<double>(goods->price_cents) > most_cents) return ++dear, true;
      const auto addition = need.quote->with(*goods, 1, need.target);
      return !addition || !addition->reaches || addition->more_cents <= 0;
    };
    const std::size_t dropped = std::erase_if(exchange.slots.candidates, drop);
    if (exchange.tracing()) {
      exchange.note("dropped " + std::to_string(dear) + " that cost too much, " + std::to_string(dropped - dear) +
                    " that lie in the cart or reach no further step");
    }
    return {};
  }

 private:
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<ReachesStage>(parameters.number("stretch")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "reaches",
      .kind = scene::StageKind::kFilter,
      .purpose = "keeps what reaches the next step of the promotion without overshooting far",
      .parameters = kParameters,
      .reads = {scene::Slot::kCandidates, scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::reaches
