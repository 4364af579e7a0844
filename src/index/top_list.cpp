#include "index/top_list.h"

#include <algorithm>

namespace inkling::index {

void keep_best(std::vector<TopEntry>& entries, std::size_t count) {
  count = std::min(count, entries.size());
  std::ranges::partial_sort(entries, entries.begin() + static_cast<std::ptrdiff_t>(count), ranks_before);
  entries.resize(count);
}

TopList::Iterator TopList::place_of(const TopEntry& entry) {
  return std::lower_bound(entries_.begin(), entries_.end(), entry, ranks_before);
}

void TopList::add(TopEntry entry) {
  if (shown_ == 0) return;
  const bool is_last = entries_.empty() || ranks_before(entries_.back(), entry);
  const bool is_full = entries_.size() == 2 * shown_;
  // Behind the last there may be rows that are not listed.
  if (is_last && (dropped_ || is_full)) {
    dropped_ = true;
    return;
  }
  entries_.insert(place_of(entry), entry);
  if (!is_full) return;
  entries_.pop_back();
  dropped_ = true;
}

void TopList::rise(std::uint32_t row, double old_score, double new_score) {
  const TopEntry before{old_score, row};
  const TopEntry after{new_score, row};
  const Iterator from = place_of(before);
  if (from == entries_.end() || *from != before) return add(after);
  const Iterator to = place_of(after);
  std::move_backward(to, from, from + 1);
  *to = after;
}

void TopList::remove(TopEntry entry) {
  const Iterator place = place_of(entry);
  if (place != entries_.end() && *place == entry) entries_.erase(place);
}

void TopList::clear() {
  entries_.clear();
  dropped_ = false;
}

}  // namespace inkling::index
