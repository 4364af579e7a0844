// Products of bf16 by vdpbf16ps: each of the 16 lanes adds two products of neighbouring terms to its float sum. A
// block of rows x panels keeps all its sums in registers over the whole of k. Also the conversions to bf16, 32 at
// once.
#include "math/half_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#define INKLING_BF16 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))

namespace inkling::math::half {
namespace {

// Five rows divide 50 and 100, and with four panels and a row's pair they leave seven of the 32 registers.
constexpr std::size_t kBlockRows = 5;
constexpr std::size_t kBlockPanels = 4;
constexpr std::size_t kVectorPanels = 12;  // all gates of a GRU with 64 hidden units

struct Block {
  const HalfLine* rows;
  std::size_t row_stride;  // lines
  const HalfLine* panels;
  std::size_t panel_stride;  // lines
  std::size_t pairs;
  const float* start;  // null: zero
  std::size_t start_stride;
  float* c;
  std::size_t c_stride;
  __mmask16 last;  // columns of the last panel
};

INKLING_BF16 inline __m512bh pair_of(const HalfLine* row, std::size_t pair) {
  int bits = 0;
  std::memcpy(&bits, row->values.data() + 2 * pair, sizeof(bits));  // rows are contiguous lines
  return reinterpret_cast<__m512bh>(_mm512_set1_epi32(bits));
}

template <std::size_t kRows, std::size_t kPanels>
INKLING_BF16 void multiply(const Block& block) {
  __m512 sums[kRows][kPanels];
  INKLING_HALF_UNROLL for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
      const __mmask16 columns = p + 1 == kPanels ? block.last : static_cast<__mmask16>(0xFFFF);
      const float* start = block.start + r * block.start_stride + p * kPanelColumns;
      sums[r][p] = block.start == nullptr ? _mm512_setzero_ps() : _mm512_maskz_loadu_ps(columns, start);
    }
  }
  for (std::size_t t = 0; t < block.pairs; ++t) {
    __m512bh weights[kPanels];
    INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
      weights[p] = reinterpret_cast<__m512bh>(_mm512_load_si512(block.panels + p * block.panel_stride + t));
    }
    INKLING_HALF_UNROLL for (std::size_t r = 0; r < kRows; ++r) {
      const __m512bh pair = pair_of(block.rows + r * block.row_stride, t);
      INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
        sums[r][p] = _mm512_dpbf16_ps(sums[r][p], pair, weights[p]);
      }
    }
  }
  INKLING_HALF_UNROLL for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
      const __mmask16 columns = p + 1 == kPanels ? block.last : static_cast<__mmask16>(0xFFFF);
      _mm512_mask_storeu_ps(block.c + r * block.c_stride + p * kPanelColumns, columns, sums[r][p]);
    }
  }
}

template <std::size_t kPanels>
void multiply_rows(Block block, std::size_t rows) {
  for (; rows >= kBlockRows; rows -= kBlockRows) {
    multiply<kBlockRows, kPanels>(block);
    block.rows += kBlockRows * block.row_stride;
    if (block.start != nullptr) block.start += kBlockRows * block.start_stride;
    block.c += kBlockRows * block.c_stride;
  }
  if (rows == 4) multiply<4, kPanels>(block);
  if (rows == 3) multiply<3, kPanels>(block);
  if (rows == 2) multiply<2, kPanels>(block);
  if (rows == 1) multiply<1, kPanels>(block);
}

void multiply_panels(const Block& block, std::size_t panels, std::size_t rows) {
  if (panels == 4) multiply_rows<4>(block, rows);
  if (panels == 3) multiply_rows<3>(block, rows);
  if (panels == 2) multiply_rows<2>(block, rows);
  if (panels == 1) multiply_rows<1>(block, rows);
}

// Whole panels and one row: nothing to mask. A step of a recurrence waits for it, so it is kept short.
template <std::size_t kPanels>
INKLING_BF16 inline void vector_panels(const VectorTask& task, const HalfLine* x, std::size_t panel) {
  const std::size_t stride = kPanelColumns * task.depth;
  const HalfLine* panels = task.panels + panel * stride;
  const float* start = task.start + panel * kPanelColumns;
  float* y = task.y + panel * kPanelColumns;
  __m512 sums[kPanels];
  INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) sums[p] = _mm512_loadu_ps(start + p * kPanelColumns);
  const std::size_t pairs = (task.inputs + 1) / 2;
  for (std::size_t t = 0; t < pairs; ++t) {
    const __m512bh pair = pair_of(x, t);
    INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) {
      const auto weights = reinterpret_cast<__m512bh>(_mm512_load_si512(panels + p * stride + t));
      sums[p] = _mm512_dpbf16_ps(sums[p], pair, weights);
    }
  }
  INKLING_HALF_UNROLL for (std::size_t p = 0; p < kPanels; ++p) _mm512_storeu_ps(y + p * kPanelColumns, sums[p]);
}

