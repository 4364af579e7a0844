// A named, shaped view of trained numbers, as a layer receives them. Not an owner, and not a tensor library.
//
// Layout: row-major [rows x cols]; a vector has cols = 1. Lifetime: `values` views somebody's package buffer, which
// must outlive every layer made from it: layers copy matrices into the order they read them in and view the rest.
// `name` is read only while a layer is made.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/core/result.h"

namespace inkling::nn {

struct Weight {
  std::string_view name;  // as in the package: "swipe.rnn.weight_ih"
  std::span<const float> values;
  std::size_t rows = 0;
  std::size_t cols = 1;
};

// Ok if the weight is [rows x cols] with rows and cols at least 1 and holds that many numbers; otherwise
// kInvalidInput with one sentence that names the tensor, the shape found and the shape expected.
[[nodiscard]] base::Status check_shape(const Weight& weight, std::size_t rows, std::size_t cols);

// Ok if the weight's own shape is not empty and its values match it.
[[nodiscard]] base::Status check_filled(const Weight& weight);

// Ok if 0 <= slope <= 1: what leaky ReLU's max(v, slope v) asks of its slope.
[[nodiscard]] base::Status check_slope(float slope);

}  // namespace inkling::nn
