#include "sim/intent.h"

#include <algorithm>

namespace inkling::sim {
namespace {

constexpr double kNeedArises = 0.13;      // per visit, times conversion
constexpr double kDecides = 0.21;         // per visit while comparing, times conversion
constexpr double kDecidesInVisit = 0.10;  // in the middle of a visit, times conversion
constexpr double kGivesUp = 0.25;
constexpr double kPutsOff = 0.35;  // a visit in which buying was the plan, the next one it is not
constexpr double kGoesAway = 0.06;
constexpr double kRestsAfterBuying = 0.3;

void start_need(Intent& intent, const Traits& traits, base::Random& random) {
  // Squaring prefers the first tastes.
  const double drawn = random.uniform();
  intent.phase = Phase::kComparing;
  intent.leaf = traits.tastes[static_cast<std::size_t>(drawn * drawn * static_cast<double>(kTastes))];
  intent.shortlist.clear();
}

void step_from_browsing(Intent& intent, const Traits& traits, base::Random& random) {
  if (random.chance(kNeedArises * traits.conversion)) {
    start_need(intent, traits, random);
  } else if (random.chance(kGoesAway)) {
    intent.phase = Phase::kAway;
  }
}

}  // namespace

void advance_intent(Intent& intent, const Traits& traits, base::Random& random) {
  switch (intent.phase) {
    case Phase::kAway:
      intent.phase = Phase::kBrowsing;
      return;
    case Phase::kBrowsing:
      return step_from_browsing(intent, traits, random);
    case Phase::kComparing:
      if (random.chance(kDecides * traits.conversion)) {
        intent.phase = Phase::kBuying;
      } else if (random.chance(kGivesUp)) {
        intent.phase = Phase::kBrowsing;
      }
      return;
    case Phase::kBuying:
      if (random.chance(kPutsOff)) intent.phase = Phase::kComparing;
      return;
  }
}

void maybe_decide(Intent& intent, const Traits& traits, base::Random& random) {
  if (intent.phase == Phase::kComparing && random.chance(kDecidesInVisit * traits.conversion)) {
    intent.phase = Phase::kBuying;
  }
}

void satisfy(Intent& intent, base::Random& random) {
  intent.phase = random.chance(kRestsAfterBuying) ? Phase::kAway : Phase::kBrowsing;
  intent.shortlist.clear();
}

void remember_candidate(Intent& intent, std::uint32_t goods) {
  auto& list = intent.shortlist;
  if (std::find(list.begin(), list.end(), goods) != list.end()) return;
  if (list.size() == kShortlist) list.erase(list.begin());
  list.push_back(goods);
}

double gap_factor(Phase phase) {
  switch (phase) {
    case Phase::kAway:
      return 8;
    case Phase::kBrowsing:
      return 1;
    case Phase::kComparing:
      return 0.6;
    case Phase::kBuying:
      return 0.45;
  }
  return 1;
}

}  // namespace inkling::sim
