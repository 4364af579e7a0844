// The serving half of the boosted trees: a package's trees, asked for one shopper at a time. All that it reads is in
// the state, so its memory holds nothing and never falls behind.
// Thread safety, ownership and failure: see feature::Scorer; trees are copied out of the package. Cost of score: the
// statistics, then one comparison a level and tree; it allocates nothing. Wasm-clean.
#pragma once

#include <memory>
#include <vector>

#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "forest/tree_columns.h"
#include "models/model.h"

namespace inkling::models::purchase_gbdt {

class TreeScorer final : public feature::Scorer {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<const TreeScorer>> make(const artifact::PackageManifest& manifest,
                                                                            const artifact::Safetensors& weights);

  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override;
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override;
  [[nodiscard]] bool catch_up(const state::ShopperState&, feature::ScorerMemory&) const override { return true; }
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace& workspace, std::span<float> probs) const override;
  [[nodiscard]] base::Status score_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                              feature::ScorerWorkspace& workspace,
                                              std::span<float> probs) const override;

 private:
  class Workspace;
  explicit TreeScorer(feature::Blueprint blueprint) : blueprint_(std::move(blueprint)) {}
  void score_row(std::span<const float> numbers, std::span<const std::uint32_t> ids, std::span<float> row,
                 std::span<float> probs) const;

  feature::ScorerInfo info_;
  feature::Blueprint blueprint_;
  std::vector<forest::ReadTrees> targets_;
};

// The registry's entry (models/model.h).
[[nodiscard]] const ServingModel& serving_half();

}  // namespace inkling::models::purchase_gbdt
