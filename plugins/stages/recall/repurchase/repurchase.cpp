// recall/repurchase: what this shopper bought before and may be due for again.
#include "basket/repurchase.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::recall::repurchase {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "model",
                  .type = ParameterType::kText,
                  .meaning = "whose statistics are asked; one of its packages must be live",
                  .required = true},
    ParameterSpec{.name = "quota",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "at most this many, the likeliest first",
                  .default_text = "50",
                  .min = 1,
                  .max = 2000},
    ParameterSpec{.name = "waited",
                  .type = ParameterType::kNumber,
                  .unit = "share of the cycle",
                  .meaning = "an item is passed over until this share of its usual time between purchases is over",
                  .default_text = "0.5",
                  .min = 0,
                  .max = 100},
    scene::kStretch};

struct Again {
  float score = 0;
  std::uint32_t row = 0;  // of the world
};

class RepurchaseStage final : public scene::Stage {
 public:
  RepurchaseStage(std::string model, std::size_t quota, double waited, double stretch)
      : model_(std::move(model)), quota_(quota), waited_(waited), stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    INKLING_ASSIGN(const scene::LiveRanker live, exchange.knowledge.ranker(model_));
    exchange.used_model(live.package->model, live.package->version);
    thread_local std::vector<Again> found;  // reused: no request of this thread allocates twice
    collect(live, exchange, found);
    scene::CandidateAdder candidates(exchange.slots, "repurchase");
    const index::World& world = exchange.knowledge.world();
    for (const Again& again : found) candidates.add(world.facts(again.row).item, again.score, {"buy_again"});
    return {};
  }

 private:
  void collect(const scene::LiveRanker& live, const scene::Exchange& exchange, std::vector<Again>& found) const {
    const basket::CoBasket& statistics = live.scorer().statistics();
    const index::World& world = exchange.knowledge.world();
    const scene::BasketNeed& need = *exchange.slots.need;
    const scene::WantedGoods wanted(exchange, stretch_);
    // A shopper's device may run ahead of our clock.
    const std::int64_t now_ms = std::max(exchange.now_ms, exchange.knowledge.shopper_state().clock_ms);
    found.clear();
    for (const basket::PersonalItem& bought : live.history->items()) {
      const auto known = statistics.find(bought.item);
      if (!known || !is_due(statistics.repurchase(*known), bought, now_ms)) continue;
      const float score = basket::repurchase_score(statistics.repurchase(*known), bought, now_ms);
      const auto row = score > 0 ? world.find_name(bought.item) : std::nullopt;
      if (!row || !world.facts(*row).available() || !wanted.hold(*row)) continue;
      if (!need.holds(world.facts(*row).item)) found.push_back({score, *row});
    }
    const std::size_t count = std::min(found.size(), quota_);
    std::ranges::partial_sort(
        found, found.begin() + static_cast<std::ptrdiff_t>(count),
        [](const Again& a, const Again& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; });
    found.resize(count);
  }

  [[nodiscard]] bool is_due(const basket::RepurchasePrior& prior, const basket::PersonalItem& bought,
                            std::int64_t now_ms) const {
    const auto cycle_ms = static_cast<double>(basket::due_ms(prior, bought) - bought.last_ms);
    return static_cast<double>(now_ms - bought.last_ms) >= waited_ * cycle_ms;
  }

  std::string model_;
  std::size_t quota_;
  double waited_;
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<RepurchaseStage>(
      parameters.text("model"), static_cast<std::size_t>(parameters.integer("quota")), parameters.number("waited"),
      parameters.number("stretch")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "repurchase",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what the shopper bought before and may be due for again",
      .parameters = kParameters,
      .reads = {scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::repurchase
