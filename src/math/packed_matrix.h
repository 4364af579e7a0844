// The weights of a product, laid out once when a model is loaded so that every pass over them reads memory in order.
//
// PackedMatrix is the right factor B [depth x columns] of product.h's packed_product: panels of kPanelColumns columns
// side by side (the last may be narrower), each panel row-major [depth x its columns].
// PackedGates is the recurrent matrix of recurrence.h: blocks of kBlockUnits units (the last may be narrower), each
// [hidden x gates x its units], so that one pass over a block feeds all gates of its units.
// Ownership: both own aligned copies, which copies of the object share. Thread safety: immutable. Cost: made in one
// pass over the values; entry access is for references and tests. Failure: none; wrong sizes are asserted.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

namespace inkling::math {

// `size` floats at a 64-byte boundary, so that no vector straddles two cache lines.
[[nodiscard]] std::shared_ptr<float[]> aligned_floats(std::size_t size);

class PackedMatrix {
 public:
  static constexpr std::size_t kPanelColumns = 64;

  // B's rows one after another, [depth x columns].
  [[nodiscard]] static PackedMatrix from_rows(std::span<const float> values, std::size_t columns);
  // B's columns one after another, [columns x depth]: LibTorch's [out x in], for y = x W^T.
  [[nodiscard]] static PackedMatrix from_columns(std::span<const float> values, std::size_t columns);

  [[nodiscard]] std::size_t depth() const { return depth_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t panel_width(std::size_t first_column) const {
    return columns_ - first_column < kPanelColumns ? columns_ - first_column : kPanelColumns;
  }
  // The panel that starts at a multiple of kPanelColumns.
  [[nodiscard]] const float* panel(std::size_t first_column) const { return values_.get() + first_column * depth_; }
  [[nodiscard]] float at(std::size_t row, std::size_t column) const {
    const std::size_t first = column / kPanelColumns * kPanelColumns;
    return panel(first)[row * panel_width(first) + column - first];
  }

 private:
  PackedMatrix(std::size_t depth, std::size_t columns);
  float& slot(std::size_t row, std::size_t column);

  std::shared_ptr<float[]> values_;
  std::size_t depth_;
  std::size_t columns_;
};

class PackedGates {
 public:
  static constexpr std::size_t kBlockUnits = 32;

  // LibTorch's weight_hh: [gates * hidden x hidden], all rows of a gate together.
  PackedGates(std::span<const float> weight_hh, std::size_t gates, std::size_t hidden);

  [[nodiscard]] std::size_t hidden() const { return hidden_; }
  [[nodiscard]] std::size_t gates() const { return gates_; }
  [[nodiscard]] std::size_t block_width(std::size_t first_unit) const {
    return hidden_ - first_unit < kBlockUnits ? hidden_ - first_unit : kBlockUnits;
  }
  // The block that starts at a multiple of kBlockUnits.
  [[nodiscard]] const float* block(std::size_t first_unit) const {
    return values_.get() + first_unit * hidden_ * gates_;
  }
  // What unit `from` of the last state adds to `gate` of unit `to`.
  [[nodiscard]] float at(std::size_t gate, std::size_t to, std::size_t from) const {
    const std::size_t first = to / kBlockUnits * kBlockUnits;
    return block(first)[(from * gates_ + gate) * block_width(first) + to - first];
  }

 private:
  std::shared_ptr<float[]> values_;
  std::size_t hidden_;
  std::size_t gates_;
};

}  // namespace inkling::math
