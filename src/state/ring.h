// The newest N of a stream, and how many there were in all. Indexes count from the stream's start, so a reader that
// remembers how far it had read can tell whether what came since is still held.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace inkling::state {

// Thread safety: plain value. Cost: push O(1); memory grows up to N entries, then stays.
template <typename T, std::size_t N>
class Ring {
 public:
  static constexpr std::size_t kCapacity = N;

  // A stream of `total` entries whose newest are `newest` (oldest first): exactly min(total, N) of them.
  static Ring restore(std::uint64_t total, std::vector<T> newest) {
    assert(newest.size() == std::min<std::uint64_t>(total, N));
    Ring ring;
    ring.entries_ = std::move(newest);
    ring.total_ = total;
    const auto shift = static_cast<std::ptrdiff_t>(total > N ? total % N : 0);
    std::rotate(ring.entries_.begin(), ring.entries_.end() - shift, ring.entries_.end());
    return ring;
  }

  void push(T value) {
    if (entries_.size() < N) {
      entries_.push_back(std::move(value));
    } else {
      entries_[static_cast<std::size_t>(total_ % N)] = std::move(value);
    }
    ++total_;
  }

  // All ever pushed; the entries [first(), total()) are still held.
  [[nodiscard]] std::uint64_t total() const { return total_; }
  [[nodiscard]] std::uint64_t first() const { return total_ - entries_.size(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // The entry with this stream index: first() <= index < total().
  [[nodiscard]] const T& at(std::uint64_t index) const {
    assert(index >= first() && index < total_);
    return entries_[static_cast<std::size_t>(index % N)];
  }
  [[nodiscard]] const T& newest() const { return at(total_ - 1); }

 private:
  std::vector<T> entries_;
  std::uint64_t total_ = 0;
};

}  // namespace inkling::state
