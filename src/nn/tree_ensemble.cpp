#include "nn/tree_ensemble.h"

#include <cassert>
#include <cmath>
#include <string>

namespace inkling::nn {
namespace {

using base::Status;

Status wrong(std::string_view name, std::size_t node, const std::string& what) {
  return base::invalid_input("trees \"" + std::string(name) + "\": node " + std::to_string(node) + " " + what);
}

Status check_sizes(std::string_view name, const TreeTensors& t) {
  const std::size_t nodes = t.left.size();
  const bool same =
      t.column.size() == nodes && t.value.size() == nodes && t.missing_left.size() == nodes && t.set.size() == nodes;
  if (!same || nodes == 0) {
    return base::invalid_input("trees \"" + std::string(name) +
                               "\": left, column, value, missing_left and set must have one entry a node each");
  }
  if (t.roots.empty() || t.roots[0] != 0) {
    return base::invalid_input("trees \"" + std::string(name) + "\": the first root must be node 0");
  }
  return {};
}

// The words of a node's set lie inside `sets`.
bool set_fits(std::int32_t set, std::span<const std::uint32_t> sets) {
  if (set < 0 || static_cast<std::size_t>(set) >= sets.size()) return false;
  const auto begin = static_cast<std::size_t>(set) + 1;
  return sets[begin - 1] <= sets.size() - begin;
}

// Children stand behind their parent and inside their tree, so every walk ends.
Status check_node(std::string_view name, const TreeTensors& t, std::size_t node, std::size_t end,
                  std::size_t columns) {
  if (!std::isfinite(t.value[node])) return wrong(name, node, "has a value that is not finite");
  if (t.left[node] == 0) return {};
  if (t.left[node] < 0 || static_cast<std::size_t>(t.left[node]) <= node ||
      static_cast<std::size_t>(t.left[node]) + 1 >= end) {
    return wrong(name, node,
                 "has children at " + std::to_string(t.left[node]) + ", which are not behind it in its tree");
  }
  if (t.column[node] < 0 || static_cast<std::size_t>(t.column[node]) >= columns) {
    return wrong(name, node,
                 "asks column " + std::to_string(t.column[node]) + " of " + std::to_string(columns) + " columns");
  }
  if (t.set[node] != -1 && !set_fits(t.set[node], t.sets)) {
    return wrong(name, node, "has its set at " + std::to_string(t.set[node]) + ", which does not hold one");
  }
  return {};
}

}  // namespace

base::Result<TreeEnsemble> TreeEnsemble::make(std::string_view name, const TreeTensors& tensors,
                                              std::size_t columns) {
  INKLING_TRY(check_sizes(name, tensors));
  const std::size_t nodes = tensors.left.size();
  TreeEnsemble ensemble;
  ensemble.columns_ = columns;
  ensemble.sets_.assign(tensors.sets.begin(), tensors.sets.end());
  for (std::size_t tree = 0; tree < tensors.roots.size(); ++tree) {
    const auto begin = static_cast<std::size_t>(tensors.roots[tree]);
    const std::size_t end =
        tree + 1 < tensors.roots.size() ? static_cast<std::size_t>(tensors.roots[tree + 1]) : nodes;
    if (begin >= end || end > nodes) return wrong(name, begin, "is a root, but roots must increase");
    ensemble.roots_.push_back(static_cast<std::uint32_t>(begin));
    for (std::size_t node = begin; node < end; ++node) {
      INKLING_TRY(check_node(name, tensors, node, end, columns));
      Node& made = ensemble.nodes_.emplace_back();
      made.left = static_cast<std::uint32_t>(tensors.left[node]);
      made.value = tensors.value[node];
      if (made.left == 0) continue;
      made.column = static_cast<std::uint32_t>(tensors.column[node]);
      made.missing_left = tensors.missing_left[node] != 0 ? 1 : 0;
      made.set = tensors.set[node];
    }
  }
  return ensemble;
}

bool TreeEnsemble::goes_left(const Node& node, float value) const {
  if (std::isnan(value)) return node.missing_left != 0;
  if (node.set < 0) return value < node.value;
  const auto words =
      std::span(sets_).subspan(static_cast<std::size_t>(node.set) + 1, sets_[static_cast<std::size_t>(node.set)]);
  if (value < 0 || value >= 32.0F * static_cast<float>(words.size())) return true;
  const auto category = static_cast<std::uint32_t>(value);
  return (words[category / 32] >> (category % 32) & 1U) == 0;
}

float TreeEnsemble::sum(std::span<const float> row, float start) const {
  assert(row.size() == columns_);
  for (const std::uint32_t root : roots_) {
    const Node* node = &nodes_[root];
    while (node->left != 0) node = &nodes_[node->left + (goes_left(*node, row[node->column]) ? 0 : 1)];
    start += node->value;
  }
  return start;
}

}  // namespace inkling::nn
