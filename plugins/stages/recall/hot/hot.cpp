// recall/hot: what is in demand, on the whole marketplace and in the categories that this shopper likes.
#include <algorithm>
#include <array>

#include "scene/candidates.h"
#include "scene/stage.h"
#include "state/interests.h"

namespace inkling::stages::recall::hot {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {
    ParameterSpec{.name = "overall",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "most popular items of the whole marketplace",
                  .default_text = "100",
                  .min = 0,
                  .max = 500},
    ParameterSpec{.name = "categories",
                  .type = ParameterType::kInteger,
                  .unit = "categories",
                  .meaning = "leaf categories in which the shopper is most interested",
                  .default_text = "3",
                  .min = 0,
                  .max = 32},
    ParameterSpec{.name = "per_category",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "most popular items of each of them",
                  .default_text = "30",
                  .min = 1,
                  .max = 100}};

struct Quotas {
  std::size_t overall;
  std::size_t categories;
  std::size_t per_category;
};

class HotStage final : public scene::Stage {
 public:
  explicit HotStage(const Quotas& quotas) : quotas_(quotas) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "hot");
    add_interests(world, exchange.knowledge.shopper_state(), candidates);
    add(world, world.hot(), quotas_.overall, {"popular"}, candidates);
    return {};
  }

 private:
  static void add(const index::World& world, std::span<const index::TopEntry> entries, std::size_t quota,
                  scene::Reason reason, scene::CandidateAdder& candidates) {
    for (const index::TopEntry& entry : entries.first(std::min(entries.size(), quota))) {
      candidates.add(world.facts(entry.row).item, static_cast<float>(world.faded(entry.score)), reason);
    }
  }

  void add_interests(const index::World& world, const state::ShopperState& state,
                     scene::CandidateAdder& candidates) const {
    std::array<const state::Interest*, state::kInterests> best{};
    std::ranges::transform(state.interests, best.begin(), [](const state::Interest& row) { return &row; });
    const auto count = std::min(state.interests.size(), quotas_.categories);
    const auto middle = best.begin() + static_cast<std::ptrdiff_t>(count);
    const auto end = best.begin() + static_cast<std::ptrdiff_t>(state.interests.size());
    std::partial_sort(best.begin(), middle, end, stronger);
    for (auto row = best.begin(); row != middle; ++row) {
      const index::Category* category = world.find_category((*row)->category);
      if (category == nullptr) continue;
      add(world, category->hot.entries(), quotas_.per_category, {"popular_in", category->leaf}, candidates);
    }
  }

  // All weights fade at the same pace, so the order needs no "now".
  static bool stronger(const state::Interest* a, const state::Interest* b) {
    const auto strength = [](const state::Interest& row) {
      return index::weight_log2(row.weight, row.as_of_ms, state::kInterestHalfLifeMs);
    };
    return strength(*a) > strength(*b);
  }

  Quotas quotas_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(
      std::make_unique<HotStage>(Quotas{count("overall"), count("categories"), count("per_category")}));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "hot",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what is in demand, overall and in the categories that the shopper likes",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::hot
