// Reads the checkpoint form and refuses everything that encode() does not write, so that whatever was decoded keeps
// the fold's invariants. layout.h says which field takes how many bytes.
#include <algorithm>
#include <cmath>

#include "base/core/clock.h"
#include "state/bytes.h"
#include "state/layout.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

std::int64_t take_time(ByteReader& in) {
  const auto ts_ms = static_cast<std::int64_t>(in.take(layout::kTimeBytes));
  in.require(ts_ms <= kMaxTimeMs, "the time lies past the last one there is");
  return ts_ms;
}
std::int64_t take_time_or_never(ByteReader& in) {
  return static_cast<std::int64_t>(in.take(layout::kTimeBytes)) - 1;
}
std::int64_t take_gap(ByteReader& in) {
  return static_cast<std::int64_t>(in.take(layout::kGapBytes)) - 1;
}
std::uint32_t take_number(ByteReader& in) {
  return static_cast<std::uint32_t>(in.take(4));
}
std::int16_t take_short(ByteReader& in) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(in.take(2)));
}

bool take_flag(ByteReader& in) {
  const std::uint64_t flag = in.take(1);
  in.require(flag <= 1, "a yes-or-no is neither 0 nor 1");
  return flag == 1;
}

double take_weight(ByteReader& in) {
  const double weight = in.take_real();
  in.require(std::isfinite(weight) && !std::signbit(weight), "a count or weight is negative or no number");
  return weight;
}

std::string take_id(ByteReader& in) {
  const std::string_view id = in.take_text(layout::kIdLengthBytes);
  in.require(!id.empty() && id.size() <= domain::kMaxIdBytes, "an id is empty or longer than 128 bytes");
  return std::string(id);
}

// The number of rows, 0 when it cannot be: more than `capacity`, or more than the bytes left could hold.
std::size_t take_count(ByteReader& in, std::size_t capacity, std::size_t row_bytes) {
  const auto count = static_cast<std::size_t>(in.take(layout::kCountBytes));
  const bool fits = in.require(count <= capacity, "more rows than a state holds") && in.has(count * row_bytes);
  return fits ? count : 0;
}

void take_head(ByteReader& in, ShopperState& state) {
  in.require(in.take(1) == layout::kFormatVersion, "the format version is not 1, the only one this build reads");
  state.clock_ms = take_time(in);
  state.first_ms = take_time_or_never(in);
  state.event_count = in.take(8);
  state.record_count = take_number(in);
  state.last_record_ms = take_time_or_never(in);
  state.active_days = take_number(in);
  state.last_active_day = static_cast<std::int64_t>(take_number(in)) - 1;
  state.last_day_records = take_number(in);
  state.session = std::string(in.take_text(layout::kIdLengthBytes));
  in.require(state.session.size() <= domain::kMaxIdBytes, "the session is longer than 128 bytes");
  state.spent_cents = static_cast<std::int64_t>(in.take(8));
  in.require(state.spent_cents >= 0, "the money spent is negative");
  in.require(state.first_ms <= state.clock_ms && state.last_record_ms <= state.clock_ms &&
                 state.last_active_day <= state.clock_ms / base::kDayMs,
             "a time lies after the newest one");
}

void take_record_time(ByteReader& in, RecordTime& time) {
  time.ts_ms = take_time(in);
  time.ordinal = take_number(in);
  time.idle_ms = take_gap(in);
}

void take_record(ByteReader& in, SwipeRecord& record) {
  take_record_time(in, record.time);
  domain::Swipe& swipe = record.swipe;
  swipe.duration_ms = static_cast<std::int32_t>(take_number(in));
  for (std::int16_t* value : {&swipe.tap_x, &swipe.tap_y, &swipe.start_x, &swipe.start_y, &swipe.end_x, &swipe.end_y,
                              &swipe.page, &swipe.action}) {
    *value = take_short(in);
  }
}

void take_record(ByteReader& in, TapRecord& record) {
  take_record_time(in, record.time);
  domain::Tap& tap = record.tap;
  for (std::int16_t* value : {&tap.x, &tap.y, &tap.page, &tap.event, &tap.button}) *value = take_short(in);
}

void take_record(ByteReader& in, BrowseRecord& record) {
  take_record_time(in, record.time);
  const std::uint64_t action = in.take(1);
  if (!in.require(action < domain::kActionKindCount, "there is no such action")) return;
  record.action = static_cast<domain::ActionKind>(action);
  for (std::uint64_t* name : {&record.top_category, &record.leaf_category, &record.page, &record.item}) {
    *name = in.take(8);
  }
  record.stay_ms = take_gap(in);
  record.item_repeat = static_cast<std::uint32_t>(in.take(1));
}

// Gaps inside a view follow from its times; the oldest record's was written, for the one before it is gone.
template <typename Record>
void restore_view_gaps(ByteReader& in, std::vector<Record>& records, std::int64_t oldest_gap_ms,
                       std::int64_t clock_ms) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::int64_t ts_ms = records[i].time.ts_ms;
    const std::int64_t before_ms = i == 0 ? 0 : records[i - 1].time.ts_ms;
    in.require(before_ms <= ts_ms && ts_ms <= clock_ms, "records are not in the order of time");
    records[i].time.view_gap_ms = i == 0 ? oldest_gap_ms : std::min(ts_ms - before_ms, kLongestGapMs);
  }
}

