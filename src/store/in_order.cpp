#include "store/in_order.h"

#include <algorithm>

#include "store/event_sorter.h"

namespace inkling::store {

base::Status InOrder::add(domain::Event& event) {
  if (count_ > 0 && event.ts_ms != held_[0].ts_ms) {
    broken_ = broken_ || event.ts_ms < held_[0].ts_ms;
    INKLING_TRY(flush());
  }
  broken_ = broken_ || count_ == kMostHeld;
  if (broken_) return {};
  if (count_ == held_.size()) held_.emplace_back();
  std::swap(held_[count_++], event);
  return {};
}

base::Status InOrder::flush() {
  if (count_ > 1) {
    std::stable_sort(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count_), sorts_before);
  }
  const std::size_t count = std::exchange(count_, 0);
  for (std::size_t i = 0; i < count; ++i) INKLING_TRY(take_(held_[i]));
  return {};
}

}  // namespace inkling::store
