// filter/reaches: keeps what reaches the promotion's next step when one piece of it, or of both of a pair, is added,
// and does not overshoot far. Without a step to reach everything but the cart's own goods stays.
#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::filter::reaches {
namespace {

constexpr std::array kParameters = {scene::kStretch};

class ReachesStage final : public scene::Stage {
 public:
  explicit ReachesStage(double stretch) : stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    scene::BasketNeed& need = *exchange.slots.need;
    need.stretch = stretch_;  // the last look keeps to it
    const index::World& world = exchange.knowledge.world();
    const auto prices = scene::fitting_prices(need, stretch_);
    std::size_t dear = 0;
    const auto drop = [&](const scene::Candidate& candidate) {
      if (need.holds(candidate.item) || need.holds(candidate.with)) return true;
      if (!prices) return false;
      const auto row = world.find(candidate.item);
      const auto partner = candidate.with.empty() ? row : world.find(candidate.with);
      if (!row || !partner) return true;
      const bool alone = candidate.with.empty();
      const std::int64_t cents = price(world, *row) + (alone ? 0 : price(world, *partner));
      if (cents > prices->high_cents) return ++dear, true;
      return alone ? !scene::completes(need, world, *row) : !scene::complete_together(need, world, *row, *partner);
    };
    const std::size_t dropped = std::erase_if(exchange.slots.candidates, drop);
    if (exchange.tracing()) {
      exchange.note("dropped " + std::to_string(dear) + " that cost too much, " + std::to_string(dropped - dear) +
                    " that lie in the cart or reach no further step");
    }
    return {};
  }

 private:
  // 0 where none is known: completes() refuses it.
  static std::int64_t price(const index::World& world, std::uint32_t row) {
    const auto& price = world.facts(row).price;
    return price ? std::min(price->cents, offer::kMaxCents) : 0;
  }

  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<ReachesStage>(parameters.number(scene::kStretch.name)));
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
