// A question of the journal as a served ranker is asked it: for training and judging rankers on what was really
// shown.
//
// Views the sample, the statistics and the histories, which must outlive it; what a shopper bought is as of the
// histories, not of the question. Thread safety: a plain value. Cost: O(log items) an item. Failure: none.
#pragma once

#include <span>
#include <vector>

#include "basket/candidate_scorer.h"
#include "basket/removal_cases.h"

namespace inkling::basket {

class SampleRequest {
 public:
  SampleRequest(const AddOnSample& sample, const CoBasket& statistics, const Histories& histories);
  SampleRequest(const SampleRequest&) = delete;  // the request views the triggers
  SampleRequest& operator=(const SampleRequest&) = delete;

  [[nodiscard]] const AddOnRequest& request() const { return request_; }
  // One an offered item, in their order.
  [[nodiscard]] std::span<const Candidate> candidates() const { return candidates_; }

 private:
  std::vector<std::uint32_t> triggers_;
  AddOnRequest request_;
  std::vector<Candidate> candidates_;
};

}  // namespace inkling::basket
