// From one view's sequences to one vector for the MLP: the ways in which attended rows h' and context rows meet.
//
// Shapes: attended (h') and context [rows x H]. All outputs are zero when rows = 0. No weights, so no make().
// Thread safety: pure functions. Cost: one pass; nothing allocates, fails or blocks. Source: models.md A.3 steps 3-5.
#pragma once

#include <cstddef>
#include <span>

#include "math/kernels.h"

namespace inkling::nn {

enum class Combine {
  kResidual,     // h'' = h' + context
  kTanhProduct,  // h'' = h' * tanh(context)
};

// out [2H] = [last row of h'', mean of h'' over its rows] for h'' = h' + context, of which the last row and the mean
// [H] are enough (InterAttention::forward_pooled).
void residual_last_and_mean(std::span<const float> attended, std::size_t rows, std::span<const float> context_last,
                            std::span<const float> context_mean, std::span<float> out,
                            const math::Kernels& kernels = math::simd_kernels());

// The same for h'' = h' * tanh(context); `context` [rows x H] is overwritten by h''.
void tanh_product_last_and_mean(std::span<const float> attended, std::span<float> context, std::size_t rows,
                                std::span<float> out, const math::Kernels& kernels = math::simd_kernels());

// out [H] = sum over rows of h' * context, element by element.
void product_sum(std::span<const float> attended, std::span<const float> context, std::span<float> out,
                 const math::Kernels& kernels = math::simd_kernels());

}  // namespace inkling::nn
