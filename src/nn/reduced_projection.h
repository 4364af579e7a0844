// The gathered part of an input projection with bf16 factors: embedding tables rounded when loaded, so that a
// record's rows are copied straight into the product's left factor. Part of InputProjection, which describes the
// shapes.
//
// Ownership: holds rounded copies of the tables, half their size. Thread safety: immutable; lines belong to the
// caller. Cost: as ReducedProduct, without rounding; no allocation. Failure: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "nn/embedding.h"
#include "nn/reduced_product.h"

namespace inkling::nn {

class ReducedProjection {
 public:
  // `weight` [width of all tables to be added x G].
  explicit ReducedProjection(ReducedProduct weight) : weight_(std::move(weight)) {}
  // The next feature of the concatenation, `feature`-th of a record's ids.
  void add(std::size_t feature, const Embedding& table);

  [[nodiscard]] std::size_t lines_size(std::size_t records) const { return weight_.lines_size(records); }

  // ids [records x features], one record after another -> projected [records x G] = bias + gathered W.
  void project(std::span<const std::uint32_t> ids, std::size_t features, std::span<const float> bias,
               std::span<float> projected, std::span<math::HalfLine> lines) const;

 private:
  struct Table {
    std::size_t feature;
    std::size_t vocab;
    std::size_t dim;
    std::vector<std::uint16_t> rows;  // [vocab x dim]
    [[nodiscard]] const std::uint16_t* row(std::uint32_t id) const {
      return rows.data() + (id < vocab ? id : Embedding::kMissingId) * dim;
    }
  };
  void gather(std::span<const std::uint32_t> ids, std::size_t features, std::span<math::HalfLine> lines) const;

  ReducedProduct weight_;
  std::vector<Table> tables_;
};

}  // namespace inkling::nn
