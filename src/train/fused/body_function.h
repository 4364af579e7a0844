// The fused body as one differentiable function of LibTorch: a batch's views go in, what they read out comes out, and
// backward() of whatever follows adds to the .grad of the parameters directly (not through autograd::grad).
//
// Micro-batches of kMicroBatch samples, forward and back one after another, keep what one leaves for the other in the
// caches. Parameters are laid out for the products once for all forward passes between two changes of them; changes
// are seen by LibTorch's version counters, so who writes through data_ptr must bump them. Ownership: holds the
// parameters. Thread safety: one thread at a time. Failure: c10::Error, as LibTorch's own functions.
#pragma once

#include <torch/types.h>

#include <memory>
#include <vector>

#include "train/fused/body.h"
#include "train/sequence_data.h"

namespace inkling::train::fused {

inline constexpr std::int64_t kMicroBatch = 16;

// One view's parameters in float on the CPU; undefined where the net has none.
struct ViewParameters {
  std::vector<torch::Tensor> embeddings;
  torch::Tensor weight_ih, weight_hh, bias_ih, bias_hh;
  torch::Tensor intra_state, intra_last, intra_bias, intra_query;
  torch::Tensor inter_merged, inter_bias;

  [[nodiscard]] std::vector<torch::Tensor> all() const;
};

// Spans over the values of a view's parameters, or over those of their gradients.
template <class Real>
[[nodiscard]] ViewTensors<const Real> values_of(const ViewParameters& parameters);
template <class Real>
[[nodiscard]] ViewTensors<Real> gradients_of(const ViewParameters& parameters);

class BodyFunction {
 public:
  BodyFunction(BodyShape shape, std::vector<ViewParameters> parameters, ReducedPath path = {});
  ~BodyFunction();
  // [B, shape.width()]
  [[nodiscard]] torch::Tensor forward(const std::vector<ViewBatch>& views);

  struct State;

 private:
  std::shared_ptr<State> state_;
};

// One batch as the operators read it. The tensors must outlive the answer.
[[nodiscard]] std::vector<ViewInput> inputs_of(const std::vector<ViewBatch>& views);

}  // namespace inkling::train::fused
