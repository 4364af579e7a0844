#include "sim/persona.h"

#include <algorithm>

#include "sim/rhythm.h"
#include "sim/streams.h"

namespace inkling::sim {
namespace {

constexpr std::uint64_t kMostEarlierVisits = 8;
constexpr double kHandledPace = 2.5;  // a visit told in gestures has the length of a real one
constexpr double kOpensFeed = 0.6;
constexpr double kOpensFeedBuying = 0.3;  // who knows what to buy goes there

}  // namespace

Persona::Persona(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index)
    : name("shopper-" + std::to_string(index)),
      random(base::Random::stream(options.seed, kFirstShopperStream + index)),
      feed_random(base::Random::stream(options.seed, kFirstFeedStream + index)),
      mood_random(base::Random::stream(options.seed, kFirstMoodStream + index)),
      finger_random(base::Random::stream(options.seed, kFirstFingerStream + index)),
      traits(draw_traits(catalogue, random)) {
  if (options.gestures) traits.pace *= kHandledPace;
  for (std::uint64_t visits = random.below(kMostEarlierVisits); visits > 0; --visits) {
    advance_intent(intent, traits, random);
  }
}

void Persona::begin_visit(const MarketplaceOptions& options) {
  advance_intent(intent, traits, random);
  if (!options.gestures) return;
  resolve = next_resolve(resolve.value_or(Resolve()), intent, traits, options.signals, mood_random);
  resolve->has_coupon = mood_random.chance(options.coupon_share);  // none without a share
}

std::int64_t Persona::plan_visit(std::int64_t from_ms, std::int64_t end_ms) {
  const double gap_ms = traits.visit_gap_ms * gap_factor(intent.phase);
  return next_visit_ms(from_ms, end_ms, gap_ms, traits.clock_shift_hours, random);
}

bool Persona::opens_feed() {
  return feed_random.chance(intent.phase == Phase::kBuying ? kOpensFeedBuying : kOpensFeed);
}

void Persona::see(std::uint32_t goods) {
  if (std::find(seen.begin(), seen.end(), goods) != seen.end()) return;
  if (seen.size() == kMostSeen) seen.erase(seen.begin());
  seen.push_back(goods);
}

}  // namespace inkling::sim
