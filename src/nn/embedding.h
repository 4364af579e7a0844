// A table of vectors by id: row 0 is padding, row 1 is "missing" and stands for every id the table does not know.
//
// Shape: [vocab x dim], vocab >= 2. Lifetime: views the package buffer. Thread safety: immutable.
// Cost: lookup is a multiplication. Failure: only make().
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/core/result.h"
#include "nn/weight.h"

namespace inkling::nn {

class Embedding {
 public:
  static constexpr std::uint32_t kPaddingId = 0;
  static constexpr std::uint32_t kMissingId = 1;

  [[nodiscard]] static base::Result<Embedding> make(const Weight& table);

  [[nodiscard]] std::size_t vocab() const { return vocab_; }
  [[nodiscard]] std::size_t dim() const { return dim_; }

  // The row of `id` (dim floats, valid as long as the package buffer); an id >= vocab gets row kMissingId.
  [[nodiscard]] std::span<const float> lookup(std::uint64_t id) const {
    return table_.subspan((id < vocab_ ? static_cast<std::size_t>(id) : kMissingId) * dim_, dim_);
  }

 private:
  Embedding(std::span<const float> table, std::size_t vocab, std::size_t dim)
      : table_(table), vocab_(vocab), dim_(dim) {}

  std::span<const float> table_;
  std::size_t vocab_;
  std::size_t dim_;
};

}  // namespace inkling::nn
