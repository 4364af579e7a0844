// From the ids of a view's records to what its recurrent cell adds in each step: embeddings, their concatenation and
// the product with W_ih in one.
//
// projected = bias + sum over features f of W_f^T Emb_f[id_f], where W_f are the columns of W_ih that belong to f. A
// feature is either folded (the table Emb_f W_f^T [vocab x G] is made when loading, a record adds one row of it) or
// gathered (its embedding is copied and one product serves all gathered features of all records).
// Shapes: tables [vocab x E_f]; weight_ih [G x sum of E_f], G = gates * H; bias [G]; ids [records x features].
// Lifetime: gathered tables view the package buffer, everything else is copied. Thread safety: immutable; scratch
// belongs to the caller. Cost: a record 2 G E operations for each gathered feature and G for each folded one, which
// reads 4 G bytes of its table; nothing but make() allocates, fails or blocks.
// In reduced precision the gathered product has bf16 factors, rounded from the tables when loaded.
// Source: models.md A.3 step 1, speed-notes.md "Folded embedding table".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "math/precision.h"
#include "nn/embedding.h"
#include "nn/reduced_projection.h"
#include "nn/weight.h"

namespace inkling::nn {

class InputProjection {
 public:
  struct Feature {
    Embedding table;
    bool folded = false;
  };

  // The features' widths must sum up to weight_ih.cols, bias to weight_ih.rows.
  [[nodiscard]] static base::Result<InputProjection> make(std::span<const Feature> features, const Weight& weight_ih,
                                                          std::span<const float> bias,
                                                          const math::Kernels& kernels = math::simd_kernels(),
                                                          const math::Reducible<math::ReducedPaths>& reduced = {});

  [[nodiscard]] std::size_t feature_count() const { return gathered_.size() + folded_.size(); }
  [[nodiscard]] std::size_t folded_count() const { return folded_.size(); }
  [[nodiscard]] std::size_t gates_size() const { return bias_.size(); }
  [[nodiscard]] std::size_t scratch_size(std::size_t records) const {
    return reduced_ ? 0 : records * gathered_width_;
  }
  [[nodiscard]] std::size_t lines_size(std::size_t records) const {
    return reduced_ ? reduced_->lines_size(records) : 0;
  }

  // ids [records x feature_count()] -> projected [records x gates_size()]; scratch >= scratch_size(records) floats,
  // lines >= lines_size(records).
  // An id that a table does not know counts as "missing".
  void project(std::span<const std::uint32_t> ids, std::span<float> projected, std::span<float> scratch,
               std::span<math::HalfLine> lines = {}) const;

 private:
  struct Gathered {
    std::size_t feature;
    Embedding table;
    [[nodiscard]] const float* row(std::uint32_t id) const { return table.lookup(id).data(); }
  };
  struct Folded {
    std::size_t feature;
    std::size_t vocab;
    std::vector<float> rows;  // [vocab x G]
  };

  InputProjection(std::span<const float> bias, const math::Kernels& kernels)
      : bias_(bias.begin(), bias.end()), kernels_(&kernels) {}
  void gather(std::span<const std::uint32_t> ids, std::span<float> x) const;
  void add_folded(std::span<const std::uint32_t> ids, std::span<float> projected) const;

  std::vector<Gathered> gathered_;
  std::vector<Folded> folded_;
  std::size_t gathered_width_ = 0;
  math::Reducible<ReducedProjection> reduced_;  // of the gathered features, in place of weight_
  std::vector<math::PackedMatrix> weight_;    // none or one: [gathered_width_ x G]
  std::vector<float> bias_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
