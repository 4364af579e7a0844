// recall/similar: what others looked at together with the items that this shopper looked at lately.
#include <algorithm>
#include <array>
#include <cmath>

#include "scene/candidates.h"
#include "scene/recent_items.h"
#include "scene/stage.h"

namespace inkling::stages::recall::similar {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr std::array kParameters = {ParameterSpec{.name = "seeds",
                                                  .type = ParameterType::kInteger,
                                                  .unit = "items",
                                                  .meaning = "items looked at last from which it starts",
                                                  .default_text = "8",
                                                  .min = 1,
                                                  .max = 32},
                                    ParameterSpec{.name = "per_seed",
                                                  .type = ParameterType::kInteger,
                                                  .unit = "items",
                                                  .meaning = "most similar items of each of them",
                                                  .default_text = "20",
                                                  .min = 1,
                                                  .max = static_cast<double>(index::kMaxCoVisits)}};

constexpr float kSeedsToHalf = 4;       // a seed says half as much as the one so many places before it
constexpr float kSameCategory = 0.05F;  // what being of one category is worth, as a similarity

class SimilarStage final : public scene::Stage {
 public:
  SimilarStage(std::size_t seeds, std::size_t per_seed) : seeds_(seeds), per_seed_(per_seed) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    scene::CandidateAdder candidates(exchange.slots, "similar");
    std::size_t place = 0;
    for (const scene::RecentItem& seed : scene::recent_items(exchange.knowledge.shopper_state())) {
      if (place == seeds_) break;
      const auto row = world.find_name(seed.name);
      if (!row) continue;
      const float weight = seed.interest * std::exp2(-static_cast<float>(place) / kSeedsToHalf);
      add_neighbours(world, *row, weight, candidates);
      ++place;
    }
    return {};
  }

 private:
  void add_neighbours(const index::World& world, std::uint32_t seed, float weight,
                      scene::CandidateAdder& candidates) const {
    std::array<index::Neighbour, index::kMaxCoVisits> room;
    const auto neighbours = world.similar(seed, std::span(room).first(per_seed_));
    for (const index::Neighbour& neighbour : neighbours) {
      candidates.add(world.facts(neighbour.row).item, weight * neighbour.similarity,
                     {"similar_to", world.facts(seed).item});
    }
    if (neighbours.empty()) add_category(world, seed, weight * kSameCategory, candidates);
  }

  // Of an item that nobody has looked at beside others, its category is all that is known.
  void add_category(const index::World& world, std::uint32_t seed, float weight,
                    scene::CandidateAdder& candidates) const {
    const index::ItemFacts& facts = world.facts(seed);
    if (facts.category == index::kNoCategory) return;
    const auto hot = world.category(facts.category).hot.entries();
    for (std::size_t i = 0; i < std::min(hot.size(), per_seed_); ++i) {
      if (hot[i].row == seed) continue;
      candidates.add(world.facts(hot[i].row).item, weight / (1 + static_cast<float>(i)),
                     {"same_kind_as", facts.item});
    }
  }

  std::size_t seeds_;
  std::size_t per_seed_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(std::make_unique<SimilarStage>(count("seeds"), count("per_seed")));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "similar",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what others looked at together with the items that the shopper looked at lately",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::similar
