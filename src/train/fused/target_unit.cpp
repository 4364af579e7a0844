#include "train/fused/target_unit.h"

#include <algorithm>
#include <cassert>

namespace inkling::train::fused {
namespace {

// So many behaviours pass both layers before the next ones do, so that what is between the layers stays near; on the
// way back more, because sums over them are loaded and stored once a block. Multiples of the products' five rows.
constexpr std::size_t kForwardRows = 50, kBackwardRows = 100;

// Columns [begin, begin + width) of rows as long as `stride`.
template <class Real>
std::vector<Real> columns_of(std::span<const Real> rows, std::size_t stride, std::size_t begin, std::size_t width) {
  std::vector<Real> columns;
  for (std::size_t row = 0; row < rows.size(); row += stride) {
    const auto part = rows.subspan(row + begin, width);
    columns.insert(columns.end(), part.begin(), part.end());
  }
  return columns;
}

template <class Real>
std::vector<Real> turned(std::span<const Real> rows, std::size_t columns) {
  std::vector<Real> out(rows.size());
  transpose<Real>(rows, columns, out, rows.size() / columns);
  return out;
}

// Row j is factor x values_j x row j.
template <class Real>
std::vector<Real> scaled_rows(std::span<const Real> rows, std::span<const Real> values, Real factor) {
  std::vector<Real> out(rows.begin(), rows.end());
  const std::size_t width = rows.size() / values.size();
  for (std::size_t i = 0; i < out.size(); ++i) out[i] *= factor * values[i / width];
  return out;
}

// What the second layer's gradients start from, before any unit is above 0, and what each unit above 0 adds.
template <class Real>
math::SubsetSums<Real> second_sums(std::span<const Real> weight2, std::span<const Real> weight3, Real slope,
                                   std::size_t units) {
  const std::size_t width = weight2.size() / weight3.size();
  std::vector<Real> base(width);
  const std::vector<Real> below = scaled_rows(weight2, weight3, slope);
  column_sums<Real>(below, width, base);
  std::vector<Real> above = scaled_rows(weight2, weight3, 1 - slope);
  above.resize(units * width);
  return {above, base};
}

template <class Real>
std::vector<Real> with_zeros(std::span<const Real> values, std::size_t size) {
  std::vector<Real> out(values.begin(), values.end());
  out.resize(size);
  return out;
}

}  // namespace

template <class Real>
UnitSums<Real>::UnitSums(const AddOnShape& shape)
    : dim(shape.dim),
      slope(static_cast<Real>(shape.slope)),
      steps(shape.unit_first * shape.dim),
      candidates(steps.size()),
      products(steps.size()),
      bias1(shape.unit_first),
      rows((TargetUnit<Real>::padded(shape.unit_second) + 1) * shape.unit_first),
      counts(TargetUnit<Real>::padded(shape.unit_second) + 1) {}

template <class Real>
void UnitSums<Real>::add_second_layer(const AddOnTensors<const Real>& weights, AddOnTensors<Real>& gradients) const {
  const std::size_t width = bias1.size(), all = counts.size() - 1;
  std::vector<Real> row(width);
  for (std::size_t j = 0; j < weights.unit_weight3.size(); ++j) {
    const Real of_score = weights.unit_weight3[j];
    const Real count = slope * counts[all] + (1 - slope) * counts[j];
    for (std::size_t i = 0; i < width; ++i) {
      row[i] = slope * rows[all * width + i] + (1 - slope) * rows[j * width + i];
      gradients.unit_weight2[j * width + i] += of_score * row[i];
    }
    gradients.unit_bias2[j] += of_score * count;
    gradients.unit_weight3[j] +=
        dot<Real>(weights.unit_weight2.subspan(j * width, width), row) + weights.unit_bias2[j] * count;
  }
  gradients.unit_bias3[0] += counts[all];
}

template <class Real>
void UnitSums<Real>::add_to(const AddOnTensors<const Real>& weights, AddOnTensors<Real>& gradients) const {
  for (std::size_t row = 0; row < bias1.size(); ++row) {
    Real* of = gradients.unit_weight1.data() + row * 4 * dim;
    for (std::size_t i = 0; i < dim; ++i) {
      const Real step = steps[row * dim + i], candidate = candidates[row * dim + i];
      of[i] += step;
      of[dim + i] += candidate;
      of[2 * dim + i] += step - candidate;
      of[3 * dim + i] += products[row * dim + i];
    }
  }
  fused::add_to<Real>(gradients.unit_bias1, bias1);
  add_second_layer(weights, gradients);
}

template <class Real>
TargetUnit<Real>::TargetUnit(const AddOnShape& shape, const AddOnTensors<const Real>& weights)
    : e_(shape.dim),
      h1_(shape.unit_first),
      h2_(shape.unit_second),
      h2_padded_(padded(h2_)),
      slope_(static_cast<Real>(shape.slope)),
      bias1_(weights.unit_bias1),
      bias2_(with_zeros(weights.unit_bias2, h2_padded_)),
      weight3_(with_zeros(weights.unit_weight3, h2_padded_)),
      bias3_(weights.unit_bias3[0]),
      second_sums_(second_sums(weights.unit_weight2, weights.unit_weight3, slope_, h2_padded_)) {
  assert(weights.unit_weight1.size() == h1_ * 4 * e_ && weights.unit_weight2.size() == h2_ * h1_);
  const auto part = [&](std::size_t p) { return columns_of(weights.unit_weight1, 4 * e_, p * e_, e_); };
  steps_ = part(0);
  candidates_ = part(1);
  const std::vector<Real> differences = part(2);
  products_ = part(3);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    steps_[i] += differences[i];
    candidates_[i] -= differences[i];
  }
  steps_rows_ = turned<Real>(steps_, e_);
  products_rows_ = turned<Real>(products_, e_);
  candidate_factor_ = Factor<Real>::from_columns(candidates_, h1_, {});
  second_factor_ = Factor<Real>::from_columns(with_zeros(weights.unit_weight2, h2_padded_ * h1_), h2_padded_, {});
}

