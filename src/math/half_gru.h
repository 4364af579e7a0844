// Steps of a GRU with its recurrent weights in 16 bits (half_matrix.h says how each format rounds) and its gates in
// float. Forward only; the LSTM stays with float weights.
//
// Row t of `projected` is the step's W_ih x + b_ih. `weights` is W_hh [3H x H], gate order r, z, n, with b_hh as its
// bias; the parts of b_hh for r and z may be added to `projected` instead. The GRU resets after the product:
// r, z = sigmoid(projected + W_hh h + b); n = tanh(projected_n + r * (W_hn h + b_hn)); h' = (1 - z) * n + z * h.
// Sizes: H = weights.inputs(); projected [steps x 3H], hidden_in [H], hidden_rows [steps x H], scratch >= 3H;
// asserted; steps and H may be 0. Row t of hidden_rows is h after step t; hidden_in may stand right before it.
// Thread safety: pure functions. Cost: 6 H H operations and the curves of 3H gates a step, no allocation.
// Source: torch.nn.GRU; ONNX GRU with linear_before_reset = 1; speed-notes "Batch-1 forward".
#pragma once

#include <span>

#include "math/half_matrix.h"

namespace inkling::math {

void half_gru_steps(const HalfMatrix& weights, std::span<const float> projected, std::span<const float> hidden_in,
                    std::span<float> hidden_rows, std::span<float> scratch);

}  // namespace inkling::math
