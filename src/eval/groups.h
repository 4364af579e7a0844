// Which points belong together (one shopper's, one request's): ids of any kind turned into 0, 1, 2 ... in the order
// of their first appearance. Thread safety: plain value. Cost: O(n) to make, 4 bytes a point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::eval {

class Groups {
 public:
  // One id a point, for example the hash of the shopper's name.
  static Groups of(std::span<const std::uint64_t> ids);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t point_count() const { return index_of_point_.size(); }
  // Below count().
  [[nodiscard]] std::uint32_t of_point(std::size_t row) const { return index_of_point_[row]; }

 private:
  std::size_t count_ = 0;
  std::vector<std::uint32_t> index_of_point_;
};

}  // namespace inkling::eval
