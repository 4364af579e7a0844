#include "nn/recurrent_cell.h"

#include <algorithm>
#include <cassert>

namespace inkling::nn {

base::Result<RecurrentCell> RecurrentCell::make(CellKind kind, const RecurrentWeights& weights,
                                                const math::Kernels& kernels) {
  const std::size_t gates = kind == CellKind::kLstm ? 4 : 3;
  const std::size_t gate_rows = gates * weights.weight_hh.cols;
  INKLING_TRY(check_shape(weights.weight_hh, gate_rows, weights.weight_hh.cols));
  INKLING_TRY(check_shape(weights.weight_ih, gate_rows, weights.weight_ih.cols));
  INKLING_TRY(check_shape(weights.bias_ih, gate_rows, 1));
  INKLING_TRY(check_shape(weights.bias_hh, gate_rows, 1));
  return RecurrentCell(kind, weights, kernels);
}

RecurrentCell::RecurrentCell(CellKind kind, const RecurrentWeights& weights, const math::Kernels& kernels)
    : kind_(kind),
      input_size_(weights.weight_ih.cols),
      hidden_size_(weights.weight_hh.cols),
      weight_ih_(weights.weight_ih.values),
      weight_hh_(weights.weight_hh.values),
      bias_ih_(weights.bias_ih.values),
      bias_hh_(weights.bias_hh.values),
      kernels_(&kernels) {}

void RecurrentCell::step(std::span<const float> x, std::span<const float> state_in, std::span<float> state_out,
                         std::span<float> scratch) const {
  assert(x.size() == input_size_ && scratch.size() >= step_scratch_size());
  const std::span<float> projected = scratch.first(gates_size());
  kernels_->matrix_vector(weight_ih_, bias_ih_, x, projected);
  step_projected(projected, state_in, state_out, scratch.subspan(gates_size()));
}

void RecurrentCell::project(std::span<const float> x, std::size_t steps, std::span<float> projected) const {
  assert(x.size() == steps * input_size_ && projected.size() == steps * gates_size());
  for (std::size_t t = 0; t < steps; ++t) {
    std::ranges::copy(bias_ih_, projected.subspan(t * gates_size(), gates_size()).begin());
  }
  kernels_->product_nt(x, weight_ih_, projected, {steps, gates_size(), input_size_}, math::Output::kAdd);
}

void RecurrentCell::step_projected(std::span<const float> projected, std::span<const float> state_in,
                                   std::span<float> state_out, std::span<float> scratch) const {
  assert(projected.size() == gates_size() && scratch.size() >= gates_size());
  assert(state_in.size() == state_size() && state_out.size() == state_size());
  const std::span<const float> hidden_in = state_in.first(hidden_size_);
  const std::span<float> hidden_out = state_out.first(hidden_size_);
  const std::span<float> hidden_part = scratch.first(gates_size());
  kernels_->matrix_vector(weight_hh_, bias_hh_, hidden_in, hidden_part);
  if (kind_ == CellKind::kGru) {
    kernels_->gru_gates(projected, hidden_part, hidden_in, hidden_out);
  } else {
    kernels_->lstm_gates(projected, hidden_part, state_in.subspan(hidden_size_), hidden_out,
                         state_out.subspan(hidden_size_));
  }
}

void RecurrentCell::run(std::span<const float> x, std::size_t steps, std::span<float> state,
                        std::span<float> hidden_rows, std::span<float> scratch) const {
  assert(hidden_rows.size() == steps * hidden_size_ && scratch.size() >= run_scratch_size(steps));
  const std::span<float> projected = scratch.first(steps * gates_size());
  const std::span<float> step_scratch = scratch.subspan(projected.size());
  project(x, steps, projected);
  for (std::size_t t = 0; t < steps; ++t) {
    step_projected(projected.subspan(t * gates_size(), gates_size()), state, state, step_scratch);
    std::ranges::copy(hidden(state), hidden_rows.subspan(t * hidden_size_, hidden_size_).begin());
  }
}

}  // namespace inkling::nn
