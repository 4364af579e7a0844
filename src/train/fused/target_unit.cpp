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
      steps(shape.unit_first * shape.dim),
      candidates(steps.size()),
      products(steps.size()),
      bias1(shape.unit_first),
      weight2(shape.unit_second * shape.unit_first),
      bias2(TargetUnit<Real>::padded(shape.unit_second)),
      weight3(bias2.size()) {}

template <class Real>
void UnitSums<Real>::add_to(AddOnTensors<Real>& gradients) const {
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
  const std::size_t second = gradients.unit_bias2.size();
  fused::add_to<Real>(gradients.unit_bias1, bias1);
  fused::add_to<Real>(gradients.unit_weight2, weight2);
  fused::add_to<Real>(gradients.unit_bias2, std::span(bias2).first(second));
  fused::add_to<Real>(gradients.unit_weight3, std::span(weight3).first(second));
  gradients.unit_bias3[0] += bias3;
}

template <class Real>
TargetUnit<Real>::TargetUnit(const AddOnShape& shape, const AddOnTensors<const Real>& weights)
    : e_(shape.dim),
      h1_(shape.unit_first),
      h2_(shape.unit_second),
      h2_padded_(padded(h2_)),
      slope_(static_cast<Real>(shape.slope)),
      bias1_(weights.unit_bias1),
      weight2_(weights.unit_weight2),
      bias2_(with_zeros(weights.unit_bias2, h2_padded_)),
      weight3_(with_zeros(weights.unit_weight3, h2_padded_)),
      bias3_(weights.unit_bias3[0]) {
  assert(weights.unit_weight1.size() == h1_ * 4 * e_ && weight2_.size() == h2_ * h1_);
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
  second_factor_ = Factor<Real>::from_columns(with_zeros(weight2_, h2_padded_ * h1_), h2_padded_, {});
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
      const std::span<Real> second = trace.second.subspan(pair * h2_padded_, rows * h2_padded_);
      product<Real>(behaviours.subspan(begin * e_, rows * e_), folded, first, {.m = rows, .n = h1_, .k = e_});
      leaky_units<Real>(slope_, std::span<const Real>(shifts.subspan(n * h1_, h1_)), first);
      second_factor_.product(products, first, bias2_, second);
      leaky_scores<Real>(slope_, std::span<const Real>(weight3_), second, weights.subspan(pair, rows));
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
    const std::span<Real> of_second = trace.second.subspan(begin * h2_padded_, rows * h2_padded_);
    const std::span<Real> of_first = workspace.first_gradient.take(rows * h1_);
    leaky_scores_back<Real>(slope_, weight_gradients.subspan(begin, rows), std::span<const Real>(weight3_), of_second,
                            std::span<Real>(sums.weight3), std::span<Real>(sums.bias2));
    add_transposed_product<Real>(of_second, first, sums.weight2,
                                 {.m = h2_, .n = h1_, .k = rows, .a_stride = h2_padded_});
    product<Real>(of_second, weight2_, of_first, {.m = rows, .n = h1_, .k = h2_, .a_stride = h2_padded_});
    leaky_units_back<Real>(slope_, first, of_first, shift_gradient);
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
  for (std::size_t n = 0; n < count; ++n) {
    const UnitTrace<Real> own{trace.first.subspan(n * steps * h1_, steps * h1_),
                              trace.second.subspan(n * steps * h2_padded_, steps * h2_padded_)};
    candidate_back(behaviours, candidates.subspan(n * e_, e_), own, weight_gradients.subspan(n * steps, steps),
                   behaviour_gradients, candidate_gradients.subspan(n * e_, e_), of_shifts.subspan(n * h1_, h1_),
                   sums, workspace);
  }
  for (const Real gradient : weight_gradients) sums.bias3 += gradient;
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
