#include "index/top_list.h"

#include <algorithm>

namespace inkling::index {
namespace {

bool better(const TopEntry& a, const TopEntry& b) {
  return a.score != b.score ? a.score > b.score : a.row < b.row;
}

}  // namespace

TopList::Iterator TopList::place_of(const TopEntry& entry) {
  return std::lower_bound(entries_.begin(), entries_.end(), entry, better);
}

void TopList::add(TopEntry entry) {
  if (shown_ == 0) return;
  const bool is_last = entries_.empty() || better(entries_.back(), entry);
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
