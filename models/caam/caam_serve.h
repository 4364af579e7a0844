// The serving half of CAAM. What the shopper, the cart and the time say is computed once a request; candidates come
// in one batch, with what belongs to the request folded into the layers (nn/target_attention.h, nn/batch_mlp.h).
//
// A score of a network with one logit is that logit; with three (head esmm) it is the mean of the probabilities of a
// click, a cart and a purchase; without a network (recall-score) the largest score that a recall gave, 0 without any.
// Thread safety, cost, failure: see basket::CandidateScorer. Ownership: holds copies of all it needs.
#pragma once

#include <memory>
#include <optional>

#include "models/caam/caam_input.h"
#include "models/caam/caam_layers.h"
#include "models/caam/caam_package.h"
#include "models/ranking_model.h"

namespace inkling::models::caam {

class CaamScorer final : public basket::CandidateScorer {
 public:
  // Errors name the tensor that does not fit.
  [[nodiscard]] static base::Result<std::shared_ptr<const CaamScorer>> load(const Architecture& architecture,
                                                                            const artifact::Safetensors& weights);

  [[nodiscard]] const basket::CoBasket& statistics() const override { return statistics_; }
  [[nodiscard]] std::unique_ptr<basket::CandidateWorkspace> new_workspace() const override;
  void start(const basket::AddOnRequest& request, basket::CandidateWorkspace& workspace) const override;
  void score(std::span<const basket::Candidate> candidates, basket::CandidateWorkspace& workspace,
             std::span<float> scores) const override;

 private:
  class Workspace;
  void embed_request(Workspace& workspace) const;
  void read_candidates(std::span<const basket::Candidate> candidates, Workspace& workspace) const;

  Architecture architecture_;
  Sight sight_;
  basket::CoBasket statistics_;
  InputTables tables_;
  std::optional<Layers> layers_;  // none: recall scores
};

// The registry's entry (models/ranking_model.h).
[[nodiscard]] const RankingModel& ranking_model();

[[nodiscard]] Sight sight_of(const Architecture& architecture);

}  // namespace inkling::models::caam
