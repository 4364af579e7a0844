// How much each step of a history matters to what is ticked in the cart: multi-head attention whose queries are the
// triggers, fused into one weight a step. It does not depend on the candidates: once a request.
//
// Head k of h: a^k_c = softmax over t of (W^Q_k c_c) . (W^K_k s_t) / sqrt(E / h);
// w_t = T sum_k o_k (mean over c of a^k_ct), so that a weight is of the order of o whatever T is.
// Shapes: steps S [T x E], triggers C [N x E], both row-major; W^Q, W^K [E x E], a head's E/h rows together; o [h].
// The order of triggers does not matter; a trigger that stands twice counts twice. Without triggers or steps there is
// nothing to weigh: weights are then not written (gated_readout.h takes an empty span).
// Lifetime: copies its weights. Thread safety: immutable; scratch belongs to the caller. Cost: 2 (T + N) E^2 + 2 T N
// E operations and h N T exponentials; no allocation, nothing but make() fails. Source: "CAAM", trigger net;
// models.md B.2. Ours: the masked mean over triggers and the factor T.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/weight.h"

namespace inkling::nn {

struct TriggerAttentionWeights {
  Weight query;  // [E x E]
  Weight key;    // [E x E]
  Weight heads;  // [h], o; h divides E
};

class TriggerAttention {
 public:
  [[nodiscard]] static base::Result<TriggerAttention> make(const TriggerAttentionWeights& weights,
                                                           const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::size_t width() const { return query_.depth(); }  // E
  [[nodiscard]] std::size_t scratch_size(std::size_t steps, std::size_t triggers) const {
    return (2 * steps + triggers) * width() + triggers * steps + triggers + steps;
  }

  // S [T x E], C [N x E] -> out [T]; scratch >= scratch_size(T, N) floats. T and N at least 1.
  void weights(std::span<const float> steps, std::span<const float> triggers, std::span<float> out,
               std::span<float> scratch) const;

 private:
  TriggerAttention(math::PackedMatrix query, math::PackedMatrix key, std::vector<float> heads,
                   const math::Kernels& kernels)
      : query_(std::move(query)), key_(std::move(key)), heads_(std::move(heads)), kernels_(&kernels) {}

  math::PackedMatrix query_;  // W^Q / sqrt(E / h)
  math::PackedMatrix key_;
  std::vector<float> heads_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
