// The two large products of TargetAttention with bf16 factors, candidates as rows: part of TargetAttention, which
// describes the shapes and folds the steps.
//
// Candidates are rounded once a call; a step's folded matrix and every hidden activation once where they are made.
// Sums, biases, leaky ReLU and the last layer are float. Ownership: holds a rounded copy of W2. Thread safety:
// immutable; lines and scratch belong to the caller. Cost: as the float form's products at the path's speed, and two
// passes over each hidden layer; no allocation. Failure: none.
#pragma once

#include <cstddef>
#include <span>

#include "math/half_product.h"
#include "nn/lane_rows.h"
#include "nn/reduced_product.h"

namespace inkling::nn {

class ReducedTargetAttention {
 public:
  // weight2 [hidden2 x hidden1], LibTorch's.
  ReducedTargetAttention(math::ProductPath path, std::span<const float> weight2, std::size_t hidden1);

  [[nodiscard]] std::size_t lines_size(std::size_t width, std::size_t candidates) const;

  // What TargetAttention keeps in float.
  struct Layers {
    std::span<const float> bias2, weight3;
    float bias3;
    float slope;
  };
  // A step's first layer, folded.
  struct Step {
    std::span<const float> matrix;  // [hidden1 x width]
    std::span<const float> bias;    // [hidden1]
  };

  // For the caller's math::ProductScope, in which all products of a call lie.
  [[nodiscard]] math::ProductPath path() const { return second_.path(); }
  // Once a call, before weights().
  void take_in(LaneRows candidates, std::size_t count, std::span<math::HalfLine> lines) const;
  // out_row: the step's row of every block; scratch >= (hidden1 + hidden2) * kBlockLanes floats.
  void weights(const Step& step, const Layers& layers, std::size_t count, MutableLaneRows out_row,
               std::span<float> scratch, std::span<math::HalfLine> lines) const;

 private:
  ReducedProduct second_;
  std::size_t hidden1_;
};

}  // namespace inkling::nn
