// A GRU or LSTM cell that carries a shopper's state from one action to the next. Forward only, one layer, one
// direction. Not the product with the inputs: that needs no state and is made for many records at once
// (input_projection.h).
//
// Shapes in LibTorch's layout, G = 3 gates (GRU: r, z, n) or 4 (LSTM: i, f, g, o), H = hidden: weight_hh [G*H x H],
// bias_ih [G*H], bias_hh [G*H].
// State: [h] (GRU, H floats) or [h, c] (LSTM, 2H floats): the hidden part always comes first. A new sequence starts
// from a state of zeros. The GRU resets after the product: n = tanh(W_n x + b_in + r * (U_n h + b_hn)).
// Lifetime: keeps packed copies of its weights. Thread safety: immutable; the state belongs to the caller.
// In reduced precision the GRU's recurrent weights have 16 bits (math/half_gru.h); the LSTM has no such form and
// stays float. Cost: 2 G H H operations a step; nothing here but make() allocates, fails or blocks. Source:
// torch.nn.GRU / LSTM; models.md A.3 step 2.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/half_gru.h"
#include "math/kernels.h"
#include "math/precision.h"
#include "nn/weight.h"

namespace inkling::nn {

enum class CellKind { kGru, kLstm };

struct RecurrentWeights {
  Weight weight_hh;
  Weight bias_ih;
  Weight bias_hh;
};

class RecurrentCell {
 public:
  // H is weight_hh.cols; everything else is checked against it.
  [[nodiscard]] static base::Result<RecurrentCell> make(CellKind kind, const RecurrentWeights& weights,
                                                        const math::Kernels& kernels = math::simd_kernels(),
                                                        const math::Reducible<math::ReducedPaths>& reduced = {});

  [[nodiscard]] CellKind kind() const { return kind_; }
  [[nodiscard]] std::size_t hidden_size() const { return weights_.hidden(); }
  [[nodiscard]] std::size_t state_size() const { return hidden_size() * (kind_ == CellKind::kLstm ? 2 : 1); }
  [[nodiscard]] std::size_t gates_size() const { return hidden_size() * weights_.gates(); }
  // What the projection of an input must contain beside W_ih x: b_ih and those of b_hh that only add. [gates_size()]
  [[nodiscard]] std::span<const float> input_bias() const { return input_bias_; }

  [[nodiscard]] std::size_t scratch_size() const { return reduced_ ? gates_size() : 0; }  // floats
  // The first H floats of a state.
  [[nodiscard]] std::span<const float> hidden(std::span<const float> state) const {
    return state.first(hidden_size());
  }

  // projected [steps x gates_size()]: W_ih x + input_bias() of each step. Carries `state` [state_size()] through all
  // of them in place and writes every step's hidden part to hidden_rows [steps x H] (as attention reads it).
  // scratch >= scratch_size() floats.
  void run(std::span<const float> projected, std::span<float> state, std::span<float> hidden_rows,
           std::span<float> scratch = {}) const;

  // The same for several sequences, whose states differ: in float a GRU takes up to four of them at a time, so that
  // each weight that is read serves all. At most kMany of them; scratch as for run.
  static constexpr std::size_t kMany = 4;
  struct Sequence {
    std::span<const float> projected;
    std::span<float> state;
    std::span<float> hidden_rows;
  };
  void run_many(std::span<const Sequence> sequences, std::span<float> scratch = {}) const;

 private:
  RecurrentCell(CellKind kind, math::PackedGates weights, std::vector<float> input_bias,
                std::vector<float> hidden_bias, const math::Kernels& kernels)
      : kind_(kind),
        weights_(std::move(weights)),
        input_bias_(std::move(input_bias)),
        hidden_bias_(std::move(hidden_bias)),
        kernels_(&kernels) {}

  CellKind kind_;
  math::PackedGates weights_;
  std::vector<float> input_bias_;
  std::vector<float> hidden_bias_;           // GRU: b_hn
  math::Reducible<math::HalfMatrix> reduced_;  // GRU: W_hh with b_hn as the bias of its last H rows
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
