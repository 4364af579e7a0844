// How much each step of a history matters to each of many candidates: DIN's local activation unit, without softmax.
//
// w_tn = W3 leaky(W2 leaky(W1 [s_t, x_n, s_t - x_n, s_t * x_n] + b1) + b2) + b3 with leaky ReLU of one slope. The
// first layer is split, W1 = [Ws Wx Wd Wp]: of a step t its sum is x . [(Wx - Wd) + Wp diag(s_t)] + [(Ws + Wd) s_t +
// b1], one [H1 x E] matrix and one bias a step, in which a candidate meets E inputs in the place of 4E. Shapes: steps
// S [T x E] row-major, candidates and weights in lanes (lane_rows.h), X [E rows], W [T rows]. T and N may be 0.
// Published: E = 32, H1 = 80, H2 = 40, slope 0.1. Not for one candidate (three quarters of a group of 16 lanes would
// idle), and not for the read-out (gated_readout.h). Lifetime: copies its weights. Thread safety: immutable; folded
// steps and scratch belong to the caller, folded steps to one request. Cost: start() 2 T E H1 operations; weights() 2
// T H1 E once and 2 T (E H1 + H1 H2 + H2) a candidate; neither allocates, blocks or fails. In reduced precision both
// large products have bf16 factors (math/half_product.h), the last layer and all sums are float; weights() then needs
// lines. Source: DIN (KDD 2018) section 4.3; speed-notes 4. Ours: the split, and leaky ReLU for PReLU.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "math/kernels.h"
#include "nn/lane_rows.h"
#include "nn/weight.h"

namespace inkling::nn {

struct TargetAttentionWeights {
  Weight weight1;  // [H1 x 4E]: columns for s, x, s - x, s * x
  Weight bias1;    // [H1]
  Weight weight2;  // [H2 x H1]
  Weight bias2;    // [H2]
  Weight weight3;  // [1 x H2]
  Weight bias3;    // [1]
};

class TargetAttention {
 public:
  // slope 0 to 1.
  [[nodiscard]] static base::Result<TargetAttention> make(const TargetAttentionWeights& weights, float slope,
                                                          const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::size_t width() const { return layers_.step.depth(); }  // E

  // What start() leaves of a history, floats.
  [[nodiscard]] std::size_t folded_size(std::size_t steps) const { return steps * hidden1(); }
  [[nodiscard]] std::size_t scratch_size() const {
    return hidden1() * width() + (hidden1() + hidden2()) * math::kBlockLanes;
  }

  // Once a request: S [T x E] -> folded, folded_size(T) floats.
  void start(std::span<const float> steps, std::span<float> folded) const;
  // S and folded as start() had and left them; candidates [E rows], out [T rows]; scratch >= scratch_size() floats.
  // Nothing overlaps.
  void weights(std::span<const float> steps, std::span<const float> folded, LaneRows candidates, std::size_t count,
               MutableLaneRows out, std::span<float> scratch) const;

 private:
  struct Layers {
    std::vector<float> candidate;  // Wx - Wd, [H1 x E]
    std::vector<float> product;    // Wp, [H1 x E]
    math::PackedMatrix step;       // Ws + Wd, for rows of S
    std::vector<float> bias1, weight2, bias2, weight3, bias3;
    float slope;
  };
  TargetAttention(Layers layers, const math::Kernels& kernels) : layers_(std::move(layers)), kernels_(&kernels) {}
  [[nodiscard]] std::size_t hidden1() const { return layers_.bias1.size(); }
  [[nodiscard]] std::size_t hidden2() const { return layers_.bias2.size(); }

  Layers layers_;
  const math::Kernels* kernels_;
};

}  // namespace inkling::nn
