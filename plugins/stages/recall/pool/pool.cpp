// recall/pool: goods that people chose, by lists and rules in files beside the scene.
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/core/hash.h"
#include "scene/candidates.h"
#include "scene/pool_file.h"
#include "scene/stage.h"

namespace inkling::stages::recall::pool {
namespace {

using scene::ParameterSpec;
using scene::ParameterType;
using scene::Pool;

constexpr std::array kParameters = {
    ParameterSpec{.name = "folder",
                  .meaning = "where the files of the pools stand, seen from the scene file",
                  .default_text = "pools"},
    ParameterSpec{.name = "quota",
                  .type = ParameterType::kInteger,
                  .unit = "items",
                  .meaning = "at most this many of each pool",
                  .default_text = "60",
                  .min = 1,
                  .max = 2000},
    scene::kStretch};

// One pool over one snapshot of the marketplace.
class PoolGoods {
 public:
  PoolGoods(const Pool& pool, const index::World& world, const scene::WantedGoods& wanted)
      : pool_(pool), world_(world), wanted_(wanted) {}

  // Those that may be added, best first; at most `quota`.
  void collect(std::size_t quota, std::vector<index::TopEntry>& found) const {
    found.clear();
    if (!pool_.items.empty()) return collect_list(quota, found);
    const auto take = [&](const index::TopEntry& entry) {
      if (follows_rule(entry.row) && wanted_.hold(entry.row)) found.push_back(entry);
    };
    if (pool_.order == scene::PoolOrder::kNewest) {
      std::ranges::for_each(world_.newest(), take);
    } else if (!pool_.categories.empty()) {
      for (const std::string& leaf : pool_.categories) {
        const index::Category* category = world_.find_category(base::name_hash(leaf));
        if (category != nullptr) std::ranges::for_each(category->hot.entries(), take);
      }
    } else if (!pool_.any_price || wanted_.prices() || !pool_.shops.empty()) {
      scene::each_hot_between(world_, prices(), take);
    } else {
      std::ranges::for_each(world_.hot(), take);
    }
    index::keep_best(found, quota);
  }

 private:
  void collect_list(std::size_t quota, std::vector<index::TopEntry>& found) const {
    for (std::size_t i = 0; i < pool_.items.size() && found.size() < quota; ++i) {
      const auto row = world_.find(pool_.items[i]);
      if (row && world_.facts(*row).available() && wanted_.hold(*row)) found.push_back({0, *row});
    }
  }

  [[nodiscard]] scene::PriceRange prices() const {
    const scene::PriceRange near = wanted_.prices().value_or(scene::PriceRange{});
    return {std::max(pool_.prices.low_cents, near.low_cents), std::min(pool_.prices.high_cents, near.high_cents)};
  }

  [[nodiscard]] bool follows_rule(std::uint32_t row) const {
    const index::ItemFacts& facts = world_.facts(row);
    if (!pool_.any_price && (!facts.price || !pool_.prices.holds(facts.price->cents))) return false;
    if (!holds(pool_.shops, world_.shop_of(row))) return false;
    return pool_.categories.empty() ||
           (facts.category != index::kNoCategory && holds(pool_.categories, world_.category(facts.category).leaf));
  }

  static bool holds(const std::vector<std::string>& names, std::string_view name) {
    return names.empty() || std::ranges::find(names, name) != names.end();
  }

  const Pool& pool_;
  const index::World& world_;
  const scene::WantedGoods& wanted_;
};

class PoolStage final : public scene::Stage {
 public:
  PoolStage(std::vector<Pool> pools, std::size_t quota, double stretch)
      : pools_(std::move(pools)), quota_(quota), stretch_(stretch) {}

  [[nodiscard]] base::Status run(scene::Exchange& exchange) const override {
    const index::World& world = exchange.knowledge.world();
    const scene::WantedGoods wanted(exchange, stretch_);
    thread_local std::vector<index::TopEntry> found;  // reused: no request of this thread allocates twice
    scene::CandidateAdder candidates(exchange.slots, "pool");
    for (const Pool& pool : pools_) {
      if (!pool.is_on(exchange.now_ms)) continue;
      PoolGoods(pool, world, wanted).collect(quota_, found);
      for (std::size_t i = 0; i < found.size(); ++i) {
        const float share = 1 - static_cast<float>(i) / static_cast<float>(found.size());
        candidates.add(world.facts(found[i].row).item, share, {"pool", pool.name});
      }
      if (exchange.tracing()) exchange.note(pool.name + ": " + std::to_string(found.size()) + " items");
    }
    return {};
  }

 private:
  std::vector<Pool> pools_;
  std::size_t quota_;
  double stretch_;
};

base::Result<std::unique_ptr<scene::Stage>> make(const scene::Parameters& parameters) {
  const std::filesystem::path folder = parameters.text("folder");
  if (folder.is_relative() && parameters.folder().empty()) {
    return base::invalid_input(
        "folder: \"" + folder.string() +
        "\" is seen from the scene file, and this scene stands in none; allowed is a whole path");
  }
  auto pools = scene::load_pools((std::filesystem::path(parameters.folder()) / folder).lexically_normal().string());
  if (!pools.ok()) {
    std::string sentence = "folder: " + pools.status().message();
    for (std::size_t end = 0; (end = sentence.find('\n', end)) != std::string::npos;) sentence.replace(end, 1, "; ");
    return base::invalid_input(std::move(sentence));
  }
  return std::unique_ptr<scene::Stage>(
      std::make_unique<PoolStage>(*std::move(pools), static_cast<std::size_t>(parameters.integer("quota")),
                                  parameters.number(scene::kStretch.name)));
}

}  // namespace

const scene::StageBlueprint& blueprint() {
  static const scene::StageBlueprint kBlueprint = {
      .name = "pool",
      .kind = scene::StageKind::kRecall,
      .purpose = "adds goods that people chose by lists and rules in files",
      .parameters = kParameters,
      .writes = {scene::Slot::kCandidates},
      .make = make};
  return kBlueprint;
}

}  // namespace inkling::stages::recall::pool
