#include "train/fused/loss_head.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace inkling::train::fused {
namespace {

template <class Real>
void multiply_by(std::span<Real> values, std::span<const Real> mask) {
  for (std::size_t i = 0; i < mask.size(); ++i) values[i] *= mask[i];
}

template <class Real>
void units(double slope, std::span<Real> values, std::span<const Real> mask) {
  leaky_units<Real>(static_cast<Real>(slope), std::span<const Real>(), values);
  multiply_by(values, mask);
}

// A mask keeps the sign of an output or makes it 0, and then lets no gradient through.
template <class Real>
void units_back(double slope, std::span<const Real> outputs, std::span<const Real> mask, std::span<Real> gradient) {
  leaky_units_back<Real>(static_cast<Real>(slope), outputs, gradient, std::span<Real>());
  multiply_by(gradient, mask);
}

// Logits become the gradients of the returned sum.
template <class Real>
double cross_entropy(const HeadInput<Real>& input, std::span<Real> logits) {
  double sum = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const Real logit = logits[i], label = input.labels[i], factor = input.factors[i % input.factors.size()];
    const Real small = std::exp(-std::abs(logit));  // at most 1, whatever the logit
    sum += static_cast<double>(factor * (std::max(logit, Real(0)) - logit * label + std::log1p(small)));
    logits[i] = factor * ((logit >= 0 ? 1 : small) / (1 + small) - label);
  }
  return sum;
}

// The same for groups of samples.
template <class Real>
double listwise_cross_entropy(const HeadInput<Real>& input, std::span<Real> logits) {
  double sum = 0;
  std::span<const Real> labels = input.labels;
  for (const std::int64_t size : input.groups) {
    const std::span<Real> group = logits.first(static_cast<std::size_t>(size));
    const std::span<const Real> wanted = labels.first(group.size());
    logits = logits.subspan(group.size());
    labels = labels.subspan(group.size());
    const Real label_sum = std::accumulate(wanted.begin(), wanted.end(), Real(0));
    if (label_sum == 0) {
      std::fill(group.begin(), group.end(), Real(0));
      continue;
    }
    const Real highest = *std::max_element(group.begin(), group.end());
    Real all = 0;
    for (const Real logit : group) all += std::exp(logit - highest);
    const Real log_sum = highest + std::log(all);
    for (std::size_t i = 0; i < group.size(); ++i) {
      const Real share = wanted[i] / label_sum;
      sum += static_cast<double>(input.factors[0] * share * (log_sum - group[i]));
      group[i] = input.factors[0] * (std::exp(group[i] - log_sum) - share);
    }
  }
  return sum;
}

std::size_t columns_of(const std::vector<ColumnRange>& ranges) {
  std::size_t columns = 0;
  for (const ColumnRange& range : ranges) columns += range.size;
  return columns;
}

// What the ranges leave of `width` columns.
std::vector<ColumnRange> others(const std::vector<ColumnRange>& ranges, std::size_t width) {
  std::vector<ColumnRange> rest;
  std::size_t begin = 0;
  for (const ColumnRange& range : ranges) {
    if (range.begin > begin) rest.push_back({begin, range.begin - begin});
    begin = range.begin + range.size;
  }
  if (width > begin) rest.push_back({begin, width - begin});
  return rest;
}

// The ranges' columns of one row, side by side.
template <class Real>
Real* copy_columns(const Real* row, const std::vector<ColumnRange>& ranges, Real* to) {
  for (const ColumnRange& range : ranges) to = std::copy_n(row + range.begin, range.size, to);
  return to;
}

template <class Real>
Factor<Real> factor_of(const LayerTensors<const Real>& layer, const std::vector<ColumnRange>& ranges) {
  const std::size_t outputs = layer.bias.size(), width = layer.weight.size() / outputs;
  std::vector<Real> columns(outputs * columns_of(ranges));
  Real* to = columns.data();
  for (std::size_t row = 0; row < outputs; ++row) to = copy_columns(layer.weight.data() + row * width, ranges, to);
  return Factor<Real>::from_columns(columns, outputs, {});
}

}  // namespace

template <class Real>
LossHead<Real>::LossHead(const HeadTensors<const Real>& weights, std::vector<ColumnRange> shared)
    : weights_(weights), shared_(std::move(shared)), targets_(weights.layers.back().bias.size()) {
  for (const auto& layer : weights.layers) {
    layers_.push_back(Factor<Real>::from_columns(layer.weight, layer.bias.size(), {}));
  }
  if (shared_.empty()) return;
  const auto& first = weights.layers.front();
  own_ = others(shared_, first.weight.size() / first.bias.size());
  shared_factor_ = factor_of(first, shared_);
  own_factor_ = factor_of(first, own_);
}

