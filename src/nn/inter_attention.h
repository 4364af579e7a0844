// Attention between views: every row of one view looks at all rows of the other views.
//
// A = softmax_rows((queries M + c) others^T / sqrt(H)), context = A others. M = Wq^T Wk and c = bq Wk are merged when
// the model is exported (1/sqrt(H) only here, when loaded); keys and values are the rows themselves.
// Shapes: M [H x H], c [H]; queries [Tv x H] (this view), others [To x H] (the other views' rows, concatenated).
// Without queries or without others the context is zero.
// Lifetime: keeps copies of its weights. Thread safety: immutable; scratch belongs to the caller.
// In reduced precision all products of whole matrices have bf16 factors, and other_columns is not read.
// Cost: 2 Tv H (H + 2 To) operations (forward_pooled 2 Tv H (H + To)); nothing but make() allocates, fails or blocks.
// Source: models.md A.3 step 4, speed-notes.md "Merging Wq and Wk".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "math/precision.h"
#include "nn/reduced_attention.h"
#include "nn/reduced_product.h"
#include "nn/weight.h"

namespace inkling::nn {

// The rows of both sides; H floats each. The others come twice: as rows, and turned on their side, because scores are
// sums over H and the caller turns all views at once.
struct InterAttentionInput {
  std::span<const float> queries;
  std::size_t query_rows = 0;
  std::span<const float> others;
  std::size_t other_rows = 0;
  // [H x padded_columns(other_rows)], with `column_stride` from row to row. The columns after other_rows are read,
  // but change nothing.
  std::span<const float> other_columns;
  std::size_t column_stride = 0;
};

class InterAttention {
 public:
  [[nodiscard]] static base::Result<InterAttention> make(const Weight& merged, const Weight& bias,
                                                         const math::Kernels& kernels = math::simd_kernels(),
                                                         const math::Reducible<math::ReducedPaths>& reduced = {});

  // Scores are computed in whole vectors of columns.
  [[nodiscard]] static constexpr std::size_t padded_columns(std::size_t other_rows) {
    return (other_rows + 15) / 16 * 16;
  }

  [[nodiscard]] std::size_t hidden_size() const { return merged_.depth(); }
  [[nodiscard]] std::size_t scratch_size(std::size_t query_rows, std::size_t other_rows) const {
    return query_rows * (hidden_size() + padded_columns(other_rows) + 1) + other_rows;
  }
  [[nodiscard]] std::size_t lines_size(std::size_t query_rows, std::size_t other_rows) const;

  // context [query_rows x H]; scratch >= scratch_size(query_rows, other_rows) floats, lines >= lines_size() of the
  // same. Nothing overlaps.
  void forward(const InterAttentionInput& input, std::span<float> context, std::span<float> scratch,
               std::span<math::HalfLine> lines = {}) const;

  // A itself, [query_rows x other_rows], for people who look into a model. Same scratch and lines.
  void weights(const InterAttentionInput& input, std::span<float> out, std::span<float> scratch,
               std::span<math::HalfLine> lines = {}) const;

  // Only what the residual read-out needs: the context's last row and the mean of its rows, H floats each. It saves
  // the second product (column sums of A are enough). Same scratch and lines.
  void forward_pooled(const InterAttentionInput& input, std::span<float> context_last, std::span<float> context_mean,
                      std::span<float> scratch, std::span<math::HalfLine> lines = {}) const;

  // For somebody who keeps scores row by row, in float: the score of a row q that looks at a row o, both of H floats,
  // is query_of(q) . o or, which is the same, q . key_of(o), and bias() . o beside it. / sqrt(H) is inside.
  void query_of(std::span<const float> row, std::span<float> query) const;
  void key_of(std::span<const float> row, std::span<float> key) const;
  [[nodiscard]] std::span<const float> bias() const { return bias_; }

 private:
  InterAttention(math::PackedMatrix merged, math::PackedMatrix turned, std::vector<float> bias,
                 const math::Kernels& kernels)
      : merged_(std::move(merged)), turned_(std::move(turned)), bias_(std::move(bias)), kernels_(&kernels) {}
  [[nodiscard]] ReducedAttention reduced_attention(std::size_t query_rows, std::size_t other_rows) const;
  struct Unscaled {
    std::span<const float> rows, factors;
  };
  [[nodiscard]] Unscaled attention_rows(const InterAttentionInput& input, std::span<float> scratch,
                                        std::span<math::HalfLine> lines) const;

  math::PackedMatrix merged_;  // M / sqrt(H)
  math::PackedMatrix turned_;  // its transpose
  std::vector<float> bias_;    // c / sqrt(H)
  const math::Kernels* kernels_;
  math::Reducible<ReducedProduct> reduced_;  // M / sqrt(H)
};

}  // namespace inkling::nn
