// The two products of attention between views whose factors are both activations, with bf16 factors: scores and
// context. Part of InterAttention, which describes the shapes; softmax stays its own.
//
// A row of scores or weights is `columns` = InterAttention::padded_columns(other_rows) long; scores behind other_rows
// come out as 0, weights there may be anything finite. Ownership: nothing. Thread safety: pure functions; lines
// belong to the caller. Cost: rounding both factors, then the products; no allocation. Failure: none.
#pragma once

#include <cstddef>
#include <span>

#include "math/half_product.h"

namespace inkling::nn {

struct ReducedAttention {
  math::ProductPath path;
  std::size_t query_rows;
  std::size_t other_rows;
  std::size_t columns;
  std::size_t hidden;

  [[nodiscard]] std::size_t lines_size() const;
  // scores [query_rows x columns] = projected [query_rows x H] others^T.
  void scores(std::span<const float> projected, std::span<const float> others, std::span<float> scores,
              std::span<math::HalfLine> lines) const;
  // context [query_rows x H] = weights [query_rows x columns] others.
  void context(std::span<const float> weights, std::span<const float> others, std::span<float> context,
               std::span<math::HalfLine> lines) const;
};

}  // namespace inkling::nn
