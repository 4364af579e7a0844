// The add-on network's fused operators over LibTorch's tensors, in two forms that compute the same body.
// add_gradients() is a whole training step of one-logit losses without a graph: body, top MLP and loss of a
// micro-batch, forward and back, then the next one. forward() is one differentiable function up to what the top MLP
// reads, for heads and losses that LibTorch's operators make; backward() of what follows adds to the .grad of the
// parameters directly (not through autograd::grad).
//
// Batches carry no padding: rows request after request, and counts. Parameters are in float on the CPU and
// contiguous. Ownership: holds the parameters; weights are laid out anew at each call. Thread safety: one thread at a
// time. Failure: c10::Error, as LibTorch's own functions: an id outside its table, rows that do not fit their counts,
// an MLP that does not read shape.width() numbers. Source: models.md B.2. Gradients are held to automatic
// differentiation (tests: 1e-4 of a tensor's largest entry).
#pragma once

#include <torch/nn/modules/linear.h>

#include <memory>
#include <vector>

#include "train/fused/add_on_tensors.h"

namespace inkling::train::fused {

// Shapes: AddOnTensors. Undefined where the net has none.
struct AddOnParameters {
  std::vector<torch::Tensor> tables;
  torch::Tensor unit_weight1, unit_bias1, unit_weight2, unit_bias2, unit_weight3, unit_bias3;
  torch::Tensor trigger_query, trigger_key, trigger_heads;
  torch::Tensor gate_scale, gate_context, gate_bias;
};

// Spans over the values of the parameters, or over those of their gradients.
template <class Real>
[[nodiscard]] AddOnTensors<const Real> values_of(const AddOnParameters& parameters);
template <class Real>
[[nodiscard]] AddOnTensors<Real> gradients_of(const AddOnParameters& parameters);

struct AddOnBatch {
  struct Rows {
    torch::Tensor ids;     // [rows, tables] int64
    torch::Tensor counts;  // [requests] int64
  };
  Rows behaviours, ticked, unticked, candidates;
  torch::Tensor context;    // [requests, context]
  torch::Tensor request;    // [requests, request numbers]
  torch::Tensor candidate;  // [candidates, candidate numbers]
};

// One batch as the operators read it. The tensors must outlive the answer.
template <class Real>
[[nodiscard]] AddOnInput<Real> input_of(const AddOnBatch& batch);

class AddOnFunction {
 public:
  enum class Loss {
    kGraded,    // mean over candidates of the cross-entropy against a label in [0, 1]
    kListwise,  // mean over requests with a label above 0: softmax over its candidates against its labels' shares
  };
  // What is multiplied in training: dropout, as the caller draws it. Undefined and empty: nothing.
  struct Masks {
    torch::Tensor vectors;              // [candidates, shape.learnt_width()], of what the MLP reads but the numbers
    std::vector<torch::Tensor> hidden;  // of each hidden layer's outputs, [candidates, units]
  };
  struct Head {
    const std::vector<torch::nn::Linear>& mlp;  // leaky ReLU between; the last one gives one logit
    Loss loss = Loss::kGraded;
    Masks masks = {};
  };

  AddOnFunction(const AddOnShape& shape, AddOnParameters parameters);
  ~AddOnFunction();

  // [candidates, shape.width()]. Where no gradient is asked for, in micro-batches that leave nothing behind.
  [[nodiscard]] torch::Tensor forward(const AddOnBatch& batch);
  // Adds share x the gradient of the batch's loss to every parameter's .grad, the MLP's too, and returns share x that
  // loss. labels: [candidates].
  [[nodiscard]] double add_gradients(const AddOnBatch& batch, const torch::Tensor& labels, const Head& head,
                                     double share);

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace inkling::train::fused
