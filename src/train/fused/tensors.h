// What the fused operators read and write: shapes and tensors of one view, as spans over memory of others. Names and
// shapes are LibTorch's own (models.md A.3). Spans of parts that a net does not have are empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::train::fused {

struct ViewShape {
  std::size_t features = 0;
  std::size_t embedding_dim = 0;
  std::size_t hidden = 0;
  std::size_t attention = 0;     // width of the intra-view scorer; 0: there is none
  bool looks_at_others = false;  // inter-view attention

  [[nodiscard]] std::size_t input() const { return features * embedding_dim; }
};

// Weights (Real const) or their gradients, which operators only add to.
template <class Real>
struct ViewTensors {
  std::vector<std::span<Real>> embeddings;  // one table a feature, [ids x embedding_dim]
  std::span<Real> weight_ih;                // [3 H x input], gates r, z, n
  std::span<Real> weight_hh;                // [3 H x H]
  std::span<Real> bias_ih, bias_hh;         // [3 H]
  std::span<Real> intra_state, intra_last;  // [A x H]
  std::span<Real> intra_bias, intra_query;  // [A]
  std::span<Real> inter_merged;             // [H x H]
  std::span<Real> inter_bias;               // [H]
};

// Ids of one view's records, padded: sample i, step t, feature f at (i steps + t) features + f.
struct IdRows {
  std::span<const std::int64_t> ids;
  std::span<const std::int64_t> lengths;  // [samples]
  std::size_t steps = 0;
};

}  // namespace inkling::train::fused