template <class Real>
bool LossHead<Real>::shares(const HeadInput<Real>& input) const {
  const std::size_t groups = input.sharing.size(), samples = input.labels.size() / targets_;
  return groups > 0 && groups < samples && !shared_.empty() && !own_.empty();
}

template <class Real>
void LossHead<Real>::first_layer(const HeadInput<Real>& input, Products<Real>& products,
                                 HeadWorkspace<Real>& workspace, std::span<Real> y) const {
  const std::size_t samples = input.labels.size() / targets_, width = input.x.size() / samples;
  const std::size_t outputs = y.size() / samples, groups = input.sharing.size();
  const std::size_t own_width = columns_of(own_), shared_width = columns_of(shared_);
  const std::span<Real> own = workspace.own.take(samples * own_width);
  const std::span<Real> shared = workspace.shared.zeros(groups * shared_width);
  const std::span<Real> starts = workspace.starts.take(groups * outputs);
  Real* to = own.data();
  for (std::size_t i = 0; i < samples; ++i) to = copy_columns(input.x.data() + i * width, own_, to);
  std::size_t begin = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    if (input.sharing[g] > 0) {
      copy_columns(input.x.data() + begin * width, shared_, shared.data() + g * shared_width);
    }
    begin += static_cast<std::size_t>(input.sharing[g]);
  }
  shared_factor_.product(products, shared, weights_.layers.front().bias, starts);
  begin = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    const auto count = static_cast<std::size_t>(input.sharing[g]);
    own_factor_.product(products, own.subspan(begin * own_width, count * own_width),
                        starts.subspan(g * outputs, outputs), y.subspan(begin * outputs, count * outputs));
    begin += count;
  }
}

template <class Real>
void LossHead<Real>::first_layer_back(const HeadInput<Real>& input, std::span<const Real> of_outputs,
                                      std::span<Real> gradient, std::span<Real> x_gradient,
                                      HeadWorkspace<Real>& workspace) const {
  const std::size_t samples = input.labels.size() / targets_, width = input.x.size() / samples;
  const std::size_t outputs = of_outputs.size() / samples, groups = input.sharing.size();
  const std::size_t shared_width = columns_of(shared_), learnt = x_gradient.size() / samples;
  const std::span<const Real> weight = weights_.layers.front().weight;
  const std::span<Real> of_starts = workspace.of_starts.take(groups * outputs);
  const std::span<Real> shared = workspace.shared.take(groups * shared_width);
  const std::span<Real> of_shared = workspace.of_shared.take(groups * shared_width);
  std::size_t begin = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    const auto count = static_cast<std::size_t>(input.sharing[g]);
    column_sums<Real>(of_outputs.subspan(begin * outputs, count * outputs), outputs,
                      of_starts.subspan(g * outputs, outputs));
    begin += count;
  }
  const auto learnt_of = [&](const ColumnRange& range) {
    return range.begin >= learnt ? 0 : std::min(range.size, learnt - range.begin);
  };
  for (const ColumnRange& range : own_) {
    add_transposed_product<Real>(of_outputs, input.x.subspan(range.begin), gradient.subspan(range.begin),
                                 {.m = outputs, .n = range.size, .k = samples, .b_stride = width, .c_stride = width});
    if (learnt_of(range) == 0) continue;
    product<Real>(of_outputs, weight.subspan(range.begin), x_gradient.subspan(range.begin),
                  {.m = samples, .n = learnt_of(range), .k = outputs, .b_stride = width, .c_stride = learnt});
  }
  std::size_t at = 0;
  for (const ColumnRange& range : shared_) {
    add_transposed_product<Real>(
        of_starts, shared.subspan(at), gradient.subspan(range.begin),
        {.m = outputs, .n = range.size, .k = groups, .b_stride = shared_width, .c_stride = width});
    const std::size_t columns = learnt_of(range);
    product<Real>(of_starts, weight.subspan(range.begin), of_shared.subspan(at),
                  {.m = groups, .n = columns, .k = outputs, .b_stride = width, .c_stride = shared_width});
    Real* row = x_gradient.data() + range.begin;
    for (std::size_t g = 0; columns > 0 && g < groups; ++g) {
      for (std::int64_t i = 0; i < input.sharing[g]; ++i, row += learnt) {
        if (i == 0) {
          std::copy_n(of_shared.data() + g * shared_width + at, columns, row);
        } else {
          std::fill_n(row, columns, Real(0));
        }
      }
    }
    at += range.size;
  }
}

