// What a ranker of add-on items knows of one candidate: the scores of the recalls, what the shopper bought before,
// how much the item is in demand, and how its price fits the gap. One definition for training and serving.
//
// Numbers as they are, for trees: NaN where there is nothing to know, which of an item that the statistics do not
// hold is all but the price, the basket and the shopper. Shares and days, not counts, where a longer log would change
// them. Ownership: a CandidateReader borrows all that its request names, until the next start(). Thread safety: a
// reader belongs to one thread. Cost: start() as TriggerScores::gather; read() O(log personal items), and it
// allocates nothing.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "basket/add_on_sample.h"
#include "basket/co_basket.h"
#include "basket/personal_history.h"
#include "basket/trigger_scores.h"

namespace inkling::basket {

inline constexpr std::size_t kCandidateFeatureCount = 18;
inline constexpr std::array<std::string_view, kCandidateFeatureCount> kCandidateFeatureNames = {
    "popularity",     "popularity_30d",     "popularity_7d",    "conditional",      "conditional_best",
    "cosine",         "cosine_best",        "autoencoder",      "autoencoder_best", "personal_purchases",
    "personal_faded", "personal_idle_days", "repurchase_score", "price_ratio",      "basket_items",
    "item_age_days",  "item_idle_days",     "shopper_baskets"};

inline constexpr std::uint32_t kUnknownItem = 0xffffffff;  // row of what the statistics do not hold

struct CandidateFeatures {
  float popularity = 0;  // share of all baskets
  float popularity_30d = 0;
  float popularity_7d = 0;
  float conditional = 0;  // trigger_scores.h
  float conditional_best = 0;
  float cosine = 0;
  float cosine_best = 0;
  float autoencoder = 0;
  float autoencoder_best = 0;
  float personal_purchases = 0;
  float personal_faded = 0;
  float personal_idle_days = 0;  // since the shopper bought it; NaN: never
  float repurchase_score = 0;
  float price_ratio = 0;     // price / gap; NaN when either is not known
  float basket_items = 0;    // triggers
  float item_age_days = 0;   // since anybody first bought it, as of the snapshot
  float item_idle_days = 0;  // since anybody last bought it
  float shopper_baskets = 0;

  // In the order of kCandidateFeatureNames.
  [[nodiscard]] std::array<float, kCandidateFeatureCount> row() const;
};

// The first part is what candidate features need. The second is what a network reads besides (add_on_sample.h says
// how its values are meant); who leaves it out asks as somebody of whom nothing but the basket is known.
struct AddOnRequest {
  const CoBasket* statistics = nullptr;
  const PersonalHistory* history = nullptr;  // nullptr: somebody unknown
  std::span<const std::uint32_t> triggers;   // rows of what is in the basket
  std::int64_t gap_cents = 0;                // to the next step of a promotion; 0: none
  std::int64_t now_ms = 0;

  std::int64_t threshold_cents = 0;  // of the next step; 0: there is none
  std::uint64_t promotion = 0;
  std::uint32_t tier = 0;                                       // steps reached
  float intent_prob = std::numeric_limits<float>::quiet_NaN();  // of buying within the hour; NaN: not known
  std::span<const ItemRef> ticked{};                            // in the order of the cart
  std::span<const ItemRef> unticked{};
  std::span<const Behaviour> behaviours{};  // before now_ms, oldest first; of more than kMaxBehaviours the newest
};

class CandidateReader {
 public:
  void start(const AddOnRequest& request);
  // `row`: also kUnknownItem. `price_cents`: today's; kNoPrice when not known.
  [[nodiscard]] CandidateFeatures read(std::uint32_t row, std::int64_t price_cents) const;
  [[nodiscard]] const TriggerScores& scores() const { return scores_; }

 private:
  void read_suggested(std::uint32_t row, CandidateFeatures& features) const;
  void read_demand(std::uint32_t row, CandidateFeatures& features) const;
  void read_personal(std::uint32_t row, CandidateFeatures& features) const;

  AddOnRequest request_;
  TriggerScores scores_;
};

}  // namespace inkling::basket
