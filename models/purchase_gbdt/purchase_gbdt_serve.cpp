#include "models/purchase_gbdt/purchase_gbdt_serve.h"

#include <cmath>

#include "feature/target_json.h"
#include "models/purchase_gbdt/purchase_gbdt_columns.h"
#include "models/purchase_gbdt/purchase_gbdt_features.h"
#include "models/purchase_gbdt/purchase_gbdt_params_yaml.h"

namespace inkling::models::purchase_gbdt {
namespace {

using base::JsonView;
using base::Result;

class NoMemory final : public feature::ScorerMemory {
 public:
  [[nodiscard]] std::size_t memory_bytes() const override { return sizeof(*this); }
};

}  // namespace

class TreeScorer::Workspace final : public feature::ScorerWorkspace {
 public:
  explicit Workspace(const feature::Blueprint& blueprint)
      : numbers(blueprint.number_count()), ids(blueprint.statistic_id_count()), row(column_count(blueprint)) {}
  std::vector<float> numbers;
  std::vector<std::uint32_t> ids;
  std::vector<float> row;
};

Result<std::shared_ptr<const TreeScorer>> TreeScorer::make(const artifact::PackageManifest& manifest,
                                                           const artifact::Safetensors& weights) {
  INKLING_ASSIGN(feature::BlueprintSpec spec, feature::blueprint_from_json(JsonView(manifest.features, "features")));
  INKLING_ASSIGN(feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
  const auto scorer = std::shared_ptr<TreeScorer>(new TreeScorer(std::move(blueprint)));
  INKLING_ASSIGN(auto targets, feature::targets_from_json(JsonView(manifest.params, "params")));
  scorer->info_ = {manifest.name, manifest.version, std::move(targets)};
  for (std::size_t k = 0; k < scorer->info_.targets.size(); ++k) {
    INKLING_ASSIGN(auto trees, forest::read_trees(weights, k, column_count(scorer->blueprint_)));
    scorer->targets_.push_back(std::move(trees));
  }
  return std::shared_ptr<const TreeScorer>(scorer);
}

std::unique_ptr<feature::ScorerMemory> TreeScorer::new_memory() const {
  return std::make_unique<NoMemory>();
}

std::unique_ptr<feature::ScorerWorkspace> TreeScorer::new_workspace() const {
  return std::make_unique<Workspace>(blueprint_);
}

void TreeScorer::score_row(std::span<const float> numbers, std::span<const std::uint32_t> ids, std::span<float> row,
                           std::span<float> probs) const {
  fill_row(numbers, ids, row);
  for (std::size_t k = 0; k < probs.size(); ++k) {
    const float logit = targets_[k].trees.sum(row, targets_[k].start_logit);
    probs[k] = 1.0F / (1.0F + std::exp(-logit));
  }
}

void TreeScorer::score(const state::ShopperState& state, const feature::ScorerMemory&, std::int64_t now_ms,
                       feature::ScorerWorkspace& workspace, std::span<float> probs) const {
  auto& own = static_cast<Workspace&>(workspace);
  blueprint_.encode_statistics(state, now_ms, own.numbers, own.ids);
  score_row(own.numbers, own.ids, own.row, probs);
}

base::Status TreeScorer::score_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                          feature::ScorerWorkspace& workspace, std::span<float> probs) const {
  score_row(numbers, ids, static_cast<Workspace&>(workspace).row, probs);
  return {};
}

const ServingModel& serving_half() {
  static const ServingModel kModel = {
      "purchase_gbdt", kParamsYaml,
      [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights, std::shared_ptr<const void>,
         math::Precision) -> Result<std::shared_ptr<const feature::Scorer>> {
        INKLING_ASSIGN(auto scorer, TreeScorer::make(manifest, weights));
        return std::shared_ptr<const feature::Scorer>(std::move(scorer));
      },
      default_features, true};
  return kModel;
}

}  // namespace inkling::models::purchase_gbdt
