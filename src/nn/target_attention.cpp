#include "nn/target_attention.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace inkling::nn {
namespace {

std::vector<float> copied(std::span<const float> values) {
  return {values.begin(), values.end()};
}

// Of a weight [H1 x 4E]: columns `first` to first + E, plus `factor` times those of the differences.
std::vector<float> columns_with_differences(const Weight& weight, std::size_t first, float factor) {
  const std::size_t width = weight.cols / 4;
  std::vector<float> result;
  result.reserve(weight.rows * width);
  for (std::size_t i = 0; i < weight.rows; ++i) {
    const std::span<const float> row = weight.values.subspan(i * weight.cols, weight.cols);
    for (std::size_t j = 0; j < width; ++j) result.push_back(row[first + j] + factor * row[2 * width + j]);
  }
  return result;
}

base::Status check(const TargetAttentionWeights& weights) {
  INKLING_TRY(check_filled(weights.weight1));
  if (weights.weight1.cols % 4 != 0) {
    return base::invalid_input("tensor \"" + std::string(weights.weight1.name) + "\" has " +
                               std::to_string(weights.weight1.cols) +
                               " columns, but they stand for a step, a candidate, their difference and their "
                               "product, so their number must be a multiple of 4");
  }
  INKLING_TRY(check_shape(weights.bias1, weights.weight1.rows, 1));
  INKLING_TRY(check_shape(weights.weight2, weights.weight2.rows, weights.weight1.rows));
  INKLING_TRY(check_shape(weights.bias2, weights.weight2.rows, 1));
  INKLING_TRY(check_shape(weights.weight3, 1, weights.weight2.rows));
  return check_shape(weights.bias3, 1, 1);
}

}  // namespace

base::Result<TargetAttention> TargetAttention::make(const TargetAttentionWeights& weights, float slope,
                                                    const math::Kernels& kernels) {
  INKLING_TRY(check(weights));
  INKLING_TRY(check_slope(slope));
  const std::size_t width = weights.weight1.cols / 4;
  const std::vector<float> step = columns_with_differences(weights.weight1, 0, 1.0f);
  return TargetAttention({.candidate = columns_with_differences(weights.weight1, width, -1.0f),
                          .product = columns_with_differences(weights.weight1, 3 * width, 0.0f),
                          .step = math::PackedMatrix::from_columns(step, weights.weight1.rows),
                          .bias1 = copied(weights.bias1.values),
                          .weight2 = copied(weights.weight2.values),
                          .bias2 = copied(weights.bias2.values),
                          .weight3 = copied(weights.weight3.values),
                          .bias3 = copied(weights.bias3.values),
                          .slope = slope},
                         kernels);
}

void TargetAttention::start(std::span<const float> steps, std::span<float> folded) const {
  const std::size_t count = steps.size() / width();
  assert(steps.size() == count * width() && folded.size() >= folded_size(count));
  kernels_->packed_product(steps, layers_.step, layers_.bias1, folded.first(folded_size(count)),
                           math::Output::kReplace);
}

// Steps outside, so that a step's folded matrix (at the published sizes 10 KiB) is made once and stays in the
// first-level cache for all candidates.
void TargetAttention::weights(std::span<const float> steps, std::span<const float> folded, LaneRows candidates,
                              std::size_t count, MutableLaneRows out, std::span<float> scratch) const {
  const std::size_t step_count = steps.size() / width();
  assert(folded.size() >= folded_size(step_count) && scratch.size() >= scratch_size());
  assert(candidates.rows == width() && out.rows == step_count);
  const std::span<float> matrix = scratch.first(hidden1() * width());
  const std::span<float> h1 = scratch.subspan(matrix.size(), hidden1() * math::kBlockLanes);
  const std::span<float> h2 = scratch.subspan(matrix.size() + h1.size(), hidden2() * math::kBlockLanes);
  const math::LaneLayer second{layers_.weight2, layers_.bias2, hidden2(), layers_.slope};
  const math::LaneLayer third{layers_.weight3, layers_.bias3, 1, 1.0f};
  for (std::size_t t = 0; t < step_count; ++t) {
    kernels_->fold_columns(layers_.candidate, layers_.product, steps.subspan(t * width(), width()), matrix);
    const math::LaneLayer first{matrix, folded.subspan(t * hidden1(), hidden1()), hidden1(), layers_.slope};
    for (std::size_t b = 0; b < math::blocks_of(count); ++b) {
      const std::size_t lanes = math::lanes_of(count, b);
      kernels_->lane_layer(first, candidates.block(b), lanes, h1);
      kernels_->lane_layer(second, h1, lanes, h2);
      kernels_->lane_layer(third, h2, lanes, out.part(t, 1).block(b));
    }
  }
}

}  // namespace inkling::nn