constexpr __mmask16 first_of(std::size_t count) {
  return static_cast<__mmask16>(count >= 16 ? 0xFFFFU : (1U << count) - 1U);
}

INKLING_BF16 inline __m512i round_32(const float* from, std::size_t count) {
  const __m512 low = _mm512_maskz_loadu_ps(first_of(count), from);
  const __m512 high = count > 16 ? _mm512_maskz_loadu_ps(first_of(count - 16), from + 16) : _mm512_setzero_ps();
  return reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(high, low));
}

// Sixteen columns of a row-major matrix of k rows: line t has rows 2t and 2t + 1, converted together, entry by entry.
class Pairs {
 public:
  INKLING_BF16 Pairs(const float* first, std::size_t stride, std::size_t k, __mmask16 columns)
      : first_(first), stride_(stride), k_(k), columns_(columns) {
    const __m512i counted = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    interleave_ =
        _mm512_add_epi16(_mm512_set1_epi32(0x00100000), _mm512_mullo_epi32(counted, _mm512_set1_epi32(0x00010001)));
  }
  [[nodiscard]] INKLING_BF16 __m512i at(std::size_t t) const {
    const float* row = first_ + 2 * t * stride_;
    const __m512 even = 2 * t < k_ ? _mm512_maskz_loadu_ps(columns_, row) : _mm512_setzero_ps();
    const __m512 odd = 2 * t + 1 < k_ ? _mm512_maskz_loadu_ps(columns_, row + stride_) : _mm512_setzero_ps();
    return _mm512_permutexvar_epi16(interleave_, reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(odd, even)));
  }

 private:
  const float* first_;
  std::size_t stride_;
  std::size_t k_;
  __mmask16 columns_;
  __m512i interleave_;
};

// Lines i and j of 32-bit entries become lines of columns, as for any square matrix of 16.
INKLING_BF16 __attribute__((always_inline)) inline void transpose_16(__m512i (&v)[16]) {
  __m512i w[16];
  INKLING_HALF_UNROLL for (std::size_t i = 0; i < 16; i += 2) {
    w[i] = _mm512_unpacklo_epi32(v[i], v[i + 1]);
    w[i + 1] = _mm512_unpackhi_epi32(v[i], v[i + 1]);
  }
  INKLING_HALF_UNROLL for (std::size_t i = 0; i < 16; i += 4) {
    v[i] = _mm512_unpacklo_epi64(w[i], w[i + 2]);
    v[i + 1] = _mm512_unpackhi_epi64(w[i], w[i + 2]);
    v[i + 2] = _mm512_unpacklo_epi64(w[i + 1], w[i + 3]);
    v[i + 3] = _mm512_unpackhi_epi64(w[i + 1], w[i + 3]);
  }
  // v[4g + c] holds, in each quarter q, column 4q + c of rows 4g to 4g + 3.
  INKLING_HALF_UNROLL for (std::size_t c = 0; c < 4; ++c) {
    w[c] = _mm512_shuffle_i32x4(v[c], v[4 + c], 0x88);
    w[4 + c] = _mm512_shuffle_i32x4(v[c], v[4 + c], 0xDD);
    w[8 + c] = _mm512_shuffle_i32x4(v[8 + c], v[12 + c], 0x88);
    w[12 + c] = _mm512_shuffle_i32x4(v[8 + c], v[12 + c], 0xDD);
  }
  INKLING_HALF_UNROLL for (std::size_t c = 0; c < 4; ++c) {
    v[c] = _mm512_shuffle_i32x4(w[c], w[8 + c], 0x88);
    v[4 + c] = _mm512_shuffle_i32x4(w[4 + c], w[12 + c], 0x88);
    v[8 + c] = _mm512_shuffle_i32x4(w[c], w[8 + c], 0xDD);
    v[12 + c] = _mm512_shuffle_i32x4(w[4 + c], w[12 + c], 0xDD);
  }
}

}  // namespace

