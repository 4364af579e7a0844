// Who a simulated shopper is, over all visits: what both the shopper of a log (shopper.h) and the one who plays
// against a server (driven_shopper.h) are made of. It depends on (seed, shopper index) and the catalogue only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/core/clock.h"
#include "base/core/random.h"
#include "sim/deeds.h"
#include "sim/feed_model.h"
#include "sim/intent.h"
#include "sim/mood.h"
#include "sim/options.h"
#include "sim/traits.h"

namespace inkling::sim {

// Visits lie further apart than the half hour of silence that ends a session, so both ways to cut sessions agree.
inline constexpr std::int64_t kShortestAbsenceMs = 40 * base::kMinuteMs;
inline constexpr std::size_t kMostSeen = 60;

struct Persona {
  // At the start everybody is in the middle of something already.
  Persona(const MarketplaceOptions& options, const Catalogue& catalogue, std::uint32_t index);

  // The step from the visit before to the one that begins now.
  void begin_visit(const MarketplaceOptions& options);
  // When the next visit begins if none did before `from_ms`; none after `end_ms`.
  [[nodiscard]] std::int64_t plan_visit(std::int64_t from_ms, std::int64_t end_ms);
  // Whether this visit begins with the feed.
  [[nodiscard]] bool opens_feed();
  void see(std::uint32_t goods);
  [[nodiscard]] Beholder beholder() const { return {traits, intent, seen}; }
  [[nodiscard]] VisitContext context(const Catalogue& catalogue, base::Random& by) {
    return {catalogue, traits, intent, cart, by, resolve.has_value() ? &*resolve : nullptr};
  }

  std::string name;
  base::Random random;
  base::Random feed_random;  // of everything that has to do with feeds
  base::Random mood_random;
  base::Random finger_random;
  Traits traits;
  Intent intent;
  std::optional<Resolve> resolve;  // of this visit or the last; only with gestures
  std::vector<CartEntry> cart;
  std::vector<std::uint32_t> seen;  // in feeds, newest last, at most kMostSeen
};

}  // namespace inkling::sim
