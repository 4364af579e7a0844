// What the network reads of a request and of its candidates: rows of embedding tables and numbers. One definition for
// training and serving, so that they cannot disagree.
//
// Of the history the newest kMaxBehaviours count, of what is ticked the last kMaxTriggers, and of the rest of the
// cart as many. Hours and weekdays are UTC's. Prices, sums and counts are logarithms, for they are spread over
// decades. Not known is NaN (caam_columns.h). Ownership: an InputReader borrows all that its request names, until the
// next start(). Thread safety: a reader belongs to one thread. Cost: start() as basket::CandidateReader; read() one
// comparison a step and trigger; nothing allocates once a request of that size was read. Failure: none.
#pragma once

#include <vector>

#include "basket/candidate_features.h"
#include "basket/candidate_scorer.h"
#include "models/caam/caam_columns.h"
#include "models/caam/caam_vocabulary.h"

namespace inkling::models::caam {

struct RequestInput {
  std::vector<StepRows> steps;     // oldest first
  std::vector<ItemRows> triggers;  // in the order of the cart
  std::vector<ItemRows> unticked;
  RequestValues values{};
};

struct CandidateInput {
  ItemRows item{};
  CandidateValues values{};
};

class InputReader {
 public:
  void start(const basket::AddOnRequest& request, const Vocabulary& vocabulary);
  [[nodiscard]] const RequestInput& request() const { return input_; }
  [[nodiscard]] CandidateInput read(const basket::Candidate& candidate) const;

 private:
  void read_cart();
  void read_time();
  void read_features(const basket::Candidate& candidate, CandidateValues& values) const;
  void read_overlap(const basket::Candidate& candidate, CandidateValues& values) const;
  void read_price(const basket::Candidate& candidate, CandidateValues& values) const;

  basket::AddOnRequest request_;
  const Vocabulary* vocabulary_ = nullptr;
  basket::CandidateReader features_;
  RequestInput input_;
};

}  // namespace inkling::models::caam
