// Attention inside one view: every hidden state is weighed against the view's last one. It pools nothing: the result
// is a sequence of the same shape.
//
// u_j = q^T tanh(W1 h_j + W2 h_T + b), alpha = softmax(u), out_j = s * alpha_j * h_j, with s = T (scale_by_length,
// the default of training: otherwise activations shrink by 1/T and later layers hardly learn) or 1. Shapes: W1, W2 [A
// x H]; b, q [A]; states [T x H], the window's hidden states with the oldest first. Lifetime: packs
// copies of W1 and W2, views the rest in the package buffer. Thread safety: immutable; scratch belongs to the caller.
// In reduced precision the product with W1 has bf16 factors. Cost: 2 T A H operations; nothing but make() allocates,
// fails or blocks. Source: models.md A.3 step 3.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/core/result.h"
#include "math/kernels.h"
#include "math/precision.h"
#include "nn/reduced_product.h"
#include "nn/weight.h"

namespace inkling::nn {

struct IntraAttentionWeights {
  Weight state;  // W1
  Weight last;   // W2
  Weight bias;   // b
  Weight query;  // q
};

class IntraAttention {
 public:
  [[nodiscard]] static base::Result<IntraAttention> make(const IntraAttentionWeights& weights, bool scale_by_length,
                                                         const math::Kernels& kernels = math::simd_kernels(),
                                                         const math::Reducible<math::ReducedPaths>& reduced = {});

  [[nodiscard]] std::size_t hidden_size() const { return state_.depth(); }
  [[nodiscard]] std::size_t attention_size() const { return query_.size(); }
  [[nodiscard]] std::size_t scratch_size(std::size_t steps) const { return (steps + 1) * attention_size(); }
  [[nodiscard]] std::size_t lines_size(std::size_t steps) const { return reduced_ ? reduced_->lines_size(steps) : 0; }

  // states [steps x H] -> attended [steps x H] and alpha [steps], the softmax weights without s (they sum to 1; shown
  // as explanation). steps = 0 writes nothing. attended may be states. scratch >= scratch_size(steps) floats,
  // lines >= lines_size(steps).
  void forward(std::span<const float> states, std::size_t steps, std::span<float> attended, std::span<float> alpha,
               std::span<float> scratch, std::span<math::HalfLine> lines = {}) const;

  // The same for somebody who keeps what each state has of it, in float: keys [steps x A] are made once a state, and
  // weights_of() weighs them, in any order, against the last one: weights [steps] = s * alpha. keeps_keys(): the
  // weights are small enough for it (states of a cell lie within -1 and 1). scratch >= A floats.
  [[nodiscard]] bool keeps_keys() const { return keeps_keys_; }
  void keys_of(std::span<const float> states, std::span<float> keys) const;
  void weights_of(std::span<const float> keys, std::span<const float> last, std::span<float> weights,
                  std::span<float> scratch) const;

 private:
  IntraAttention(const IntraAttentionWeights& weights, bool scale_by_length, const math::Kernels& kernels,
                 const math::Reducible<math::ReducedPaths>& reduced);

  bool scale_by_length_;
  bool keeps_keys_;
  math::PackedMatrix state_;
  math::PackedMatrix last_;
  std::span<const float> bias_;
  std::span<const float> query_;
  const math::Kernels* kernels_;
  math::Reducible<ReducedProduct> reduced_;  // W1
};

}  // namespace inkling::nn