template <class Real>
void LossHead<Real>::forward(const HeadInput<Real>& input, Products<Real>& products,
                             HeadWorkspace<Real>& workspace) const {
  const std::size_t samples = input.labels.size() / targets_, last = layers_.size() - 1;
  workspace.outputs.resize(layers_.size());
  std::span<const Real> x = input.x;
  for (std::size_t l = 0; l <= last; ++l) {
    const std::span<Real> y = workspace.outputs[l].take(samples * weights_.layers[l].bias.size());
    if (l == 0 && shares(input)) {
      first_layer(input, products, workspace, y);
    } else {
      layers_[l].product(products, x, weights_.layers[l].bias, y);
    }
    if (l < last) units<Real>(weights_.slope, y, input.masks.empty() ? std::span<const Real>() : input.masks[l]);
    x = y;
  }
  if (weights_.wide.weight.empty()) return;
  const std::span<Real> more = workspace.next.take(samples * targets_);
  Factor<Real>::from_columns(weights_.wide.weight, targets_, {})
      .product(products, input.facts, weights_.wide.bias, more);
  add_to<Real>(workspace.outputs[last].take(more.size()), more);
}

template <class Real>
void LossHead<Real>::add_bias_gradient(std::span<const Real> of_outputs, std::span<Real> gradient,
                                       HeadWorkspace<Real>& workspace) const {
  const std::span<Real> sums = workspace.sums.take(gradient.size());
  column_sums<Real>(of_outputs, gradient.size(), sums);
  add_to<Real>(gradient, sums);
}

template <class Real>
void LossHead<Real>::add_layer_gradients(std::span<const Real> of_outputs, std::span<const Real> inputs,
                                         LayerTensors<Real>& gradients, Products<Real>& products,
                                         HeadWorkspace<Real>& workspace) const {
  const std::size_t outputs = gradients.bias.size();
  products.add_weight_gradient(of_outputs, outputs, outputs, inputs, gradients.weight.size() / outputs,
                               gradients.weight);
  add_bias_gradient(of_outputs, gradients.bias, workspace);
}

template <class Real>
double LossHead<Real>::loss_and_gradients(const HeadInput<Real>& input, HeadWorkspace<Real>& workspace,
                                          HeadTensors<Real>& gradients, std::span<Real> x_gradient) const {
  const std::size_t samples = input.labels.size() / targets_;
  if (samples == 0) return 0;
  Products<Real> products({}, workspace.room);  // small: always in the operators' own numbers
  forward(input, products, workspace);
  const std::span<Real> of_logits = workspace.outputs.back().take(samples * targets_);
  const double loss =
      input.groups.empty() ? cross_entropy<Real>(input, of_logits) : listwise_cross_entropy<Real>(input, of_logits);
  std::span<const Real> of_outputs = of_logits;
  for (std::size_t l = layers_.size(); l-- > 0;) {
    const std::size_t out = weights_.layers[l].bias.size(), in = weights_.layers[l].weight.size() / out;
    const std::span<const Real> inputs = l == 0 ? input.x : workspace.outputs[l - 1].take(samples * in);
    if (l == 0 && shares(input)) {
      add_bias_gradient(of_outputs, gradients.layers[0].bias, workspace);
      first_layer_back(input, of_outputs, gradients.layers[0].weight, x_gradient, workspace);
      break;
    }
    add_layer_gradients(of_outputs, inputs, gradients.layers[l], products, workspace);
    auto& room = l % 2 == 0 ? workspace.gradient : workspace.next;
    const std::span<Real> of_inputs = l == 0 ? x_gradient : room.take(samples * in);
    product<Real>(of_outputs, weights_.layers[l].weight, of_inputs,
                  {.m = samples, .n = of_inputs.size() / samples, .k = out, .b_stride = in});
    if (l > 0) {
      units_back<Real>(weights_.slope, inputs, input.masks.empty() ? std::span<const Real>() : input.masks[l - 1],
                       of_inputs);
    }
    of_outputs = of_inputs;
  }
  if (weights_.wide.weight.empty()) return loss;
  add_layer_gradients(of_logits, input.facts, gradients.wide, products, workspace);
  const std::size_t width = input.x.size() / samples, facts = input.facts.size() / samples;
  add_product<Real>(of_logits, weights_.wide.weight, x_gradient.subspan(width - facts),
                    {.m = samples, .n = facts, .k = targets_, .c_stride = width});
  return loss;
}

template class LossHead<float>;
template class LossHead<double>;

}  // namespace inkling::train::fused
