#include "index/visits.h"

#include <algorithm>

namespace inkling::index {

std::span<const std::uint32_t> Visits::view(std::uint64_t shopper, std::uint32_t row, std::int64_t ts_ms) {
  Slot& slot = slots_[shopper % kSlots];
  const bool goes_on = slot.shopper == shopper && ts_ms <= slot.last_ms + gap_ms_ && ts_ms >= slot.last_ms - gap_ms_;
  if (!goes_on) slot.count = 0;
  slot.shopper = shopper;
  slot.last_ms = ts_ms;
  const std::span known(slot.rows.data(), slot.count);
  if (std::ranges::find(known, row) != known.end()) return {};
  const std::size_t count = slot.count;
  std::copy_n(slot.rows.begin(), count, before_.begin());
  if (count == kViews) std::shift_left(slot.rows.begin(), slot.rows.end(), 1);
  slot.rows[std::min(count, kViews - 1)] = row;
  slot.count = static_cast<std::uint32_t>(std::min(count + 1, kViews));
  return std::span(before_).first(count);
}

}  // namespace inkling::index