template <typename Record, std::size_t N>
void take_view(ByteReader& in, Ring<Record, N>& view, std::size_t record_bytes, std::int64_t clock_ms) {
  const std::uint64_t total = in.take(8);
  in.require(total <= layout::kMostRecords, "the number of records cannot be");
  const std::int64_t oldest_gap_ms = take_gap(in);
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(total, N));
  in.require(count > 0 || oldest_gap_ms == -1, "an empty view has a gap");
  if (!in.has(count * record_bytes)) return;
  std::vector<Record> records(count);
  for (auto& record : records) take_record(in, record);
  restore_view_gaps(in, records, oldest_gap_ms, clock_ms);
  if (in.ok()) view = Ring<Record, N>::restore(total, std::move(records));
}

void take_group(ByteReader& in, GroupStatistics& group) {
  for (double& count : group.decayed) count = take_weight(in);
  group.decayed_days = take_weight(in);
  group.as_of_ms = take_time(in);
  group.last_ms = take_time_or_never(in);
  group.total = take_number(in);
  group.active_days = take_number(in);
}

void take_cart(ByteReader& in, std::vector<CartLine>& cart) {
  cart.resize(take_count(in, kCartLines, layout::kCartRowBytes));
  for (auto& line : cart) {
    line.item = take_id(in);
    line.quantity = static_cast<std::int64_t>(in.take(4));
    in.require(line.quantity >= 1 && line.quantity <= kMaxQuantity, "a quantity is not between 1 and 1000000000");
    line.ticked = take_flag(in);
    line.price_cents = static_cast<std::int64_t>(in.take(8));
    in.require(line.price_cents >= -1, "a price is negative");
    line.added_ms = take_time(in);
  }
}

void take_repurchases(ByteReader& in, std::vector<Repurchase>& rows) {
  rows.resize(take_count(in, kRepurchaseRows, layout::kRepurchaseRowBytes));
  for (auto& row : rows) {
    row.item = take_id(in);
    row.purchases = take_number(in);
    row.first_ms = take_time(in);
    row.last_ms = take_time(in);
  }
}

void take_coupons(ByteReader& in, std::vector<Coupon>& rows) {
  rows.resize(take_count(in, kCoupons, layout::kCouponRowBytes));
  for (auto& row : rows) {
    row.coupon = take_id(in);
    row.granted_ms = take_time(in);
    row.expires_ms = take_time_or_never(in);
    row.redeemed = take_flag(in);
  }
}

void take_interests(ByteReader& in, std::vector<Interest>& rows) {
  rows.resize(take_count(in, kInterests, layout::kInterestBytes));
  for (auto& row : rows) {
    row.category = in.take(8);
    row.weight = take_weight(in);
    row.as_of_ms = take_time(in);
  }
}

void take_profile(ByteReader& in, ShopperState& state) {
  const std::size_t count = take_count(in, kProfileAttributes, layout::kAttributeBytes);
  std::size_t text_bytes = 0;
  std::string_view last_name;
  for (std::size_t i = 0; i < count && in.ok(); ++i) {
    const std::string_view name = in.take_text(layout::kTextLengthBytes);
    const std::string_view value = in.take_text(layout::kTextLengthBytes);
    text_bytes += name.size() + value.size();
    in.require(last_name < name && !value.empty(), "attributes are unsorted, repeated or empty");
    in.require(text_bytes <= kProfileBytes, "attributes take more than 1024 bytes");
    if (in.ok()) state.profile.emplace_hint(state.profile.end(), name, value);
    last_name = name;
  }
}

void take_histories(ByteReader& in, ShopperState& state) {
  in.enter("swipes");
  take_view(in, state.swipes, layout::kSwipeBytes, state.clock_ms);
  in.enter("taps");
  take_view(in, state.taps, layout::kTapBytes, state.clock_ms);
  in.enter("browses");
  take_view(in, state.browses, layout::kBrowseBytes, state.clock_ms);
}

void take_lists(ByteReader& in, ShopperState& state) {
  in.enter("cart");
  take_cart(in, state.cart);
  in.enter("repurchases");
  take_repurchases(in, state.repurchases);
  in.enter("coupons");
  take_coupons(in, state.coupons);
  in.enter("interests");
  take_interests(in, state.interests);
  in.enter("profile");
  take_profile(in, state);
}

}  // namespace

base::Result<ShopperState> decode(std::string_view bytes) {
  if (bytes.size() > kMaxStateBytes) {
    return base::corrupt("shopper state: " + std::to_string(bytes.size()) +
                         " bytes are more than the 16384 a state takes");
  }
  ByteReader in(bytes);
  ShopperState state;
  take_head(in, state);
  take_histories(in, state);
  in.enter("statistics");
  for (auto& group : state.groups) take_group(in, group);
  take_lists(in, state);
  in.require(in.at_end(), "bytes are left over after the last field");
  if (!in.ok()) return in.status();
  return state;
}

}  // namespace inkling::state
