// The serving half of the add-on ranker: boosted trees over basket's candidate features, and the statistics that the
// features are made from. Thread safety, cost: see basket::CandidateScorer. Ownership: shares the statistics; trees
// are copied out of the package. Wasm-clean.
#pragma once

#include <memory>

#include "artifact/safetensors.h"
#include "basket/candidate_scorer.h"
#include "forest/tree_columns.h"
#include "models/ranking_model.h"

namespace inkling::models::add_on_gbdt {

class AddOnScorer final : public basket::CandidateScorer {
 public:
  AddOnScorer(std::shared_ptr<const basket::CoBasket> statistics, forest::ReadTrees trees)
      : statistics_(std::move(statistics)), trees_(std::move(trees)) {}
  // From a package's tensors. Errors name the tensor that does not fit.
  [[nodiscard]] static base::Result<std::shared_ptr<const AddOnScorer>> load(const artifact::Safetensors& weights);

  [[nodiscard]] const basket::CoBasket& statistics() const override { return *statistics_; }
  [[nodiscard]] std::unique_ptr<basket::CandidateWorkspace> new_workspace() const override;
  void start(const basket::AddOnRequest& request, basket::CandidateWorkspace& workspace) const override;
  void score(std::span<const basket::Candidate> candidates, basket::CandidateWorkspace& workspace,
             std::span<float> scores) const override;

 private:
  class Workspace;
  std::shared_ptr<const basket::CoBasket> statistics_;
  forest::ReadTrees trees_;
};

// The registry's entry (models/ranking_model.h).
[[nodiscard]] const RankingModel& ranking_model();

// As a manifest names the columns of its trees, {"candidate": [names]}; a package with others is refused.
[[nodiscard]] base::Json feature_names();

}  // namespace inkling::models::add_on_gbdt
