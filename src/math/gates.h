// One step of a recurrent cell after its two matrix products: the gates, fused into one pass.
//
// `input_part` is W_ih x + b_ih and `hidden_part` is W_hh h + b_hh, in LibTorch's gate order. They come apart because
// the GRU resets *after* the product: r multiplies only the hidden part of the candidate (bias b_hn included).
// Sizes: H = hidden_in.size() = hidden_out.size(); the parts are [3H] (GRU) or [4H] (LSTM); asserted; H may be 0.
// Outputs may be the same memory as the matching state input, and overlap nothing else.
// math::reference::f is the specification (standard library), math::f the SIMD form with the errors of activation.h.
// Thread safety: pure functions. Cost: one pass, no allocation.
// Source: torch.nn.GRU and torch.nn.LSTM; ONNX GRU with linear_before_reset = 1.
#pragma once

#include <span>

namespace inkling::math {

// r, z = sigmoid(input + hidden); n = tanh(input_n + r * hidden_n); h' = (1 - z) * n + z * h. Gate order r, z, n.
void gru_gates(std::span<const float> input_part, std::span<const float> hidden_part,
               std::span<const float> hidden_in, std::span<float> hidden_out);

// i, f, o = sigmoid(input + hidden); g = tanh(input + hidden); c' = f * c + i * g; h' = o * tanh(c').
// Gate order i, f, g, o.
void lstm_gates(std::span<const float> input_part, std::span<const float> hidden_part, std::span<const float> cell_in,
                std::span<float> hidden_out, std::span<float> cell_out);

namespace reference {

void gru_gates(std::span<const float> input_part, std::span<const float> hidden_part,
               std::span<const float> hidden_in, std::span<float> hidden_out);
void lstm_gates(std::span<const float> input_part, std::span<const float> hidden_part, std::span<const float> cell_in,
                std::span<float> hidden_out, std::span<float> cell_out);

}  // namespace reference
}  // namespace inkling::math
