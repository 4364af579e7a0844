// What a spend-threshold promotion says, and what it gives for an amount. Not for reading one (promotion_json.h) and
// not for many together (promotion_book.h).
//
// Semantics, the usual ones of marketplaces with parallel thresholds:
// * Amounts are integer minor units of one currency. What counts is the after-discount price of a line (what the
// goods
//   cost before any promotion of this kind) times its quantity; a promotion's threshold and percentage are always
//   taken from that amount, never from what other promotions left of it. So no promotion takes from another one's
//   progress and no order of application exists.
// * A form is a ladder of tiers (one tier: a single step), of which the highest that is reached counts, or one step
//   that repeats with every further `spend_cents`, up to `cap_cents` in all.
// * A tier saves an amount, or a percentage in hundredths of a percent, rounded down to the minor unit, up to
// `cap_cents`.
// * It counts from starts_ms (inclusive) to ends_ms (exclusive).
//
// Thread safety: plain values. Cost: O(tiers), no allocation. No function fails: promotion_json.h refuses what is
// contradictory, so spend is 1..kMaxCents, what is saved never above it, and both grow from tier to tier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "offer/selection.h"

namespace inkling::offer {

inline constexpr std::int64_t kMaxCents = std::int64_t{1} << 53;  // of any amount and sum; exact in JSON everywhere
inline constexpr std::int64_t kWholeBasisPoints = 10'000;
inline constexpr std::size_t kMaxTiers = 20;
inline constexpr std::size_t kMaxTitleBytes = 200;

struct Tier {
  std::int64_t spend_cents = 0;
  std::int64_t save_cents = 0;         // one of these two is above 0, the same one in all tiers
  std::int64_t save_basis_points = 0;  // of the whole amount, 1 to 10,000

  bool operator==(const Tier&) const = default;
};

struct Promotion {
  std::string id;
  std::string title;     // for people; may be ""
  std::string currency;  // "": the marketplace's own, and then only prices without a code count
  std::int64_t starts_ms = 0;
  std::int64_t ends_ms = domain::kLastTimeMs;
  bool repeats = false;     // one tier, again and again
  std::vector<Tier> tiers;  // at least one
  std::optional<std::int64_t> cap_cents;
  Selection scope;     // of one of its shops and of one of its categories; no items
  Selection excluded;  // named in any of the three lists
  std::string group;   // of all that share it at most one counts for an order; "": counts beside any other
  bool alone = false;  // counts only when no other one does

  bool operator==(const Promotion&) const = default;
};

// How far an amount comes.
struct Reach {
  std::int64_t step = 0;  // 0: none; then which tier, or how many times
  std::int64_t saved_cents = 0;
  std::optional<std::int64_t> next_spend_cents;  // the least amount that is known to save more; none: there is none
  std::int64_t saved_then_cents = 0;             // at just that amount
};

// `eligible_cents`: 0..kMaxCents.
[[nodiscard]] std::int64_t saved_cents(const Promotion& promotion, std::int64_t eligible_cents);
[[nodiscard]] Reach reach(const Promotion& promotion, std::int64_t eligible_cents);

// Whether it counts at that moment.
[[nodiscard]] inline bool in_time(const Promotion& promotion, std::int64_t now_ms) {
  return promotion.starts_ms <= now_ms && now_ms < promotion.ends_ms;
}

// The most of an amount that it can ever save, in millionths, rounded up.
inline constexpr std::int64_t kWholeMillionths = 1'000'000;
[[nodiscard]] std::int64_t most_saved_millionths(const Promotion& promotion);

}  // namespace inkling::offer
