// What is known of one shopper: a bounded, durable summary of the shopper's events, and the only way it changes.
//
//   state = fold(events in journal order)        apply() is the same code online, in replay and on the device.
//
// Time: ts_ms feeds time features only and is clamped to be non-decreasing (state.clock_ms), so a late event folds
// when it arrives. Size: encode() never exceeds kMaxStateBytes; every list keeps its newest entries. The three
// histories, statistics, interests and profile always fit; cart, repurchases and coupons share the rest (all rows fit
// when ids are up to 24 bytes long), and apply() drops the oldest row of the largest of them when ids are so long
// that they do not. Not for world facts (popularity, prices of others) and not for models' caches. Thread safety:
// plain values. Wasm-clean. Source: architecture "One idea"; models.md A.2, A.3 step 5.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "state/ring.h"

namespace inkling::state {

// Raised whenever the same events would fold to another state; packages name the version they were trained on.
inline constexpr std::uint32_t kFoldVersion = 1;
inline constexpr std::size_t kMaxStateBytes = 16 * 1024;

inline constexpr std::size_t kSwipeHistory = 112;
inline constexpr std::size_t kTapHistory = 56;
inline constexpr std::size_t kBrowseHistory = 102;
inline constexpr std::size_t kCartLines = 32;
inline constexpr std::size_t kRepurchaseRows = 32;
inline constexpr std::size_t kCoupons = 16;
inline constexpr std::size_t kInterests = 32;
inline constexpr std::size_t kProfileAttributes = 16;
inline constexpr std::size_t kProfileBytes = 1024;  // all attribute names and values together

inline constexpr std::size_t kPurchaseRecords = 16;  // browse records that one purchase of many lines leaves

// Times outside [0, kMaxTimeMs] are clamped into it; gaps and stays are capped (49 days).
inline constexpr std::int64_t kMaxTimeMs = (std::int64_t{1} << 48) - 2;
inline constexpr std::int64_t kLongestGapMs = (std::int64_t{1} << 32) - 2;
inline constexpr std::int64_t kMaxQuantity = 1'000'000'000;

static_assert(domain::kMaxSwipes <= kSwipeHistory && domain::kMaxTaps <= kTapHistory,
              "one event never pushes out a record that it brought: whoever reads after every event misses nothing");

// Every gesture leaves one record, and so does every action but grant and expire (a purchase one per line, up to
// kPurchaseRecords). Records never change once written. `ordinal` counts records of all views; `idle_ms` is the time
// since the shopper's record before this one (-1: first ever), which is what ends sessions; `view_gap_ms` the time
// since the record before this one in the same view (-1: first ever).
struct RecordTime {
  std::int64_t ts_ms = 0;
  std::uint32_t ordinal = 0;
  std::int64_t idle_ms = -1;
  std::int64_t view_gap_ms = -1;
};

// `swipe.offset_ms` and `tap.offset_ms` are 0 in records: `time` says when.
struct SwipeRecord {
  RecordTime time;
  domain::Swipe swipe;
};
struct TapRecord {
  RecordTime time;
  domain::Tap tap;
};
struct BrowseRecord {
  RecordTime time;
  domain::ActionKind action = domain::ActionKind::kView;
  std::uint64_t top_category = 0;  // name_hash; 0: not said
  std::uint64_t leaf_category = 0;
  std::uint64_t page = 0;
  std::uint64_t item = 0;
  std::int64_t stay_ms = -1;      // -1: not said
  std::uint32_t item_repeat = 0;  // earlier records of this item among those still held
};

// Counts of actions that fade: one row an ActionGroup, one column a half-life. Stored as of `as_of_ms`.
enum class ActionGroup : std::uint8_t { kView, kSearch, kFavourite, kCartAdd, kCheckout, kPurchase, kContact, kSkip };
inline constexpr std::size_t kActionGroupCount = 8;
inline constexpr std::array<std::string_view, kActionGroupCount> kActionGroupNames = {
    "view", "search", "favourite", "cart_add", "checkout", "purchase", "contact", "skip"};
inline constexpr std::array<std::int64_t, 5> kHalfLivesMs = {3'600'000, 86'400'000, 3 * 86'400'000LL,
                                                             7 * 86'400'000LL, 30 * 86'400'000LL};
inline constexpr std::array<std::string_view, 5> kHalfLifeNames = {"1h", "1d", "3d", "7d", "30d"};
inline constexpr std::size_t kDayHalfLife = 4;  // of GroupStatistics::decayed_days: 30 days

// nullopt-like: kActionGroupCount for actions that belong to no group (page_leave, grant ...).
[[nodiscard]] std::size_t action_group(domain::ActionKind kind);

struct GroupStatistics {
  std::array<double, kHalfLivesMs.size()> decayed{};  // as of as_of_ms
  std::int64_t as_of_ms = 0;
  std::int64_t last_ms = -1;  // -1: never
  std::uint32_t total = 0;
  std::uint32_t active_days = 0;  // days (UTC) with at least one

