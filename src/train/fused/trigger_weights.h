// How much each behaviour matters to what is ticked in the cart, when it learns: multi-head attention whose queries
// are the triggers, fused into one weight a behaviour.
//
// Head k of h: a^k_c = softmax over t of (Q_k c_c) . (K_k s_t) / sqrt(E / h); w_t = T sum_k o_k (mean over c of
// a^k_ct). The keys' matrix moves to the triggers' side, z^k_c = K_k^T Q_k c_c / sqrt(E / h): a behaviour then meets
// h C rows instead of being turned into a key that nothing else reads. Shapes: behaviours S [T x E] and on their side
// [E x T]; triggers C [C x E]; T and C at least 1. Thread safety: the object is immutable. Cost: 2 h C T E operations
// forward, twice that back. Source: "CAAM", trigger net; models.md B.2. Ours: the mean over triggers and the factor
// T.
#pragma once

#include <span>
#include <vector>

#include "train/fused/add_on_tensors.h"
#include "train/fused/buffer.h"
#include "train/fused/products.h"

namespace inkling::train::fused {

// What the way back needs.
template <class Real>
struct TriggerTrace {
  std::span<Real> queries;  // [C x E], scaled
  std::span<Real> rows;     // z, [h C x E], head by head
  std::span<Real> weights;  // a, [h C x T]
};

template <class Real>
struct TriggerWorkspace {
  Buffer<Real> logit_gradients, row_gradients, query_gradients, factors, sums;
};

template <class Real>
class TriggerWeights {
 public:
  // shape.heads > 0. Keeps the spans of the weights.
  TriggerWeights(const AddOnShape& shape, const AddOnTensors<const Real>& weights);

  void forward(std::span<const Real> behaviour_columns, std::span<const Real> triggers,
               const TriggerTrace<Real>& trace, std::span<Real> weights, TriggerWorkspace<Real>& workspace,
               Products<Real>& products) const;
  // Adds to all gradients.
  void backward(std::span<const Real> behaviours, std::span<const Real> triggers, const TriggerTrace<Real>& trace,
                std::span<const Real> weight_gradients, std::span<Real> behaviour_gradients,
                std::span<Real> trigger_gradients, TriggerWorkspace<Real>& workspace,
                AddOnTensors<Real>& gradients) const;

 private:
  // T o_k / C for every row of `weights`.
  std::span<Real> row_factors(std::size_t steps, std::size_t triggers, TriggerWorkspace<Real>& workspace) const;
  void rows_back(std::span<const Real> triggers, const TriggerTrace<Real>& trace, std::span<const Real> of_rows,
                 std::span<Real> trigger_gradients, TriggerWorkspace<Real>& workspace,
                 AddOnTensors<Real>& gradients) const;

  std::size_t e_, heads_, head_width_;
  Real scale_;
  std::span<const Real> query_, key_, head_weights_;
  std::vector<Real> key_columns_;  // [E x E], the keys' matrix on its side
  Factor<Real> query_factor_;
};

}  // namespace inkling::train::fused
