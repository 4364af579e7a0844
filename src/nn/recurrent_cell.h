// A GRU or LSTM cell that carries a shopper's state from one action to the next. Forward only, one layer, one
// direction.
//
// Shapes in LibTorch's layout, G = 3 gates (GRU: r, z, n) or 4 (LSTM: i, f, g, o), I = input, H = hidden:
// weight_ih [G*H x I], weight_hh [G*H x H], bias_ih [G*H], bias_hh [G*H].
// State: [h] (GRU, H floats) or [h, c] (LSTM, 2H floats): the hidden part always comes first. A new sequence starts
// from a state of zeros. The GRU resets after the product: n = tanh(W_n x + b_in + r * (U_n h + b_hn)).
// Lifetime: views the package buffer. Thread safety: immutable; state and scratch belong to the caller.
// Cost: 2 G H (I + H) operations a step; nothing here but make() allocates, fails or blocks.
// Source: torch.nn.GRU / LSTM; models.md A.3 step 2.
#pragma once

#include <cstddef>
#include <span>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/weight.h"

namespace inkling::nn {

enum class CellKind { kGru, kLstm };

struct RecurrentWeights {
  Weight weight_ih;
  Weight weight_hh;
  Weight bias_ih;
  Weight bias_hh;
};

class RecurrentCell {
 public:
  // H is weight_hh.cols and I is weight_ih.cols; everything else is checked against them.
  [[nodiscard]] static base::Result<RecurrentCell> make(CellKind kind, const RecurrentWeights& weights,
                                                        const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] CellKind kind() const { return kind_; }
  [[nodiscard]] std::size_t input_size() const { return input_size_; }
  [[nodiscard]] std::size_t hidden_size() const { return hidden_size_; }
  [[nodiscard]] std::size_t state_size() const { return hidden_size_ * (kind_ == CellKind::kLstm ? 2 : 1); }
  [[nodiscard]] std::size_t gates_size() const { return hidden_size_ * (kind_ == CellKind::kLstm ? 4 : 3); }
  [[nodiscard]] std::size_t step_scratch_size() const { return 2 * gates_size(); }
  [[nodiscard]] std::size_t run_scratch_size(std::size_t steps) const { return (steps + 1) * gates_size(); }

  // The first H floats of a state.
  [[nodiscard]] std::span<const float> hidden(std::span<const float> state) const {
    return state.first(hidden_size_);
  }

  // One step. x [I], state_in and state_out [state_size()] (may be the same memory), scratch >= step_scratch_size().
  void step(std::span<const float> x, std::span<const float> state_in, std::span<float> state_out,
            std::span<float> scratch) const;

  // weight_ih x + bias_ih for `steps` inputs at once: x [steps x I] -> projected [steps x gates_size()]. This part
  // does not depend on the state; with folded embeddings it is a sum of table rows instead.
  void project(std::span<const float> x, std::size_t steps, std::span<float> projected) const;

  // One step from an already projected input [gates_size()]; scratch >= gates_size().
  void step_projected(std::span<const float> projected, std::span<const float> state_in, std::span<float> state_out,
                      std::span<float> scratch) const;

  // x [steps x I]: carries `state` [state_size()] through all of them in place and writes every step's hidden part to
  // hidden_rows [steps x H] (as attention reads it). Equals `steps` calls of step(). scratch >=
  // run_scratch_size(steps).
  void run(std::span<const float> x, std::size_t steps, std::span<float> state, std::span<float> hidden_rows,
           std::span<float> scratch) const;

 private:
  RecurrentCell(CellKind kind, const RecurrentWeights& weights, const math::Kernels& kernels);

  CellKind kind_;
  std::size_t input_size_;
  std::size_t hidden_size_;
  std::span<const float> weight_ih_;
  std::span<const float> weight_hh_;
  std::span<const float> bias_ih_;
  std::span<const float> bias_hh_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
