// Cases that teach and test a ranker of add-on items: one item is taken out of a basket that somebody bought, its
// price is called the gap, and the item must be found among those that would close it.
//
// A basket's items that the statistics do not know are left out, then baskets of min_items to max_items make a case
// each. Candidates: every item whose usual price is between the gap and gap (1 + stretch), without those in the
// basket; the item taken out is always one. Traps: the gap of a real cart is not the price of an item, so that a
// ranker may learn here that a price which meets the gap exactly is the one (models/add_on_gbdt/README.md, "Limits").
// Ownership: a CaseMaker borrows the statistics. Thread safety: one thread. Failure: none; a basket that makes no
// case answers nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/core/random.h"
#include "basket/candidate_scorer.h"
#include "basket/personal_history.h"
#include "basket/purchase.h"

namespace inkling::basket {

struct CaseOptions {
  std::size_t min_items = 3;
  std::size_t max_items = 60;
  double stretch = 0.5;
};

struct AddOnCase {
  std::uint64_t shopper = 0;
  std::int64_t now_ms = 0;
  std::int64_t gap_cents = 0;
  std::vector<std::uint32_t> triggers;  // rows of what is left in the basket
  std::vector<ItemRef> ticked;          // the same, with the prices that were paid; categories are not known
  std::vector<Candidate> candidates;
  std::size_t target = 0;  // which candidate was taken out
};

class CaseMaker {
 public:
  CaseMaker(const CoBasket& statistics, const CaseOptions& options);
  // Takes one item out at random.
  [[nodiscard]] std::optional<AddOnCase> make(const Purchase& purchase, base::Random& random);

 private:
  void add_candidates(std::uint32_t target, AddOnCase& made);

  const CoBasket& statistics_;
  CaseOptions options_;
  std::vector<Candidate> by_price_;
  std::vector<bool> taken_;  // rows in the basket of the case in hand
};

// What each shopper bought before a moment.
class Histories {
 public:
  // In the order of time.
  void add(const Purchase& purchase);
  // nullptr: nothing is known of the shopper.
  [[nodiscard]] const PersonalHistory* find(std::uint64_t shopper) const;
  // The newest kMaxBehaviours lines that the shopper bought, oldest first; until the next add().
  [[nodiscard]] std::span<const Behaviour> behaviours(std::uint64_t shopper) const;

 private:
  std::unordered_map<std::uint64_t, PersonalHistory> histories_;
  std::unordered_map<std::uint64_t, std::vector<Behaviour>> behaviours_;
};

// What a ranker is asked for a case. Views the case and the histories.
[[nodiscard]] AddOnRequest request_of(const CoBasket& statistics, const Histories& histories, const AddOnCase& made);

struct NegativeOptions {
  std::size_t hard = 60;    // of each case: the candidates of largest autoencoder score
  std::size_t random = 40;  // and so many of the others
};

// Those that teach: the one taken out first, then the hard ones, then some others. `scores` are those of the case.
[[nodiscard]] std::vector<Candidate> teaching_candidates(const TriggerScores& scores, const AddOnCase& made,
                                                         const NegativeOptions& options, base::Random& random);

// How far up the items taken out stood, ties against them.
struct Found {
  std::size_t cases = 0;
  std::size_t hits = 0;  // among the first ten
  double reciprocal_ranks = 0;

  void add(std::span<const float> scores, std::size_t target);
  [[nodiscard]] double hit_rate() const {
    return cases == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(cases);
  }
  [[nodiscard]] double mean_reciprocal_rank() const {
    return cases == 0 ? 0 : reciprocal_ranks / static_cast<double>(cases);
  }
};

// One case a purchase that makes one.
[[nodiscard]] Found search(const CandidateScorer& scorer, const Histories& histories,
                           std::span<const Purchase> purchases, const CaseOptions& options, std::uint64_t seed);

}  // namespace inkling::basket
