// recall/fast_moving: what sells faster lately than it usually does, and what has just come.
#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/core/clock.h"
#include "scene/candidates.h"
#include "scene/price_fit.h"
#include "scene/stage.h"

namespace inkling::stages::recall::fast_moving {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;

constexpr double kFreshShare = 0.5;  // of the highest score, for what came this moment

constexpr std::array kParameters = {
    ParameterSpec{.name = "quota",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "at most this many that sell faster, the fastest first",
                  .default_text = "100",
                  .min = 1,
                  .max = 2000},
    ParameterSpec{.name = "least_gain",
                  .type = ParameterType::kNumber,
                  .unit = "standard deviations",
                  .meaning = "so far above its usual pace an item must sell",
                  .default_text = "1",
                  .min = 0,
                  .max = 1000},
    ParameterSpec{.name = "fresh",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "at most this many that have just come, the newest first",
                  .default_text = "30",
                  .min = 0,
                  .max = 500},
    ParameterSpec{.name = "fresh_days",
                  .type = ParameterType::kInteger,
                  .unit = "days",
                  .meaning = "so long after it was first told an item is fresh",
                  .default_text = "14",
                  .min = 1,
                  .max = 365},
    scene::kStretch};

struct Settings {
  std::size_t quota;
  double least_gain;
  std::size_t fresh;
  std::int64_t fresh_ms;
  double stretch;
};

class FastMovingStage final : public scene::Stage {
 public:
  explicit FastMovingStage(const Settings& settings) : settings_(settings) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    const scene::WantedGoods wanted(exchange, settings_.stretch);
    scene::CandidateAdder candidates(exchange.slots, "fast_moving");
    add_fast(world, wanted, candidates);
    add_fresh(world, wanted, candidates);
    return {};
  }

 private:
  // What sells fast lately is among what is most wanted, so no list of its own is kept.
  void add_fast(const index::World& world, const scene::WantedGoods& wanted,
                scene::CandidateAdder& candidates) const {
    thread_local std::vector<index::TopEntry> found;  // reused: no request of this thread allocates twice
    found.clear();
    const auto take = [&](const index::TopEntry& entry) {
      const double gain = world.pace_gain(entry.row);
      if (gain > settings_.least_gain && wanted.hold(entry.row)) found.push_back({gain, entry.row});
    };
    if (wanted.prices()) {
      scene::each_hot_between(world, *wanted.prices(), take);
    } else {
      std::ranges::for_each(world.hot(), take);
    }
    index::keep_best(found, settings_.quota);
    for (const index::TopEntry& entry : found) {
      candidates.add(world.facts(entry.row).item, static_cast<float>(entry.score / (1 + entry.score)),
                     {"selling_fast"});
    }
  }

  void add_fresh(const index::World& world, const scene::WantedGoods& wanted,
                 scene::CandidateAdder& candidates) const {
    std::size_t added = 0;
    for (const index::TopEntry& entry : world.newest()) {
      const std::int64_t age_ms = world.time_ms() - world.facts(entry.row).first_ms;
      if (added == settings_.fresh || age_ms >= settings_.fresh_ms) return;
      if (!wanted.hold(entry.row)) continue;
      ++added;
      const double left = 1 - static_cast<double>(age_ms) / static_cast<double>(settings_.fresh_ms);
      candidates.add(world.facts(entry.row).item, static_cast<float>(kFreshShare * left), {"fresh"});
    }
  }

  Settings settings_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const auto count = [&](std::string_view name) { return static_cast<std::size_t>(parameters.integer(name)); };
  return std::unique_ptr<scene::Stage>(std::make_unique<FastMovingStage>(
      Settings{count("quota"), parameters.number("least_gain"), count("fresh"),
               parameters.integer("fresh_days") * base::kDayMs, parameters.number(scene::kStretch.name)}));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "fast_moving",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds what sells faster lately than it usually does, and what has just come",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::fast_moving
