// Writes the checkpoint form; layout.h says which field takes how many bytes.

#include "state/bounds.h"
#include "state/bytes.h"
#include "state/layout.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

std::uint64_t bits(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

void put_time(ByteWriter& out, std::int64_t ts_ms) {
  out.put(bits(ts_ms), layout::kTimeBytes);
}
void put_time_or_never(ByteWriter& out, std::int64_t ts_ms) {
  out.put(bits(ts_ms + 1), layout::kTimeBytes);
}
void put_gap(ByteWriter& out, std::int64_t gap_ms) {
  out.put(bits(gap_ms + 1), layout::kGapBytes);
}
void put_short(ByteWriter& out, std::int16_t value) {
  out.put(static_cast<std::uint16_t>(value), 2);
}
void put_id(ByteWriter& out, std::string_view id) {
  out.put_text(id, layout::kIdLengthBytes);
}

void put_record_time(ByteWriter& out, const RecordTime& time) {
  put_time(out, time.ts_ms);
  out.put(time.ordinal, 4);
  put_gap(out, time.idle_ms);
}

void put_record(ByteWriter& out, const SwipeRecord& record) {
  put_record_time(out, record.time);
  const domain::Swipe& swipe = record.swipe;
  out.put(static_cast<std::uint32_t>(swipe.duration_ms), 4);
  for (const std::int16_t value :
       {swipe.tap_x, swipe.tap_y, swipe.start_x, swipe.start_y, swipe.end_x, swipe.end_y, swipe.page, swipe.action}) {
    put_short(out, value);
  }
}

void put_record(ByteWriter& out, const TapRecord& record) {
  put_record_time(out, record.time);
  const domain::Tap& tap = record.tap;
  for (const std::int16_t value : {tap.x, tap.y, tap.page, tap.event, tap.button}) put_short(out, value);
}

void put_record(ByteWriter& out, const BrowseRecord& record) {
  put_record_time(out, record.time);
  out.put(static_cast<std::uint8_t>(record.action), 1);
  for (const std::uint64_t name : {record.top_category, record.leaf_category, record.page, record.item}) {
    out.put(name, 8);
  }
  put_gap(out, record.stay_ms);
  out.put(record.item_repeat, 1);
}

template <typename View>
void put_view(ByteWriter& out, const View& view) {
  out.put(view.total(), 8);
  put_gap(out, view.empty() ? -1 : view.at(view.first()).time.view_gap_ms);
  for (std::uint64_t i = view.first(); i < view.total(); ++i) put_record(out, view.at(i));
}

void put_head(ByteWriter& out, const ShopperState& state) {
  out.put(layout::kFormatVersion, 1);
  put_time(out, state.clock_ms);
  put_time_or_never(out, state.first_ms);
  out.put(state.event_count, 8);
  out.put(state.record_count, 4);
  put_time_or_never(out, state.last_record_ms);
  out.put(state.active_days, 4);
  out.put(bits(state.last_active_day + 1), 4);
  out.put(state.last_day_records, 4);
  put_id(out, state.session);
  out.put(bits(state.spent_cents), 8);
}

void put_group(ByteWriter& out, const GroupStatistics& group) {
  for (const double count : group.decayed) out.put_real(count);
  out.put_real(group.decayed_days);
  put_time(out, group.as_of_ms);
  put_time_or_never(out, group.last_ms);
  out.put(group.total, 4);
  out.put(group.active_days, 4);
}

void put_cart(ByteWriter& out, const std::vector<CartLine>& cart) {
  out.put(cart.size(), layout::kCountBytes);
  for (const auto& line : cart) {
    put_id(out, line.item);
    out.put(bits(line.quantity), 4);
    out.put(line.ticked ? 1 : 0, 1);
    out.put(bits(line.price_cents), 8);
    put_time(out, line.added_ms);
  }
}

void put_repurchases(ByteWriter& out, const std::vector<Repurchase>& rows) {
  out.put(rows.size(), layout::kCountBytes);
  for (const auto& row : rows) {
    put_id(out, row.item);
    out.put(row.purchases, 4);
    put_time(out, row.first_ms);
    put_time(out, row.last_ms);
  }
}

void put_coupons(ByteWriter& out, const std::vector<Coupon>& rows) {
  out.put(rows.size(), layout::kCountBytes);
  for (const auto& row : rows) {
    put_id(out, row.coupon);
    put_time(out, row.granted_ms);
    put_time_or_never(out, row.expires_ms);
    out.put(row.redeemed ? 1 : 0, 1);
  }
}

void put_interests(ByteWriter& out, const std::vector<Interest>& rows) {
  out.put(rows.size(), layout::kCountBytes);
  for (const auto& row : rows) {
    out.put(row.category, 8);
    out.put_real(row.weight);
    put_time(out, row.as_of_ms);
  }
}

void put_profile(ByteWriter& out, const ShopperState& state) {
  out.put(state.profile.size(), layout::kCountBytes);
  for (const auto& [name, value] : state.profile) {
    out.put_text(name, layout::kTextLengthBytes);
    out.put_text(value, layout::kTextLengthBytes);
  }
}

}  // namespace

std::string encode(const ShopperState& state) {
  std::string bytes;
  bytes.reserve(encoded_bytes(state));
  ByteWriter out(bytes);
  put_head(out, state);
  put_view(out, state.swipes);
  put_view(out, state.taps);
  put_view(out, state.browses);
  for (const auto& group : state.groups) put_group(out, group);
  put_cart(out, state.cart);
  put_repurchases(out, state.repurchases);
  put_coupons(out, state.coupons);
  put_interests(out, state.interests);
  put_profile(out, state);
  return bytes;
}

}  // namespace inkling::state
