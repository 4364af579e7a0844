// What both halves of the boosted trees must agree on: the columns of a row, and how trees lie in a package.
//
// A row has one column a statistic: first the numbers in the blueprint's order (encoder raw keeps NaN as missing),
// then the ids, without padding and missing ones as NaN. Names (encoder vocabulary) are categories, asked for by
// sets; all other ids are ordered. Tensors of target k: target.<k>.{start, roots, left, column, value, missing_left,
// set, sets} as nn::TreeTensors has them; `start` is the logit before any tree. Thread safety: plain values.
// Wasm-clean.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "nn/tree_ensemble.h"

namespace inkling::models::purchase_gbdt {

[[nodiscard]] std::size_t column_count(const feature::Blueprint& blueprint);
// Whether each column holds categories rather than something to compare.
[[nodiscard]] std::vector<bool> category_columns(const feature::Blueprint& blueprint);
// `row` has column_count() places. Id is std::uint32_t (serving) or std::int32_t (shards).
template <typename Id>
void fill_row(std::span<const float> numbers, std::span<const Id> ids, std::span<float> row);

// The trees of one target as training hands them over.
struct TreeColumns {
  float start_logit = 0;
  std::vector<std::int32_t> roots, left, column, set;
  std::vector<float> value;
  std::vector<std::uint8_t> missing_left;
  std::vector<std::uint32_t> sets;

  [[nodiscard]] nn::TreeTensors tensors() const { return {roots, left, column, value, missing_left, set, sets}; }
};

// A single empty leaf: the answer is `start_logit` whatever is asked.
[[nodiscard]] TreeColumns constant_trees(float start_logit);

// `more` behind `all`, its leaves times `scale`; `all` may be empty. Start logits are the caller's to set.
void append_trees(const TreeColumns& more, float scale, TreeColumns& all);

[[nodiscard]] base::Status write_trees(const TreeColumns& trees, std::size_t target,
                                       artifact::SafetensorsWriter& out);

struct ReadTrees {
  float start_logit = 0;
  nn::TreeEnsemble trees;
};
// Errors name the tensor, or the node that cannot be.
[[nodiscard]] base::Result<ReadTrees> read_trees(const artifact::Safetensors& weights, std::size_t target,
                                                 std::size_t columns);

}  // namespace inkling::models::purchase_gbdt
