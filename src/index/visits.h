// What each shopper looked at last, for pairing views: a fixed table in which shoppers of one slot push each other
// out. That loses a visit now and then, when two shoppers of the 65,536 slots look around at the same moment; it
// needs no list of who is stale. Not for anything that must be exact: a shopper's history is src/state. Thread
// safety: plain value. Cost: O(1), 48 bytes a slot, allocated once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::index {

class Visits {
 public:
  static constexpr std::size_t kSlots = std::size_t{1} << 16;
  static constexpr std::size_t kViews = 6;  // of one visit that a next view is paired with

  explicit Visits(std::int64_t gap_ms) : gap_ms_(gap_ms), slots_(kSlots) {}

  // Remembers a view, and answers what was viewed before it in the same visit, oldest first; nothing when this item
  // was among it. `shopper` is a name_hash. The span is good until the next call.
  std::span<const std::uint32_t> view(std::uint64_t shopper, std::uint32_t row, std::int64_t ts_ms);

 private:
  struct Slot {
    std::uint64_t shopper = 0;
    std::int64_t last_ms = 0;
    std::array<std::uint32_t, kViews> rows{};
    std::uint32_t count = 0;
  };

  std::int64_t gap_ms_;
  std::vector<Slot> slots_;
  std::array<std::uint32_t, kViews> before_{};
};

}  // namespace inkling::index