template <class Real>
std::span<std::uint8_t> TargetUnit<Real>::above_of(const UnitTrace<Real>& trace, std::size_t pair,
                                                   std::size_t pairs) const {
  return trace.above.subspan(pair * h2_padded_ / 8, pairs * h2_padded_ / 8);
}

template <class Real>
void TargetUnit<Real>::forward(std::span<const Real> behaviours, std::span<const Real> candidates,
                               const UnitTrace<Real>& trace, std::span<Real> weights, UnitWorkspace<Real>& workspace,
                               Products<Real>& products) const {
  const std::size_t steps = behaviours.size() / e_, count = candidates.size() / e_;
  const std::span<Real> shifts = workspace.shifts.take(count * h1_);
  candidate_factor_.product(products, candidates, bias1_, shifts);
  const std::span<Real> folded = workspace.folded.take(h1_ * e_);
  for (std::size_t n = 0; n < count; ++n) {
    fold_rows<Real>(steps_rows_, products_rows_, candidates.subspan(n * e_, e_), folded);
    for (std::size_t begin = 0; begin < steps; begin += kForwardRows) {
      const std::size_t rows = std::min(kForwardRows, steps - begin), pair = n * steps + begin;
      const std::span<Real> first = trace.first.subspan(pair * h1_, rows * h1_);
      const std::span<Real> second = workspace.second.take(rows * h2_padded_);
      product<Real>(behaviours.subspan(begin * e_, rows * e_), folded, first, {.m = rows, .n = h1_, .k = e_});
      leaky_units<Real>(slope_, std::span<const Real>(shifts.subspan(n * h1_, h1_)), first);
      second_factor_.product(products, first, bias2_, second);
      unit_scores<Real>(slope_, std::span<const Real>(weight3_), std::span<const Real>(second),
                        weights.subspan(pair, rows), above_of(trace, pair, rows));
    }
  }
  for (Real& weight : weights) weight += bias3_;
}

