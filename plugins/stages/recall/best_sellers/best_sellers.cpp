// recall/best_sellers: what is in demand among goods that cost about what the cart is short of and count for the
// promotion; without a step to reach, what is in demand.
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::recall::best_sellers {
namespace {

constexpr std::array kParameters = {scene::ParameterSpec{.name = "quota",
                                                         .type = scene::ParameterType::kInteger,
                                                         .unit = "items",
                                                         .meaning = "at most this many, most popular first",
                                                         .default_text = "200",
                                                         .min = 1,
                                                         .max = 2000},
                                    scene::kStretch};

class BestSellersStage final : public scene::Stage {
 public:
  BestSellersStage(std::size_t quota, double stretch) : quota_(quota), stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    const scene::WantedGoods wanted(exchange, stretch_);
    scene::CandidateAdder candidates(exchange.slots, "best_sellers");
    if (wanted.prices()) {
      add_near_gap(world, wanted, candidates);
    } else {
      for (const index::TopEntry& entry : world.hot().first(std::min(world.hot().size(), quota_)))
        candidates.add(world.facts(entry.row).item, demand(world, entry), {"popular"});
    }
    return {};
  }

 private:
  // A heap: the quota is full before most of them have been held against the promotion, which is what costs.
  void add_near_gap(const index::World& world, const scene::WantedGoods& wanted,
                    scene::CandidateAdder& candidates) const {
    thread_local std::vector<index::TopEntry> found;  // reused: no request of this thread allocates twice
    found.clear();
    scene::each_hot_between(world, *wanted.prices(), [&](const index::TopEntry& entry) { found.push_back(entry); });
    const auto worse = [](const index::TopEntry& a, const index::TopEntry& b) { return index::ranks_before(b, a); };
    std::ranges::make_heap(found, worse);
    for (std::size_t added = 0; added < quota_ && !found.empty(); found.pop_back()) {
      std::ranges::pop_heap(found, worse);
      const index::TopEntry& best = found.back();
      if (!wanted.hold(best.row)) continue;
      candidates.add(world.facts(best.row).item, demand(world, best), {"popular_for_gap"});
      ++added;
    }
  }

  static float demand(const index::World& world, const index::TopEntry& entry) {
    return static_cast<float>(world.faded(entry.score));
  }

  std::size_t quota_;
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<BestSellersStage>(
      static_cast<std::size_t>(parameters.integer("quota")), parameters.number(scene::kStretch.name)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "best_sellers",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what is in demand among goods that complete the basket",
      .parameters = kParameters,
      .reads = {scene::Slot::kNeed},
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::best_sellers
