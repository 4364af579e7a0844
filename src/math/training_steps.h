// What training needs of a recurrent layer, attention and an optimiser beside products: the steps forward that keep
// what the way back needs, and the way back. Not for scoring, which keeps nothing (recurrence.h, activation.h).
//
// math::f is SIMD, math::reference::f in training_plain.h the specification, a template over the number type, so that
// operators made of these are checked in double. They agree up to rounding (tests: 1e-5 of the largest magnitude).
// Matrices are row-major without gaps unless a stride is told; sizes are asserted; 0 is allowed where a size is a
// number of rows. No alignment is needed. Thread safety: pure functions. Cost: one pass, no allocation.
// Source: LibTorch's GRU (gates r, z, n; the reset comes after the product); additive attention; AdamW.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace inkling::math {

// Rows of one step in the trace of a whole batch: sample i's gates stand in row gates[i], its new state goes to row
// states[i], and its last state stands one row above that.
struct GruRows {
  std::span<const std::size_t> gates;
  std::span<const std::size_t> states;
};

// Every step of every sample. Before a step its row of `gates` holds W_ih x + b_ih with the hidden biases of r and z
// added; after it r, z and n; on the way back the gradients of the three sums. `hidden_n` holds U_n h + b_hn, then
// its gradient.
template <class Real>
struct GruTrace {
  std::span<Real> gates;     // [rows x 3 H]
  std::span<Real> hidden_n;  // [rows x H]
  std::span<Real> states;    // [state rows x H]
};

// One step of several samples. `products` [samples x 3 H] is U h without bias; `hidden` [samples x H] is h, then h'.
void gru_training_step(std::span<const float> products, std::span<const float> hidden_bias, const GruRows& rows,
                       const GruTrace<float>& trace, std::span<float> hidden);

// The way back through that step. `state_gradients` [rows x H], by row of gates, is what everything but the next step
// says of h'; `carry` [samples x H] what the next step says of it, and then the part of h's gradient that flows past
// the gates. `products` becomes the gradient of U h: times U it is the other part.
void gru_training_step_back(const GruRows& rows, const GruTrace<float>& trace, std::span<const float> state_gradients,
                            std::span<float> carry, std::span<float> products);

// Keys of an additive attention, [scores.size() x query.size()]: keys = tanh(keys + shift), score_j = keys_j . query.
void tanh_keys(std::span<const float> shift, std::span<const float> query, std::span<float> keys,
               std::span<float> scores);
// From the gradients of the scores: keys become the gradients of their sums, whose own sum is added to `shift`, and
// the query's gradient is added to `query_gradient`.
void tanh_keys_back(std::span<const float> score_gradients, std::span<const float> query, std::span<float> keys,
                    std::span<float> shift_gradient, std::span<float> query_gradient);

// Rows of a matrix that begin at multiples of `stride`. Stride 0: the same row again and again.
struct StridedRows {
  std::size_t count = 0;
  std::size_t size = 0;
  std::size_t stride = 0;
};

// Of row-wise softmax, from the weights w it gave and their gradients g: out_j = w_j * (g_j - w_j . g_j). `out` has
// the stride of the weights and may be `gradients` when that has it too.
void softmax_rows_back(std::span<const float> weights, std::span<const float> gradients, std::size_t gradient_stride,
                       const StridedRows& rows, std::span<float> out);

// y_j = a_j . b_j over the rows of two matrices; y_j = x_j * factors, every row by the same factors.
void row_dots(std::span<const float> a, std::span<const float> b, std::span<float> y);
void multiply_rows(std::span<const float> factors, std::span<const float> x, std::span<float> y);

// One step of AdamW. A correction is 1 - beta^steps.
struct AdamStep {
  double learning_rate = 1e-3;
  double decay = 0;
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double correction1 = 1;
  double correction2 = 1;
};
void adam_update(const AdamStep& step, std::span<const float> gradients, std::span<float> mean,
                 std::span<float> square, std::span<float> weights);

// The same for those rows of a table whose gradient is not all zero; the others stay as they are, moments and decay
// included. counts_j tells how often row j has been updated, this time included, and chooses its corrections: entry n
// of an inverse is 1 / correction after n updates; counts beyond the last take the last.
struct RowCorrections {
  std::span<const float> inverse1, inverse2;
};
void adam_update_rows(const AdamStep& step, const RowCorrections& corrections, std::span<const float> gradients,
                      std::span<float> mean, std::span<float> square, std::span<float> weights,
                      std::span<std::int32_t> counts);

}  // namespace inkling::math
