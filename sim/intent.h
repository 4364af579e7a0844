// The hidden state that drives a simulated shopper: away / browsing / comparing / buying, and what for.
// Actions follow it and it is never told to anybody: recent behaviour predicts purchases because of it alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "sim/catalogue.h"
#include "sim/traits.h"

namespace inkling::sim {

enum class Phase : std::uint8_t { kAway, kBrowsing, kComparing, kBuying };
inline constexpr std::array<std::string_view, 4> kPhaseNames = {"away", "browsing", "comparing", "buying"};

struct Intent {
  Phase phase = Phase::kBrowsing;
  std::uint32_t leaf = 0;                // what is being looked for, while comparing or buying
  std::vector<std::uint32_t> shortlist;  // goods seen in that leaf that are candidates, newest last
};

inline constexpr std::size_t kShortlist = 4;

// The step from one visit to the next, taken when a visit begins.
void advance_intent(Intent& intent, const Traits& traits, base::Random& random);

// Looking may turn serious in the middle of a visit.
void maybe_decide(Intent& intent, const Traits& traits, base::Random& random);

// After a purchase: content for now, or away for a while.
void satisfy(Intent& intent, base::Random& random);

void remember_candidate(Intent& intent, std::uint32_t goods);

// How long until the next visit relative to a shopper who only browses.
[[nodiscard]] double gap_factor(Phase phase);

}  // namespace inkling::sim
