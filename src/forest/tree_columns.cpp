#include "forest/tree_columns.h"

#include <cmath>
#include <span>
#include <string>

namespace inkling::forest {
namespace {

using base::Result;
using base::Status;

std::string name_of(std::size_t target, const char* what) {
  return "target." + std::to_string(target) + "." + what;
}

template <typename T>
Status add(artifact::SafetensorsWriter& out, std::size_t target, const char* what, std::span<const T> values) {
  return out.add<T>(name_of(target, what), {static_cast<std::int64_t>(values.size())}, values);
}

template <typename T>
Result<std::span<const T>> read(const artifact::Safetensors& weights, std::size_t target, const char* what) {
  return weights.values<T>(name_of(target, what), {-1});
}

}  // namespace

TreeColumns constant_trees(float start_logit) {
  TreeColumns trees;
  trees.start_logit = start_logit;
  trees.roots = trees.left = trees.column = {0};
  trees.value = {0.0F};
  trees.missing_left = {0};
  trees.set = {-1};
  trees.sets = {0};
  return trees;
}

void append_trees(const TreeColumns& more, float scale, TreeColumns& all) {
  const auto nodes = static_cast<std::int32_t>(all.left.size());
  const auto words = static_cast<std::int32_t>(all.sets.size());
  for (const std::int32_t root : more.roots) all.roots.push_back(root + nodes);
  for (std::size_t node = 0; node < more.left.size(); ++node) {
    const bool leaf = more.left[node] == 0;
    all.left.push_back(leaf ? 0 : more.left[node] + nodes);
    all.column.push_back(more.column[node]);
    all.value.push_back(leaf ? more.value[node] * scale : more.value[node]);
    all.missing_left.push_back(more.missing_left[node]);
    all.set.push_back(more.set[node] < 0 ? -1 : more.set[node] + words);
  }
  all.sets.insert(all.sets.end(), more.sets.begin(), more.sets.end());
}

Status write_trees(const TreeColumns& trees, std::size_t target, artifact::SafetensorsWriter& out) {
  INKLING_TRY(add<float>(out, target, "start", {&trees.start_logit, 1}));
  INKLING_TRY(add<std::int32_t>(out, target, "roots", trees.roots));
  INKLING_TRY(add<std::int32_t>(out, target, "left", trees.left));
  INKLING_TRY(add<std::int32_t>(out, target, "column", trees.column));
  INKLING_TRY(add<float>(out, target, "value", trees.value));
  INKLING_TRY(add<std::uint8_t>(out, target, "missing_left", trees.missing_left));
  INKLING_TRY(add<std::int32_t>(out, target, "set", trees.set));
  return add<std::uint32_t>(out, target, "sets", trees.sets);
}

Result<ReadTrees> read_trees(const artifact::Safetensors& weights, std::size_t target, std::size_t columns) {
  nn::TreeTensors tensors;
  INKLING_ASSIGN(const auto start, weights.floats(name_of(target, "start"), {1}));
  if (!std::isfinite(start[0])) return base::corrupt("tensor \"" + name_of(target, "start") + "\" is not finite");
  INKLING_ASSIGN(tensors.roots, read<std::int32_t>(weights, target, "roots"));
  INKLING_ASSIGN(tensors.left, read<std::int32_t>(weights, target, "left"));
  INKLING_ASSIGN(tensors.column, read<std::int32_t>(weights, target, "column"));
  INKLING_ASSIGN(tensors.value, read<float>(weights, target, "value"));
  INKLING_ASSIGN(tensors.missing_left, read<std::uint8_t>(weights, target, "missing_left"));
  INKLING_ASSIGN(tensors.set, read<std::int32_t>(weights, target, "set"));
  INKLING_ASSIGN(tensors.sets, read<std::uint32_t>(weights, target, "sets"));
  INKLING_ASSIGN(auto trees, nn::TreeEnsemble::make(name_of(target, "*"), tensors, columns));
  return ReadTrees{start[0], std::move(trees)};
}

}  // namespace inkling::forest
