// Between the half_*.cpp files only: the kernels that half_product.cpp and half_matrix.cpp choose from. Callers use
// half_product.h and half_matrix.h. Each kernel may run only where half_cpu.h says that its path is available.
#pragma once

#include <cstddef>

#include "math/half_product.h"

// Before a loop over a small constant number of registers: at -O2 only an unrolled loop keeps them out of memory.
#if defined(__clang__)
#define INKLING_HALF_UNROLL _Pragma("clang loop unroll(full)")
#else
#define INKLING_HALF_UNROLL _Pragma("GCC unroll 16")
#endif

namespace inkling::math::half {

// A product with its sizes checked. c has n columns; bias may be null; `add` starts from C instead of the bias.
struct ProductTask {
  const HalfLine* rows;
  const HalfLine* panels;
  std::size_t depth;  // lines of a row; a panel has 16 times as many
  std::size_t k;
  std::size_t m;
  std::size_t n;
  const float* bias;
  float* c;
  bool add;
};

void product_scalar(const ProductTask& task);
void product_avx512_bf16(const ProductTask& task);
void product_amx_bf16(const ProductTask& task);  // inside configure_tiles() .. release_tiles()

void configure_tiles();
void release_tiles();

// As to_rows (without the padding rows), to_rows_transposed, to_panels_nn and to_panels_nt.
void to_rows_avx512_bf16(const float* a, std::size_t count, std::size_t k, std::size_t stride, HalfLine* lines);
void to_rows_transposed_avx512_bf16(const float* a, std::size_t m, std::size_t k, std::size_t stride,
                                    HalfLine* lines);
void to_panels_nn_avx512_bf16(const float* b, std::size_t n, std::size_t k, HalfLine* lines);
void to_panels_nt_avx512_bf16(const float* b, std::size_t n, std::size_t k, HalfLine* lines);

inline constexpr std::size_t kFp16Run = 64;  // terms whose sums (one of even, one of odd terms) stay in fp16

// y [16 count] = start [16 count] + W x for `count` whole panels of W, `depth` lines of terms each; start may be y.
struct VectorTask {
  const HalfLine* panels;
  std::size_t depth;
  std::size_t count;
  const float* x;
  std::size_t inputs;
  const float* start;
  float* y;
};

void vector_scalar_fp16(const VectorTask& task);
void vector_scalar_bf16(const VectorTask& task);
void vector_scalar_wide_bf16(const VectorTask& task);
void vector_wide_bf16(const VectorTask& task);
void vector_avx512_bf16(const VectorTask& task);
void vector_avx512_fp16(const VectorTask& task);

}  // namespace inkling::math::half