template <class Real>
void TargetUnit<Real>::candidate_back(std::span<const Real> behaviours, std::span<const Real> candidate,
                                      const UnitTrace<Real>& trace, std::span<const Real> weight_gradients,
                                      std::span<Real> behaviour_gradients, std::span<Real> candidate_gradient,
                                      std::span<Real> shift_gradient, UnitSums<Real>& sums,
                                      UnitWorkspace<Real>& workspace) const {
  const std::size_t steps = behaviours.size() / e_;
  const std::span<Real> folded = workspace.folded.take(h1_ * e_);
  fold_columns<Real>(steps_, products_, candidate, folded);
  const std::span<Real> of_fold = workspace.fold_gradient.zeros(h1_ * e_);
  for (std::size_t begin = 0; begin < steps; begin += kBackwardRows) {
    const std::size_t rows = std::min(kBackwardRows, steps - begin);
    const std::span<const Real> s = behaviours.subspan(begin * e_, rows * e_);
    const std::span<const Real> first = trace.first.subspan(begin * h1_, rows * h1_);
    const std::span<Real> of_first = workspace.first_gradient.take(rows * h1_);
    const std::span<const std::uint8_t> above = above_of(trace, begin, rows);
    const std::span<const Real> of_scores = weight_gradients.subspan(begin, rows);
    add_chosen_rows<Real>(above, of_scores, first, std::span<Real>(sums.rows), std::span<Real>(sums.counts));
    chosen_sums_back<Real>(second_sums_, above, of_scores, slope_, first, of_first, shift_gradient);
    add_transposed_product<Real>(of_first, s, of_fold, {.m = h1_, .n = e_, .k = rows});
    add_product<Real>(of_first, folded, behaviour_gradients.subspan(begin * e_, rows * e_),
                      {.m = rows, .n = e_, .k = h1_});
  }
  fold_columns_back<Real>(std::span<const Real>(of_fold), products_, candidate,
                          math::FoldGradients<Real>{sums.steps, sums.products, candidate_gradient});
}

template <class Real>
void TargetUnit<Real>::backward(std::span<const Real> behaviours, std::span<const Real> candidates,
                                const UnitTrace<Real>& trace, std::span<const Real> weight_gradients,
                                std::span<Real> behaviour_gradients, std::span<Real> candidate_gradients,
                                UnitSums<Real>& sums, UnitWorkspace<Real>& workspace) const {
  const std::size_t steps = behaviours.size() / e_, count = candidates.size() / e_;
  const std::span<Real> of_shifts = workspace.shift_gradient.zeros(count * h1_);
  for (std::size_t n = count; n-- > 0;) {  // what was written last is nearest
    const UnitTrace<Real> own{trace.first.subspan(n * steps * h1_, steps * h1_), above_of(trace, n * steps, steps)};
    candidate_back(behaviours, candidates.subspan(n * e_, e_), own, weight_gradients.subspan(n * steps, steps),
                   behaviour_gradients, candidate_gradients.subspan(n * e_, e_), of_shifts.subspan(n * h1_, h1_),
                   sums, workspace);
  }
  add_product<Real>(of_shifts, candidates_, candidate_gradients, {.m = count, .n = e_, .k = h1_});
  add_transposed_product<Real>(of_shifts, candidates, sums.candidates, {.m = h1_, .n = e_, .k = count});
  for (std::size_t n = 0; n < count; ++n) {
    add_to<Real>(sums.bias1, std::span<const Real>(of_shifts.subspan(n * h1_, h1_)));
  }
}

template struct UnitSums<float>;
template struct UnitSums<double>;
template class TargetUnit<float>;
template class TargetUnit<double>;

}  // namespace inkling::train::fused
