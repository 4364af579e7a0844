#include "nn/recurrent_cell.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace inkling::nn {

base::Result<RecurrentCell> RecurrentCell::make(CellKind kind, const RecurrentWeights& weights,
                                                const math::Kernels& kernels,
                                                const math::Reducible<math::ReducedPaths>& reduced) {
  const std::size_t gates = kind == CellKind::kLstm ? 4 : 3;
  const std::size_t hidden = weights.weight_hh.cols;
  INKLING_TRY(check_shape(weights.weight_hh, gates * hidden, hidden));
  INKLING_TRY(check_shape(weights.bias_ih, gates * hidden, 1));
  INKLING_TRY(check_shape(weights.bias_hh, gates * hidden, 1));
  const std::span<const float> bias_hh = weights.bias_hh.values;
  std::vector<float> input_bias(weights.bias_ih.values.begin(), weights.bias_ih.values.end());
  const std::size_t adding = kind == CellKind::kLstm ? bias_hh.size() : bias_hh.size() - hidden;
  for (std::size_t i = 0; i < adding; ++i) input_bias[i] += bias_hh[i];
  std::vector<float> hidden_bias(bias_hh.begin() + static_cast<std::ptrdiff_t>(adding), bias_hh.end());
  RecurrentCell cell(kind, math::PackedGates(weights.weight_hh.values, gates, hidden), std::move(input_bias),
                     std::move(hidden_bias), kernels);
  if (reduced && kind == CellKind::kGru) {
    std::vector<float> bias(gates * hidden);
    std::ranges::copy(cell.hidden_bias_, bias.end() - static_cast<std::ptrdiff_t>(hidden));
    cell.reduced_.emplace(reduced->matrix, weights.weight_hh.values, bias, gates * hidden, hidden);
  }
  return cell;
}

void RecurrentCell::run(std::span<const float> projected, std::span<float> state, std::span<float> hidden_rows,
                        std::span<float> scratch) const {
  assert(state.size() == state_size() && scratch.size() >= scratch_size());
  assert(projected.size() == hidden_rows.size() * weights_.gates());
  if (hidden_rows.empty()) return;
  const std::span<float> hidden = state.first(hidden_size());
  if (reduced_) {
    math::half_gru_steps(*reduced_, projected, hidden, hidden_rows, scratch);
  } else if (kind_ == CellKind::kGru) {
    kernels_->gru_steps(weights_, hidden_bias_, projected, hidden, hidden_rows);
  } else {
    kernels_->lstm_steps(weights_, projected, hidden, state.subspan(hidden_size()), hidden_rows);
  }
  std::ranges::copy(hidden_rows.last(hidden_size()), hidden.begin());
}

void RecurrentCell::run_many(std::span<const Sequence> sequences, std::span<float> scratch) const {
  assert(sequences.size() <= kMany);
  if (reduced_ || kind_ != CellKind::kGru) {
    for (const Sequence& each : sequences) run(each.projected, each.state, each.hidden_rows, scratch);
    return;
  }
  std::array<math::GruSequence, kMany> rows;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    rows[i] = {sequences[i].projected, hidden(sequences[i].state), sequences[i].hidden_rows};
  }
  kernels_->gru_steps_many(weights_, hidden_bias_, std::span(rows).first(sequences.size()));
  for (const Sequence& each : sequences) {
    if (!each.hidden_rows.empty()) std::ranges::copy(each.hidden_rows.last(hidden_size()), each.state.begin());
  }
}

}  // namespace inkling::nn