  double decayed_days = 0;        // those days, each once, fading with kDayHalfLife; as of as_of_ms

  // The decayed count as of `now_ms` (>= as_of_ms).
  [[nodiscard]] double decayed_at(std::size_t half_life, std::int64_t now_ms) const;
  [[nodiscard]] double decayed_days_at(std::int64_t now_ms) const;
};

// Oldest first. cart_add adds `quantity` pieces, cart_remove takes as many out, a purchase removes its items whole.
struct CartLine {
  std::string item;
  std::int64_t quantity = 1;
  bool ticked = true;
  std::int64_t price_cents = -1;  // last said; -1: not said
  std::int64_t added_ms = 0;      // first added
};
struct Repurchase {  // least recently bought first
  std::string item;
  std::uint32_t purchases = 0;
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
};
struct Coupon {  // granted, not yet told to have expired; oldest first
  std::string coupon;
  std::int64_t granted_ms = 0;
  std::int64_t expires_ms = -1;
  bool redeemed = false;
};
struct Interest {  // fading weight of a leaf category, half-life 7 days
  std::uint64_t category = 0;
  double weight = 0;
  std::int64_t as_of_ms = 0;
};

struct ShopperState {
  std::int64_t clock_ms = 0;  // newest ts seen: time never runs backwards in here
  std::int64_t first_ms = -1;
  std::uint64_t event_count = 0;
  std::uint32_t record_count = 0;  // next ordinal
  std::int64_t last_record_ms = -1;
  std::uint32_t active_days = 0;
  std::int64_t last_active_day = -1;     // days since 1970 UTC
  std::uint32_t last_day_records = 0;    // records of that day
  std::string session;                // last said
  Ring<SwipeRecord, kSwipeHistory> swipes;
  Ring<TapRecord, kTapHistory> taps;
  Ring<BrowseRecord, kBrowseHistory> browses;
  std::array<GroupStatistics, kActionGroupCount> groups;
  std::vector<CartLine> cart;
  std::vector<Repurchase> repurchases;
  std::vector<Coupon> coupons;
  std::vector<Interest> interests;
  std::map<std::string, std::string, std::less<>> profile;
  std::int64_t spent_cents = 0;
};

// Folds one event in. Total: every event that src/wire accepts folds, and nothing it says can fail or grow the state
// past its bounds. Impressions and events without a shopper (items, promotions) change nothing.
// Cost: O(1) but for the small lists above; allocates only when one of those grows.
void apply(ShopperState& state, const domain::Event& event);

// The checkpoint form: a version byte, then fixed little-endian fields. encode(decode(x)) == x, and two states are
// equal exactly when their encodings are. decode names what is wrong with damaged bytes and never reads outside them.
[[nodiscard]] std::string encode(const ShopperState& state);
[[nodiscard]] base::Result<ShopperState> decode(std::string_view bytes);

}  // namespace inkling::state
