// Boosted trees as a package keeps them: what every model of trees writes and reads. Not for growing them
// (train/booster.h) and not for answering (nn/tree_ensemble.h).
//
// Tensors of ensemble k: target.<k>.{start, roots, left, column, value, missing_left, set, sets} as nn::TreeTensors
// has them; `start` is the sum before any tree. Thread safety: plain values. Failure: errors name the tensor, or the
// node that cannot be. Wasm-clean.
#pragma once

#include <cstdint>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "nn/tree_ensemble.h"

namespace inkling::forest {

// One ensemble as training hands it over.
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
[[nodiscard]] base::Result<ReadTrees> read_trees(const artifact::Safetensors& weights, std::size_t target,
                                                 std::size_t columns);

}  // namespace inkling::forest