void product_avx512_bf16(const ProductTask& task) {
  for (std::size_t column = 0; column < task.n; column += kBlockPanels * kPanelColumns) {
    const std::size_t columns = std::min(kBlockPanels * kPanelColumns, task.n - column);
    const std::size_t panels = (columns + kPanelColumns - 1) / kPanelColumns;
    const float* bias = task.bias == nullptr ? nullptr : task.bias + column;
    const Block block{task.rows,
                      task.depth,
                      task.panels + column * task.depth,
                      kPanelColumns * task.depth,
                      (task.k + 1) / 2,
                      task.add ? task.c + column : bias,
                      task.add ? task.n : 0,
                      task.c + column,
                      task.n,
                      first_of(columns - (panels - 1) * kPanelColumns)};
    multiply_panels(block, panels, task.m);
  }
}

INKLING_BF16 void to_rows_avx512_bf16(const float* a, std::size_t count, std::size_t k, std::size_t stride,
                                      HalfLine* lines) {
  for (std::size_t i = 0; i < count; ++i, a += stride) {
    for (std::size_t t = 0; t < k; t += 32) _mm512_store_si512(lines++, round_32(a + t, k - t));
  }
}

// 32 terms of 16 columns are a block of panel lines and, turned, a line of each of 16 rows.
INKLING_BF16 void to_rows_transposed_avx512_bf16(const float* a, std::size_t m, std::size_t k, std::size_t stride,
                                                 HalfLine* lines) {
  const std::size_t depth = depth_lines(k);
  for (std::size_t column = 0; column < m; column += kPanelColumns, lines += kPanelColumns * depth) {
    const Pairs pairs(a + column, stride, k, first_of(m - column));
    for (std::size_t line = 0; line < depth; ++line) {
      __m512i block[16];
      INKLING_HALF_UNROLL for (std::size_t t = 0; t < 16; ++t) block[t] = pairs.at(16 * line + t);
      transpose_16(block);
      INKLING_HALF_UNROLL for (std::size_t i = 0; i < 16; ++i) _mm512_store_si512(lines + i * depth + line, block[i]);
    }
  }
}

INKLING_BF16 void to_panels_nn_avx512_bf16(const float* b, std::size_t n, std::size_t k, HalfLine* lines) {
  const std::size_t panel_lines = kPanelColumns * depth_lines(k);
  for (std::size_t column = 0; column < n; column += kPanelColumns) {
    const Pairs pairs(b + column, n, k, first_of(n - column));
    for (std::size_t t = 0; t < panel_lines; ++t) _mm512_store_si512(lines++, pairs.at(t));
  }
}

INKLING_BF16 void to_panels_nt_avx512_bf16(const float* b, std::size_t n, std::size_t k, HalfLine* lines) {
  for (std::size_t column = 0; column < n; column += kPanelColumns) {
    for (std::size_t t = 0; t < k; t += 32) {
      __m512i block[kPanelColumns];
      for (std::size_t j = 0; j < kPanelColumns; ++j) {
        const bool exists = column + j < n;
        block[j] = exists ? round_32(b + (column + j) * k + t, k - t) : _mm512_setzero_si512();
      }
      transpose_16(block);
      for (const __m512i& line : block) _mm512_store_si512(lines++, line);
    }
  }
}

INKLING_BF16 void vector_avx512_bf16(const VectorTask& task) {
  constexpr std::size_t kLines = 8;  // of x at a time
  alignas(64) HalfLine x[kLines];
  VectorTask part = task;
  for (std::size_t first = 0; first == 0 || first < task.inputs; first += 32 * kLines) {
    part.inputs = std::min(32 * kLines, task.inputs - first);
    part.panels = task.panels + first / 2;
    to_rows_avx512_bf16(task.x + first, 1, part.inputs, part.inputs, x);
    std::size_t panel = 0;
    for (; panel + kVectorPanels <= task.count; panel += kVectorPanels) vector_panels<kVectorPanels>(part, x, panel);
    for (; panel + 4 <= task.count; panel += 4) vector_panels<4>(part, x, panel);
    for (; panel < task.count; ++panel) vector_panels<1>(part, x, panel);
    part.start = task.y;
  }
}

}  // namespace inkling::math::half

#else  // never chosen: half_cpu.h finds no AVX-512

namespace inkling::math::half {

void product_avx512_bf16(const ProductTask& task) {
  product_scalar(task);
}
void to_rows_avx512_bf16(const float*, std::size_t, std::size_t, std::size_t, HalfLine*) {}
void to_rows_transposed_avx512_bf16(const float*, std::size_t, std::size_t, std::size_t, HalfLine*) {}
void to_panels_nn_avx512_bf16(const float*, std::size_t, std::size_t, HalfLine*) {}
void to_panels_nt_avx512_bf16(const float*, std::size_t, std::size_t, HalfLine*) {}
void vector_avx512_bf16(const VectorTask& task) {
  vector_scalar_bf16(task);
}

}  // namespace inkling::math::half

#endif
