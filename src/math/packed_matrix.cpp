#include "math/packed_matrix.h"

#include <algorithm>
#include <cassert>
#include <new>

#include "math/vector_ops.h"

namespace inkling::math {

std::shared_ptr<float[]> aligned_floats(std::size_t size) {
  constexpr std::align_val_t kAlignment{64};
  auto* memory = static_cast<float*>(::operator new(size * sizeof(float), kAlignment));
  return {memory, [](float* values) { ::operator delete(values, kAlignment); }};
}

PackedMatrix::PackedMatrix(std::size_t depth, std::size_t columns)
    : values_(aligned_floats(depth * columns)), depth_(depth), columns_(columns) {}

float& PackedMatrix::slot(std::size_t row, std::size_t column) {
  const std::size_t first = column / kPanelColumns * kPanelColumns;
  return values_.get()[first * depth_ + row * panel_width(first) + column - first];
}

PackedMatrix PackedMatrix::from_rows(std::span<const float> values, std::size_t columns) {
  assert(columns > 0 && values.size() % columns == 0);
  PackedMatrix packed(values.size() / columns, columns);
  for (std::size_t row = 0; row < packed.depth_; ++row) {
    for (std::size_t first = 0; first < columns; first += kPanelColumns) {
      const std::size_t width = packed.panel_width(first);
      std::copy_n(values.data() + row * columns + first, width, &packed.slot(row, first));
    }
  }
  return packed;
}

PackedMatrix PackedMatrix::from_columns(std::span<const float> values, std::size_t columns) {
  assert(columns > 0 && values.size() % columns == 0);
  PackedMatrix packed(values.size() / columns, columns);
  for (std::size_t first = 0; first < columns; first += kPanelColumns) {
    const std::size_t width = packed.panel_width(first), begin = first * packed.depth_;
    const std::span<float> panel(packed.values_.get() + begin, width * packed.depth_);
    transpose(values.subspan(begin, panel.size()), packed.depth_, panel, width);
  }
  return packed;
}

PackedGates::PackedGates(std::span<const float> weight_hh, std::size_t gates, std::size_t hidden)
    : values_(aligned_floats(weight_hh.size())), hidden_(hidden), gates_(gates) {
  assert(weight_hh.size() == gates * hidden_ * hidden_);
  float* next = values_.get();
  for (std::size_t first = 0; first < hidden_; first += kBlockUnits) {
    for (std::size_t from = 0; from < hidden_; ++from) {
      for (std::size_t gate = 0; gate < gates; ++gate) {
        for (std::size_t to = first; to < first + block_width(first); ++to) {
          *next++ = weight_hh[(gate * hidden_ + to) * hidden_ + from];
        }
      }
    }
  }
}

}  // namespace inkling::math
