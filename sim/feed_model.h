// How simulated shoppers look at a page of suggestions: the truth behind their clicks, which a ranking model tries to
// find in the log. SIMULATED: no figure of it says anything about real people.
//
// A position-based model: P(click) = P(examined | rank) * P(attracted | shopper, moment, goods), the two independent.
//   examined   = rank ^ -examine_eta, rank from 1 on each page; a next page is asked for or not as a whole
//   attracted  = readiness(phase) * relevance(leaf) * price fit * appeal(goods) * (seen_again when seen lately)
// Relevance is 1 for the leaf being looked for, less for the shopper's tastes, least for all else. Each signal has a
// switch, so that a test can show what a model finds and what it cannot find once the signal is gone.
// Source of the form: the position-based click model (Craswell et al., WSDM 2008, section 3); all numbers are ours.
// Thread safety: pure functions. Cost: about a tenth of a microsecond a candidate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace inkling::sim {

class Catalogue;
struct Intent;
struct Traits;

struct FeedModel {
  bool position_bias = true;  // off: everything on a page is examined
  bool taste = true;          // off: every leaf is equally relevant to everybody

  double examine_eta = 0.7;  // 0: no decay
  double ready_browsing = 0.5;
  double ready_serious = 0.6;  // comparing or buying
  double relevance_wanted = 1.0;
  double relevance_favourite = 0.55;  // of the first taste, of the k-th times taste_decay^k
  double taste_decay = 0.85;
  double relevance_other = 0.10;
  double relevance_alike = 0.25;  // of all leaves when taste is off
  double price_tolerance = 0.6;   // misfit at which the fit has fallen to exp(-1/2)
  double price_floor = 0.3;       // of the fit, however dear
  double seen_again = 0.3;
};

inline constexpr double kMostAttraction = 0.95;

// Rank from 1.
[[nodiscard]] double examine_prob(const FeedModel& model, std::size_t rank);

struct Beholder {
  const Traits& traits;
  const Intent& intent;
  std::span<const std::uint32_t> seen;  // goods examined lately
};

[[nodiscard]] double attraction_prob(const FeedModel& model, const Catalogue& catalogue, const Beholder& beholder,
                                     std::uint32_t goods);

}  // namespace inkling::sim
