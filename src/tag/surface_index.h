// Surfaces by their bytes: one of them, the longest that a text begins with, all that begin with some letters. They
// stand in the order of bytes; a hash knows where each of them stands, and where each beginning ("head", at least six
// bytes in whole characters: two Chinese characters, six Latin letters) would. Not for what surfaces mean
// (tag_graph.h).
//
// Ownership: borrows the surfaces, owns the hash (6 to 12 bytes a surface or head). Thread safety: immutable, any
// thread. Cost: find is three cache misses, whatever the number of surfaces; the longest beginning adds a search
// among the surfaces that share a head; making the index is linear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/huge_page_allocator.h"
#include "tag/columns.h"

namespace inkling::tag {

class SurfaceIndex {
 public:
  // Surfaces [first, last).
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };

  SurfaceIndex() = default;
  // In strictly rising order of bytes, each UTF-8 and not empty.
  explicit SurfaceIndex(TextColumns<ViewedColumn> surfaces);

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view normal_form) const;
  // The longest surface that `text` begins with. `text` may end inside a character.
  [[nodiscard]] std::optional<std::uint32_t> longest_beginning(std::string_view text) const;
  [[nodiscard]] Range beginning_with(std::string_view prefix) const;

 private:
  // The number of the surface of which `holds` is true; only those that were added under the key's hash are asked.
  template <typename Holds>
  [[nodiscard]] std::optional<std::uint32_t> look_up(std::string_view key, Holds holds) const;
  [[nodiscard]] std::optional<std::uint32_t> find_head(std::string_view head) const;
  [[nodiscard]] std::optional<std::uint32_t> longest_among(std::uint32_t first, std::string_view text) const;
  void add(std::string_view key, std::uint32_t number);

  TextColumns<ViewedColumn> surfaces_;
  // A number plus one in the low bits, bits of the key's hash above them; 0: free.
  std::vector<std::uint32_t, base::HugePageAllocator<std::uint32_t>> slots_;
  std::uint32_t number_mask_ = 0;
};

}  // namespace inkling::tag
