// A fully connected layer, y = activation(W x + b), and a chain of them.
//
// Shapes: W [out x in], b [out] (LibTorch's Linear). Lifetime: packs a copy of W, views b in the package buffer.
// Thread safety: immutable. Cost of forward: 2 in out operations, neither allocates nor blocks. Failure: only make().
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/weight.h"

namespace inkling::nn {

enum class Activation { kNone, kRelu, kTanh, kSigmoid };

class Dense {
 public:
  [[nodiscard]] static base::Result<Dense> make(const Weight& weight, const Weight& bias, Activation activation,
                                                const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::size_t in() const { return weight_.depth(); }
  [[nodiscard]] std::size_t out() const { return bias_.size(); }

  // x [in] -> y [out]; they do not overlap.
  void forward(std::span<const float> x, std::span<float> y) const;

 private:
  Dense(math::PackedMatrix weight, std::span<const float> bias, Activation activation, const math::Kernels& kernels)
      : weight_(std::move(weight)), bias_(bias), activation_(activation), kernels_(&kernels) {}

  math::PackedMatrix weight_;
  std::span<const float> bias_;
  Activation activation_;
  const math::Kernels* kernels_;
};

class Mlp {
 public:
  // At least one layer, each as wide at its input as the one before at its output.
  [[nodiscard]] static base::Result<Mlp> make(std::vector<Dense> layers);

  [[nodiscard]] std::size_t in() const { return layers_.front().in(); }
  [[nodiscard]] std::size_t out() const { return layers_.back().out(); }
  [[nodiscard]] std::size_t scratch_size() const { return 2 * widest_hidden_; }  // floats

  // x [in] -> y [out]; scratch holds at least scratch_size() floats; the three do not overlap.
  void forward(std::span<const float> x, std::span<float> y, std::span<float> scratch) const;

 private:
  Mlp(std::vector<Dense> layers, std::size_t widest_hidden)
      : layers_(std::move(layers)), widest_hidden_(widest_hidden) {}

  std::vector<Dense> layers_;
  std::size_t widest_hidden_;
};

}  // namespace inkling::nn
