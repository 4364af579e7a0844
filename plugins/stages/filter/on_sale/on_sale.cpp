// filter/on_sale: drops what cannot be bought, and what this shopper bought a short while ago.
#include <algorithm>
#include <array>
#include <string>

#include "base/core/clock.h"
#include "scene/stage.h"

namespace inkling::stages::filter::on_sale {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "bought_days",
                         .type = scene::ParameterType::kInteger,
                         .unit = "days",
                         .meaning = "so long after buying it an item is not shown again; 0 shows it at once",
                         .default_text = "14",
                         .min = 0,
                         .max = 3650}};

class OnSaleStage final : public scene::Stage {
 public:
  explicit OnSaleStage(std::int64_t bought_days) : bought_ms_(bought_days * base::kDayMs) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    const state::ShopperState& state = exchange.knowledge.shopper_state();
    // A shopper's device may run ahead of our clock.
    const std::int64_t since_ms = std::max(exchange.now_ms, state.clock_ms) - bought_ms_;
    std::size_t unavailable = 0;
    const auto can_be_bought = [&](std::string_view item) {
      const auto row = world.find(item);
      return row && world.facts(*row).available();
    };
    const auto drop = [&](const scene::Candidate& candidate) {
      const std::string_view with = candidate.with;
      if (can_be_bought(candidate.item) && (with.empty() || can_be_bought(with))) {
        return was_bought(state, candidate.item, since_ms) || (!with.empty() && was_bought(state, with, since_ms));
      }
      ++unavailable;
      return true;
    };
    const std::size_t dropped = std::erase_if(exchange.slots.candidates, drop);
    if (exchange.tracing()) {
      exchange.note("dropped " + std::to_string(unavailable) + " not on sale or out of stock, " +
                    std::to_string(dropped - unavailable) + " bought lately");
    }
    return {};
  }

 private:
  static bool was_bought(const state::ShopperState& state, std::string_view item, std::int64_t since_ms) {
    return std::ranges::any_of(
        state.repurchases, [&](const state::Repurchase& row) { return row.last_ms > since_ms && row.item == item; });
  }

  std::int64_t bought_ms_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<OnSaleStage>(parameters.integer("bought_days")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "on_sale",
      .kind = scene::StageKind::kFilter,
      .purpose = "drops what cannot be bought, and what the shopper bought a short while ago",
      .parameters = kParameters,
      .reads = {scene::Slot::kCandidates},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::filter::on_sale
