#include "nn/dense.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace inkling::nn {

base::Result<Dense> Dense::make(const Weight& weight, const Weight& bias, Activation activation,
                                const math::Kernels& kernels) {
  INKLING_TRY(check_filled(weight));
  INKLING_TRY(check_shape(bias, weight.rows, 1));
  return Dense(math::PackedMatrix::from_columns(weight.values, weight.rows), bias.values, activation, kernels);
}

void Dense::forward(std::span<const float> x, std::span<float> y) const {
  assert(x.size() == in() && y.size() == out());
  kernels_->packed_product(x, weight_, bias_, y, math::Output::kReplace);
  switch (activation_) {
    case Activation::kNone:
      return;
    case Activation::kRelu:
      return kernels_->relu(y, y);
    case Activation::kTanh:
      return kernels_->tanh(y, y);
    case Activation::kSigmoid:
      return kernels_->sigmoid(y, y);
  }
}

base::Result<Mlp> Mlp::make(std::vector<Dense> layers) {
  if (layers.empty()) return base::invalid_input("an MLP needs at least one layer, but got none");
  std::size_t widest_hidden = 0;
  for (std::size_t i = 1; i < layers.size(); ++i) {
    if (layers[i].in() != layers[i - 1].out()) {
      return base::invalid_input("MLP layer " + std::to_string(i) + " takes " + std::to_string(layers[i].in()) +
                                 " numbers, but layer " + std::to_string(i - 1) + " gives " +
                                 std::to_string(layers[i - 1].out()));
    }
    widest_hidden = std::max(widest_hidden, layers[i].in());
  }
  return Mlp(std::move(layers), widest_hidden);
}

void Mlp::forward(std::span<const float> x, std::span<float> y, std::span<float> scratch) const {
  assert(scratch.size() >= scratch_size());
  std::span<const float> input = x;
  std::span<float> free_half = scratch.first(widest_hidden_);
  std::span<float> other_half = scratch.subspan(widest_hidden_, widest_hidden_);
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) {
    const std::span<float> output = free_half.first(layers_[i].out());
    layers_[i].forward(input, output);
    input = output;
    std::swap(free_half, other_half);
  }
  layers_.back().forward(input, y);
}

}  // namespace inkling::nn
