// A sum of decision trees over one row of numbers: what gradient boosting learns. Forward only; not for training and
// not for reading the files of any library.
//
// A row has one float a column; NaN means missing and goes the way that was learnt for it. An inner node either
// compares (row[column] < threshold goes left) or asks a set: a category, a whole number from 0, goes right when it
// is in the set and left when it is not, or too large to be in any. Layout: one flat array of nodes, each tree's
// together with its root first, both children of a node side by side. Ownership: copies what it is made from. Thread
// safety: immutable. Cost of sum: one comparison a level and tree; it allocates nothing. Failure: only make(), which
// checks every index, so that no row can lead astray. Wasm-clean. Source: Chen & Guestrin, "XGBoost" (KDD 2016), 3.4
// (default directions); sets: Fisher's grouping as XGBoost has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::nn {

// As a package keeps them: one entry a node, but for `roots` and `sets`.
struct TreeTensors {
  std::span<const std::int32_t> roots;         // of each tree, increasing; the first is 0
  std::span<const std::int32_t> left;          // the left child, the right one stands behind it; 0: a leaf
  std::span<const std::int32_t> column;        // of inner nodes
  std::span<const float> value;                // threshold of an inner node that compares, weight of a leaf
  std::span<const std::uint8_t> missing_left;  // 1: a missing value goes left
  std::span<const std::int32_t> set;           // where in `sets` a node's set begins; -1: it compares
  std::span<const std::uint32_t> sets;         // each set: the number of its words, then its words, bit 0 first
};

class TreeEnsemble {
 public:
  // kInvalidInput that names `name`, the node and what is wrong with it.
  [[nodiscard]] static base::Result<TreeEnsemble> make(std::string_view name, const TreeTensors& tensors,
                                                       std::size_t columns);

  [[nodiscard]] std::size_t tree_count() const { return roots_.size(); }
  [[nodiscard]] std::size_t columns() const { return columns_; }

  // `start` plus the weight of the leaf that the row reaches in each tree, added in the order of the trees.
  [[nodiscard]] float sum(std::span<const float> row, float start) const;

 private:
  struct Node {
    std::uint32_t left = 0;  // 0: a leaf
    std::uint32_t column : 31 = 0;
    std::uint32_t missing_left : 1 = 0;
    float value = 0;
    std::int32_t set = -1;
  };
  [[nodiscard]] bool goes_left(const Node& node, float value) const;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_;
  std::vector<std::uint32_t> sets_;
  std::size_t columns_ = 0;
};

}  // namespace inkling::nn
