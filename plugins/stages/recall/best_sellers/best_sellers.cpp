// recall/best_sellers: what is in demand among goods that cost about what the cart is short of and count for the
// promotion; without a step to reach, what is in demand.
#include <algorithm>
#include <array>
#include <memory>

#include "scene/candidates.h"
#include "scene/stage.h"

namespace inkling::stages::recall::best_sellers {
namespace {

constexpr std::array kParameters = {
    scene::ParameterSpec{.name = "quota",
                         .type = scene::ParameterType::kInteger,
                         .unit = "items",
                         .meaning = "at most this many, most popular first",
                         .default_text = "200",
                         .min = 1,
                         .max = 2000},
    scene::ParameterSpec{.name = "stretch",
                         .type = scene::ParameterType::kNumber,
                         .unit = "share of the gap",
                         .meaning = "a price may be above the gap by this share of it",
                         .default_text = "0.5",
                         .min = 0,
                         .max = 1000}};

class BestSellersStage final : public scene::Stage {
 public:
  BestSellersStage(std::size_t quota, double stretch) : quota_(quota), stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const scene::BasketNeed& need = *exchange.slots.need;
    const index::World& world = exchange.knowledge.world();
    if (!need.target) {
      add(world, world.hot(), "popular", exchange);
      return {};
    }
    thread_local std::vector<index::TopEntry> found;  // reused: no request of this thread allocates twice
    collect(world, need, found);
    add(world, found, "popular_for_gap", exchange);
    return {};
  }

 private:
  void collect(const index::World& world, const scene::BasketNeed& need, std::vector<index::TopEntry>& found) const {
    const std::int64_t low_cents = *need.gap_cents();
    const auto high_cents = static_cast<std::int64_t>(
        std::min(static_cast<double>(low_cents) * (1 + stretch_), static_cast<double>(offer::kMaxCents)));
    found.clear();
    for (std::size_t band = index::price_band(low_cents); band <= index::price_band(high_cents); ++band) {
      for (const index::TopEntry& entry : world.hot_in_band(band)) {
        if (scene::completes(need, world, entry.row, stretch_)) found.push_back(entry);
      }
    }
    const auto hotter = [](const index::TopEntry& a, const index::TopEntry& b) {
      return a.score != b.score ? a.score > b.score : a.row < b.row;
    };
    const std::size_t count = std::min(found.size(), quota_);
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(count), hotter);
    found.resize(count);
  }

  void add(const index::World& world, std::span<const index::TopEntry> entries, std::string_view reason,
           scene::Exchange& exchange) const {
    scene::CandidateAdder candidates(exchange.slots, "best_sellers");
    for (const index::TopEntry& entry : entries.first(std::min(entries.size(), quota_))) {
      candidates.add(world.facts(entry.row).item, static_cast<float>(world.faded(entry.score)), {reason});
    }
  }

  std::size_t quota_;
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  return std::unique_ptr<scene::Stage>(std::make_unique<BestSellersStage>(
      static_cast<std::size_t>(parameters.integer("quota")), parameters.number("stretch")));
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
