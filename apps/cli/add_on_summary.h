// What a journal says about completing baskets, as numbers: for a page (add_on_page.h) and as JSON.
// Thread safety: plain values; pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/core/json.h"
#include "funnel/arms.h"
#include "funnel/cross_scores.h"
#include "funnel/journal_follower.h"
#include "funnel/steps.h"

namespace inkling::cli {

struct NamedPair {
  std::string beside;  // a leaf category's path
  std::string added;
  funnel::PairLift lift;
};

struct PairTable {
  funnel::Beside beside = funnel::Beside::kTicked;
  funnel::Deed deed = funnel::Deed::kCarted;
  std::vector<NamedPair> pairs;  // the first kMostPairs by rank
};

struct PromotionSteps {
  std::string promotion;
  funnel::StepSummary steps;
};

struct AddOnSummary {
  std::string scene;
  std::string currency;
  std::uint64_t events = 0;
  std::uint64_t simulated_events = 0;
  std::uint64_t orders = 0;  // all in the journal
  std::uint64_t unpriced_orders = 0;
  std::vector<PromotionSteps> promotions;  // most orders first
  std::vector<funnel::ArmSummary> arms;    // all together first
  std::array<funnel::MeanCrossScores, funnel::kDeeds> cross_scores;
  std::vector<PairTable> pairs;
};

inline constexpr std::size_t kMostPairs = 12;
inline constexpr std::array<const char*, funnel::kDeeds> kDeedNames = {"shown", "clicked", "put into the cart",
                                                                       "bought"};
inline constexpr std::array<const char*, funnel::kDeeds> kDeedKeys = {"exposure", "click", "cart", "buy"};

[[nodiscard]] AddOnSummary summarise_add_on(const funnel::JournalFollower& follower, std::uint64_t events);
[[nodiscard]] base::Json to_json(const AddOnSummary& summary);

// part / whole; 0 of nothing.
[[nodiscard]] double share_of(std::uint64_t part, std::uint64_t whole);

}  // namespace inkling::cli
