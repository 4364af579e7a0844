#include "train/fused/rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace inkling::train::fused {

RowLayout::RowLayout(std::vector<std::size_t> lengths) : lengths_(std::move(lengths)), order_(lengths_.size()) {
  for (const std::size_t length : lengths_) {
    begins_.push_back(rows_);
    rows_ += length;
  }
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [this](std::size_t a, std::size_t b) { return lengths_[a] > lengths_[b]; });
}

std::size_t RowLayout::running(std::size_t step) const {
  const auto ended =
      std::partition_point(order_.begin(), order_.end(), [&](std::size_t sample) { return lengths_[sample] > step; });
  return static_cast<std::size_t>(ended - order_.begin());
}

}  // namespace inkling::train::fused
