// What a served ranker of add-on items is to the rest of the house: the request is taken in once, then candidates are
// scored in batches. Not for who buys at all (feature/scorer.h).
//
// A score says nothing by itself; within one request a higher one is the better candidate. Thread safety: a scorer is
// immutable after loading; a CandidateWorkspace belongs to one thread at a time. Cost: start() one step a partner of
// each trigger; score() the features of a candidate and one comparison a level and tree; neither allocates once a
// workspace has served a request, and neither blocks. Failure: none.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "basket/candidate_features.h"
#include "basket/co_basket.h"

namespace inkling::basket {

struct Candidate {
  std::uint32_t row = 0;  // of CandidateScorer::statistics(); kUnknownItem: not in them
  std::int64_t price_cents = kNoPrice;
  // For networks; 0 and none: not known.
  std::uint64_t item = 0, leaf = 0, top = 0, shop = 0;
  std::span<const RecallHit> recalls{};  // those that found it; what they view lives until the candidate is scored
};

class CandidateWorkspace {
 public:
  virtual ~CandidateWorkspace() = default;
};

class CandidateScorer {
 public:
  virtual ~CandidateScorer() = default;
  // That it was trained with; rows of requests and candidates are its rows. Lives as long as the scorer.
  [[nodiscard]] virtual const CoBasket& statistics() const = 0;
  [[nodiscard]] virtual std::unique_ptr<CandidateWorkspace> new_workspace() const = 0;
  // What the request names must live until its last candidate is scored; its statistics are the scorer's own.
  virtual void start(const AddOnRequest& request, CandidateWorkspace& workspace) const = 0;
  // One score a candidate.
  virtual void score(std::span<const Candidate> candidates, CandidateWorkspace& workspace,
                     std::span<float> scores) const = 0;
};

// A package that is live, as it was loaded.
struct RankingPackage {
  std::string model;
  std::string version;
  std::shared_ptr<const CandidateScorer> scorer;
};

}  // namespace inkling::basket
