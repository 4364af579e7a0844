// What a served ranker says of the offers of a sample (add_on_sample.h): for measuring rankers on what shoppers did,
// through the same interface that a scene uses. Not for training.
//
// Ownership: borrows the scorer. Thread safety: one thread. Cost: one start() a sample and one batch; allocates while
// its buffers grow. Failure: none.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "basket/add_on_sample.h"
#include "basket/candidate_scorer.h"
#include "basket/personal_history.h"

namespace inkling::basket {

class SampleScorer {
 public:
  explicit SampleScorer(const CandidateScorer& scorer) : scorer_(scorer), workspace_(scorer.new_workspace()) {}

  // One score an offered item, until the next call. `history`: what the shopper bought before sample.now_ms; nullptr:
  // nothing is known.
  [[nodiscard]] std::span<const float> score(const AddOnSample& sample, const PersonalHistory* history);

 private:
  const CandidateScorer& scorer_;
  std::unique_ptr<CandidateWorkspace> workspace_;
  std::vector<std::uint32_t> triggers_;
  std::vector<Candidate> candidates_;
  std::vector<float> scores_;
};

// What orders without learning: the sum of the scores of the recalls that found the item.
[[nodiscard]] double recall_score(const OfferedItem& offered);

}  // namespace inkling::basket
