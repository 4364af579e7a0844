// Surfaces by their bytes: one of them, the longest that a text begins with, all that begin with some letters. One
// table in the order of bytes, and a hash of where each beginning ("head", at least six bytes in whole characters:
// two Chinese characters, six Latin letters) starts in it. Not for what surfaces mean (tag_graph.h).
//
// Ownership: borrows the surfaces, owns the hash (about 20 bytes a head). Thread safety: immutable, any thread. Cost:
// find is one or two cache misses for the head and a binary search among the surfaces that share it; making it is
// linear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

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
  [[nodiscard]] std::optional<Range> find_head(std::string_view head) const;
  [[nodiscard]] std::optional<std::uint32_t> longest_among(Range range, std::string_view text) const;
  void add_head(std::string_view head, std::uint32_t number);

  TextColumns<ViewedColumn> surfaces_;
  std::vector<std::uint32_t> head_start_;  // the first surface of each head, and the number of surfaces
  std::vector<std::uint64_t> slots_;       // high half of a head's hash, and its number plus one; 0: free
};

}  // namespace inkling::tag
