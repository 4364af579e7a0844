// One table of all kernels, so that a caller chooses scalar or SIMD once, by handing over a table, and no global
// switch exists: the same layer can run both ways at the same time (tests and benches do).
//
// scalar_kernels() points at math::reference::*, simd_kernels() at math::*. The SIMD entries choose the best
// instruction set of the machine at run time (one atomic load and an indirect call each). Contracts of the entries:
// vector_ops.h, product.h, activation.h, gates.h. Lifetime: both tables live for ever; hold them by pointer or
// reference. Thread safety: immutable. Results of the SIMD table may differ between machines in the last bits (lanes
// change the order of summation); those of the scalar table follow the standard library's exp and tanh.
#pragma once

#include <span>

#include "math/product.h"

namespace inkling::math {

struct Kernels {
  using Unary = void (*)(std::span<const float> x, std::span<float> y);
  using Binary = void (*)(std::span<const float> a, std::span<const float> b, std::span<float> y);
  using Scaling = void (*)(float alpha, std::span<const float> x, std::span<float> y);
  using Product = void (*)(std::span<const float> a, std::span<const float> b, std::span<float> c, ProductShape shape,
                           Output output);

  const char* name;  // "scalar" or "simd"

  float (*dot)(std::span<const float> a, std::span<const float> b);
  Scaling axpy;
  Scaling scale;
  Binary add;
  Binary multiply;

  void (*matrix_vector)(std::span<const float> w, std::span<const float> bias, std::span<const float> x,
                        std::span<float> y);
  Product product_nt;
  Product product_nn;

  Unary exp;
  Unary tanh;
  Unary sigmoid;
  Unary relu;
  void (*softmax)(std::span<float> row);

  void (*gru_gates)(std::span<const float> input_part, std::span<const float> hidden_part,
                    std::span<const float> hidden_in, std::span<float> hidden_out);
  void (*lstm_gates)(std::span<const float> input_part, std::span<const float> hidden_part,
                     std::span<const float> cell_in, std::span<float> hidden_out, std::span<float> cell_out);
};

[[nodiscard]] const Kernels& scalar_kernels();
[[nodiscard]] const Kernels& simd_kernels();

}  // namespace inkling::math
