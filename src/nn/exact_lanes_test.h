// For tests of layers over many candidates: candidates in lanes from rows and back, with unused lanes that are no
// numbers and a gap between blocks.
#pragma once

#include <limits>
#include <vector>

#include "nn/exact_layers_test.h"
#include "nn/lane_rows.h"

namespace inkling::nn::exact {

inline double leaky(double x, double slope) {
  return x > 0 ? x : slope * x;
}

// activation(W x + b) for one vector.
inline Vector layer_of(const Tensor& weight, const Tensor& bias, const Vector& x, double slope) {
  Vector y;
  for (std::size_t i = 0; i < weight.rows; ++i) y.push_back(leaky(row_times(weight, i, x) + bias.at(i), slope));
  return y;
}

class Lanes {
 public:
  Lanes(std::size_t rows, std::size_t count) : rows_(rows), count_(count) {
    values_.assign(math::blocks_of(count) * stride(), std::numeric_limits<float>::quiet_NaN());
  }
  // Candidates' rows one after another, [N x rows].
  Lanes(std::span<const float> candidates, std::size_t rows) : Lanes(rows, candidates.size() / rows) {
    to_lane_rows(candidates, view());
  }
  [[nodiscard]] MutableLaneRows view() { return {values_, rows_, stride()}; }
  [[nodiscard]] double at(std::size_t row, std::size_t candidate) const {
    const std::size_t lane = candidate % math::kBlockLanes;
    return values_[candidate / math::kBlockLanes * stride() + row * math::kBlockLanes + lane];
  }
  // Lanes that nobody asked for and gaps: whether nothing was written there.
  [[nodiscard]] bool gaps_intact() const {
    for (std::size_t b = 0; b < math::blocks_of(count_); ++b) {
      for (std::size_t i = rows_ * math::kBlockLanes; i < stride(); ++i) {
        if (!std::isnan(values_[b * stride() + i])) return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] std::size_t stride() const { return (rows_ + 1) * math::kBlockLanes; }
  std::size_t rows_, count_;
  std::vector<float> values_;
};

}  // namespace inkling::nn::exact
