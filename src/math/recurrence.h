// Steps of a recurrent layer after its input products: the recurrent product and the gates of each step in one pass,
// the sums of all gates of a unit held in registers. Forward only.
//
// Row t of `projected` is the step's W_ih x + b_ih with every recurrent bias added that only adds: for the GRU those
// of r and z, for the LSTM all four. The GRU resets *after* the product, so the bias of its candidate comes apart: n
// = tanh(projected_n + r * (U_n h + hidden_bias)). Sizes: H = weights.hidden(); projected [steps x gates H],
// hidden_in, hidden_bias and cell [H], hidden_rows [steps x H]; asserted; steps may be 0. Row t of hidden_rows is h
// after step t; hidden_in may be no part of hidden_rows but what stands right before it. `cell` is carried in place.
// math::reference::f is the specification (standard library), math::f the SIMD form: one step's error stays below
// 1e-6 for gate sums up to 100. NaN in a state stays NaN. Thread safety: pure functions. Cost: 2 gates H H operations
// a step, no allocation.
// Source: torch.nn.GRU and torch.nn.LSTM; ONNX GRU with linear_before_reset = 1; gate orders r, z, n and i, f, g, o.
#pragma once

#include <span>

#include "math/packed_matrix.h"

namespace inkling::math {

// r, z = sigmoid(...); n = tanh(...); h' = (1 - z) * n + z * h.
void gru_steps(const PackedGates& weights, std::span<const float> hidden_bias, std::span<const float> projected,
               std::span<const float> hidden_in, std::span<float> hidden_rows);

// i, f, o = sigmoid(...); g = tanh(...); c' = f * c + i * g; h' = o * tanh(c').
void lstm_steps(const PackedGates& weights, std::span<const float> projected, std::span<const float> hidden_in,
                std::span<float> cell, std::span<float> hidden_rows);

namespace reference {

void gru_steps(const PackedGates& weights, std::span<const float> hidden_bias, std::span<const float> projected,
               std::span<const float> hidden_in, std::span<float> hidden_rows);
void lstm_steps(const PackedGates& weights, std::span<const float> projected, std::span<const float> hidden_in,
                std::span<float> cell, std::span<float> hidden_rows);

}  // namespace reference
}  // namespace inkling::math
