#include "train/fused/gru.h"

#include <algorithm>

namespace inkling::train::fused {
namespace {

// The running samples' rows of one step, from the longest sample to the shortest.
class StepRows {
 public:
  StepRows(const RowLayout& layout, std::size_t step) {
    for (const std::size_t sample : layout.order()) {
      gates_.push_back(layout.begin(sample) + step);
      states_.push_back(layout.state_begin(sample) + step + 1);
    }
  }
  void forth() {
    for (std::size_t& row : gates_) ++row;
    for (std::size_t& row : states_) ++row;
  }
  void back() {
    for (std::size_t& row : gates_) --row;
    for (std::size_t& row : states_) --row;
  }
  [[nodiscard]] math::GruRows first(std::size_t running) const {
    return {std::span(gates_).first(running), std::span(states_).first(running)};
  }

 private:
  std::vector<std::size_t> gates_, states_;
};

}  // namespace

template <class Real>
Gru<Real>::Gru(const ViewShape& shape, const ViewTensors<const Real>& weights, ReducedPath path)
    : shape_(shape),
      input_(Factor<Real>::from_columns(weights.weight_ih, 3 * shape.hidden, path)),
      recurrent_(Factor<Real>::from_columns(weights.weight_hh, 3 * shape.hidden, path)),
      input_back_(Factor<Real>::from_rows(weights.weight_ih, shape.input(), path)),
      recurrent_back_(Factor<Real>::from_rows(weights.weight_hh, shape.hidden, path)),
      sum_bias_(weights.bias_ih.begin(), weights.bias_ih.end()),
      hidden_bias_(weights.bias_hh.subspan(2 * shape.hidden)) {
  for (std::size_t i = 0; i < 2 * shape.hidden; ++i) sum_bias_[i] += weights.bias_hh[i];
}

template <class Real>
void Gru<Real>::forward(const RowLayout& layout, std::span<const Real> x, const math::GruTrace<Real>& trace,
                        GruWorkspace<Real>& workspace, Products<Real>& products) const {
  const std::size_t h = shape_.hidden;
  input_.product(products, x, sum_bias_, trace.gates);
  const std::span<Real> hidden = workspace.hidden.take(layout.samples() * h);
  const std::span<Real> all_sums = workspace.sums.take(layout.samples() * 3 * h);
  for (std::size_t i = 0; i < layout.samples(); ++i) {
    const auto first = trace.states.subspan(layout.state_begin(layout.order()[i]) * h, h);
    std::copy(first.begin(), first.end(), hidden.begin() + static_cast<std::ptrdiff_t>(i * h));
  }
  StepRows rows(layout, 0);
  for (std::size_t step = 0; step < layout.longest(); ++step, rows.forth()) {
    const std::size_t running = layout.running(step);
    const std::span<Real> sums = all_sums.first(running * 3 * h), states = hidden.first(running * h);
    recurrent_.product(products, states, {}, sums);
    gru_training_step<Real>(sums, hidden_bias_, rows.first(running), trace, states);
  }
}

template <class Real>
void Gru<Real>::steps_back(const RowLayout& layout, const math::GruTrace<Real>& trace,
                           std::span<const Real> state_gradients, GruWorkspace<Real>& workspace,
                           Products<Real>& products) const {
  const std::size_t h = shape_.hidden;
  const std::span<Real> carry = workspace.hidden.zeros(layout.samples() * h);
  const std::span<Real> all_sums = workspace.sums.take(layout.samples() * 3 * h);
  if (layout.longest() == 0) return;
  StepRows rows(layout, layout.longest() - 1);
  for (std::size_t step = layout.longest(); step-- > 0; rows.back()) {
    const std::size_t running = layout.running(step);
    const std::span<Real> sums = all_sums.first(running * 3 * h), states = carry.first(running * h);
    gru_training_step_back<Real>(rows.first(running), trace, state_gradients, states, sums);
    if (step > 0) recurrent_back_.add_product(products, sums, states);
  }
}

template <class Real>
void Gru<Real>::backward(const RowLayout& layout, std::span<Real> x, const math::GruTrace<Real>& trace,
                         std::span<const Real> state_gradients, GruWorkspace<Real>& workspace,
                         Products<Real>& products, ViewTensors<Real>& gradients) const {
  const std::size_t h = shape_.hidden, input = shape_.input();
  steps_back(layout, trace, state_gradients, workspace, products);
  for (std::size_t sample = 0; sample < layout.samples(); ++sample) {
    const std::size_t begin = layout.begin(sample), length = layout.length(sample);
    const auto states = trace.states.subspan(layout.state_begin(sample) * h, length * h);
    products.add_weight_gradient(trace.gates.subspan(begin * 3 * h), 2 * h, 3 * h, states, h, gradients.weight_hh);
    products.add_weight_gradient(trace.hidden_n.subspan(begin * h), h, h, states, h,
                                 gradients.weight_hh.subspan(2 * h * h));
  }
  const std::span<Real> sums = workspace.sums.take(3 * h);
  column_sums<Real>(trace.gates, 3 * h, sums);
  add_to<Real>(gradients.bias_ih, sums);
  add_to<Real>(gradients.bias_hh.first(2 * h), sums.first(2 * h));
  column_sums<Real>(trace.hidden_n, h, sums.first(h));
  add_to<Real>(gradients.bias_hh.subspan(2 * h), sums.first(h));
  products.add_weight_gradient(trace.gates, 3 * h, 3 * h, x, input, gradients.weight_ih);
  input_back_.product(products, trace.gates, {}, x);
}

template class Gru<float>;
template class Gru<double>;

}  // namespace inkling::train::fused
