#include "train/fused/body.h"

#include <algorithm>

#include "train/fused/embedding_rows.h"

namespace inkling::train::fused {
namespace {

constexpr std::size_t kPrefixSteps = 128;  // so many steps of a long prefix are in memory at once

template <class Real>
void copy_to(std::span<const Real> from, std::span<Real> to) {
  std::copy(from.begin(), from.end(), to.begin());
}

// The lengths that fall into steps [from, from + at most).
RowLayout layout_of(const IdRows& ids, std::size_t from, std::size_t at_most) {
  std::vector<std::size_t> lengths;
  for (const std::int64_t given : ids.lengths) {
    const auto length = static_cast<std::size_t>(std::max<std::int64_t>(given, 0));
    lengths.push_back(length <= from ? 0 : std::min(length - from, at_most));
  }
  return RowLayout(std::move(lengths));
}

}  // namespace

std::size_t BodyShape::width() const {
  std::size_t sum = 0;
  for (std::size_t v = 0; v < views.size(); ++v) sum += view_width(v);
  return sum;
}

template <class Real>
Body<Real>::Body(const BodyShape& shape, const std::vector<ViewTensors<const Real>>& weights, ReducedPath path)
    : shape_(shape), path_(path), weights_(weights) {
  for (std::size_t v = 0; v < shape.views.size(); ++v) {
    cells_.emplace_back(shape.views[v], weights[v], path);
    auto& intra = intra_.emplace_back();
    if (shape.views[v].attention > 0) intra.emplace(shape.views[v], weights[v], shape.scale_by_length, path);
    inter_.emplace_back(shape.views[v], weights[v], shape.read_out, path);
  }
}

template <class Real>
base::Status Body<Real>::carry_states(std::size_t view, const IdRows& prefix, std::span<Real> carried,
                                      BodyTrace<Real>& trace, Products<Real>& products) const {
  const ViewShape& shape = shape_.views[view];
  auto& room = trace.views[view];
  const std::size_t h = shape.hidden;
  for (std::size_t from = 0; from < prefix.steps; from += kPrefixSteps) {
    const RowLayout layout = layout_of(prefix, from, kPrefixSteps);
    if (layout.rows() == 0) break;
    const std::span<Real> x = room.x.take(layout.rows() * shape.input());
    INKLING_TRY(gather(shape, weights_[view], prefix, from, layout, x));
    const math::GruTrace<Real> steps{room.gates.take(layout.rows() * 3 * h), room.hidden_n.take(layout.rows() * h),
                                     room.states.take(layout.state_rows() * h)};
    for (std::size_t i = 0; i < layout.samples(); ++i) {
      copy_to<Real>(carried.subspan(i * h, h), steps.states.subspan(layout.state_begin(i) * h, h));
    }
    cells_[view].forward(layout, x, steps, trace.gru, products);
    for (std::size_t i = 0; i < layout.samples(); ++i) {
      copy_to<Real>(steps.states.subspan((layout.state_begin(i) + layout.length(i)) * h, h),
                    carried.subspan(i * h, h));
    }
  }
  return {};
}

template <class Real>
base::Status Body<Real>::run_states(std::size_t view, const ViewInput& input, BodyTrace<Real>& trace,
                                    Products<Real>& products) const {
  const ViewShape& shape = shape_.views[view];
  auto& room = trace.views[view];
  const std::size_t h = shape.hidden, samples = input.window.lengths.size();
  const std::span<Real> carried = room.state_gradients.zeros(samples * h);  // not needed for gradients yet
  INKLING_TRY(carry_states(view, input.prefix, carried, trace, products));
  room.ids = input.window;
  room.layout = layout_of(input.window, 0, input.window.steps);
  const RowLayout& layout = room.layout;
  const std::span<Real> x = room.x.take(layout.rows() * shape.input());
  INKLING_TRY(gather(shape, weights_[view], input.window, 0, layout, x));
  const math::GruTrace<Real> steps{room.gates.take(layout.rows() * 3 * h), room.hidden_n.take(layout.rows() * h),
                                   room.states.take(layout.state_rows() * h)};
  for (std::size_t i = 0; i < samples; ++i) {
    copy_to<Real>(carried.subspan(i * h, h), steps.states.subspan(layout.state_begin(i) * h, h));
  }
  cells_[view].forward(layout, x, steps, trace.gru, products);
  return {};
}

// The spans of one sample's parts of a trace.
template <class Real>
struct Body<Real>::Sample {
  Sample(const BodyShape& shape, BodyTrace<Real>& in, std::size_t index) : trace(in), sample(index) {
    const std::size_t views = shape.views.size();
    h = shape.views.front().hidden;
    for (const auto& view : trace.views) {
      begins.push_back(rows);
      rows += view.layout.length(sample);
    }
    own_rows = rows;
    for (std::size_t v = 0; v + 2 < views; ++v) rows += length(v);
    stride = (rows + 2 * OtherRows<Real>::kColumns - 1) / OtherRows<Real>::kColumns * OtherRows<Real>::kColumns;
  }

  [[nodiscard]] std::size_t length(std::size_t view) const { return trace.views[view].layout.length(sample); }
  [[nodiscard]] std::span<Real> attended() const {
    return trace.attended.take(trace.attended_begin.back()).subspan(trace.attended_begin[sample], rows * h);
  }
  [[nodiscard]] std::span<Real> columns() const {
    return trace.columns.take(trace.columns_begin.back()).subspan(trace.columns_begin[sample], stride * h);
  }
  // Attended states to their columns; what may be read beyond the last one is a number.
  void turn() const {
    transpose<Real>(attended(), h, columns(), stride);
    for (std::size_t i = 0; i < h; ++i) {
      const auto rest = columns().subspan(i * stride + rows, stride - rows);
      std::fill(rest.begin(), rest.end(), Real(0));
    }
  }
  [[nodiscard]] std::span<Real> of(std::span<Real> all, std::size_t view) const {
    return all.subspan(begins[view] * h, length(view) * h);
  }
  // Where the views other than `view` begin.
  [[nodiscard]] std::size_t others_begin(std::size_t view) const {
    return view + 1 == begins.size() ? 0 : begins[view + 1];
  }
  [[nodiscard]] OtherRows<Real> others(std::size_t view, bool looks) const {
    const std::size_t begin = others_begin(view), count = looks ? own_rows - length(view) : 0;
    return {attended().subspan(begin * h, count * h), columns().subspan(count == 0 ? 0 : begin), stride, count};
  }
  // The states after each record.
  [[nodiscard]] std::span<Real> states(std::size_t view) const {
    const RowLayout& layout = trace.views[view].layout;
    return trace.views[view]
        .states.take(layout.state_rows() * h)
        .subspan((layout.state_begin(sample) + 1) * h, length(view) * h);
  }
  [[nodiscard]] std::span<Real> rows_of(Buffer<Real>& buffer, std::size_t view, std::size_t width) const {
    const RowLayout& layout = trace.views[view].layout;
    return buffer.take(layout.rows() * width).subspan(layout.begin(sample) * width, length(view) * width);
  }
  [[nodiscard]] InterTrace<Real> inter(std::size_t view, bool product, const OtherRows<Real>& others) const {
    auto& room = trace.views[view];
    if (others.count == 0) return {};
    const std::span<Real> weights = room.weights.take(room.weights_begin.back());
    return {rows_of(room.queries, view, h),
            weights.subspan(room.weights_begin[sample], length(view) * others.padded()),
            product ? rows_of(room.contexts, view, h) : std::span<Real>()};
  }

  BodyTrace<Real>& trace;
  std::size_t sample, h = 0, rows = 0, own_rows = 0, stride = 0;
  std::vector<std::size_t> begins;
};

// Finds each sample's places in the buffers and takes their memory at once, so that no later take() moves it.
template <class Real>
void Body<Real>::place(BodyTrace<Real>& trace) const {
  const std::size_t samples = trace.views.front().layout.samples();
  trace.attended_begin.assign(1, 0);
  trace.columns_begin.assign(1, 0);
  for (auto& view : trace.views) view.weights_begin.assign(1, 0);
  for (std::size_t i = 0; i < samples; ++i) {
    const Sample sample(shape_, trace, i);
    trace.attended_begin.push_back(trace.attended_begin.back() + sample.rows * sample.h);
    trace.columns_begin.push_back(trace.columns_begin.back() + sample.stride * sample.h);
    for (std::size_t v = 0; v < trace.views.size(); ++v) {
      const OtherRows<Real> shape_only{{}, {}, 0, sample.own_rows - sample.length(v)};
      auto& begins = trace.views[v].weights_begin;
      begins.push_back(begins.back() + sample.length(v) * shape_only.padded());
    }
  }
}

template <class Real>
void Body<Real>::attend(std::size_t index, BodyTrace<Real>& trace, Products<Real>& products,
                        std::span<Real> out) const {
  const Sample sample(shape_, trace, index);
  const std::span<Real> attended = sample.attended();
  std::size_t copied = sample.own_rows * sample.h;
  for (std::size_t v = 0; v < shape_.views.size(); ++v) {
    const std::span<Real> rows = sample.of(attended, v), states = sample.states(v);
    if (!intra_[v].has_value() || rows.empty()) {
      copy_to<Real>(states, rows);
    } else {
      auto& room = trace.views[v];
      intra_[v]->forward(states, sample.rows_of(room.keys, v, shape_.views[v].attention),
                         sample.rows_of(room.factors, v, 1), rows, trace.intra, products);
    }
    if (v + 2 >= shape_.views.size()) continue;
    copy_to<Real>(rows, attended.subspan(copied, rows.size()));
    copied += rows.size();
  }
  if (!products.reduced()) sample.turn();
  for (std::size_t v = 0; v < shape_.views.size(); ++v) {
    const std::span<Real> read = out.first(shape_.view_width(v));
    out = out.subspan(read.size());
    const std::span<Real> own = sample.of(attended, v);
    if (own.empty()) {
      std::fill(read.begin(), read.end(), Real(0));
      continue;
    }
    const OtherRows<Real> others = sample.others(v, shape_.views[v].looks_at_others);
    inter_[v].forward(own, others, sample.inter(v, shape_.read_out == ReadOut::kProduct, others), read, trace.inter,
                      products);
  }
}

template <class Real>
base::Status Body<Real>::forward(std::span<const ViewInput> inputs, BodyTrace<Real>& trace,
                                 std::span<Real> out) const {
  trace.views.resize(inputs.size());
  Products<Real> products(path_, trace.room);
  for (std::size_t v = 0; v < inputs.size(); ++v) INKLING_TRY(run_states(v, inputs[v], trace, products));
  place(trace);
  const std::size_t samples = inputs.empty() ? 0 : trace.views.front().layout.samples();
  for (std::size_t i = 0; i < samples; ++i)
    attend(i, trace, products, out.subspan(i * shape_.width(), shape_.width()));
  return {};
}

template <class Real>
void Body<Real>::attend_back(std::size_t index, std::span<const Real> out_gradient, BodyTrace<Real>& trace,
                             Products<Real>& products, std::vector<ViewTensors<Real>>& gradients) const {
  const Sample sample(shape_, trace, index);
  const std::size_t h = sample.h;
  const std::span<Real> attended = sample.attended(), gradient = trace.gradient.zeros(sample.rows * h);
  for (std::size_t v = 0; v < shape_.views.size(); ++v) {
    const std::span<const Real> read = out_gradient.first(shape_.view_width(v));
    out_gradient = out_gradient.subspan(read.size());
    const std::span<Real> own = sample.of(attended, v);
    if (own.empty()) continue;
    const OtherRows<Real> others = sample.others(v, shape_.views[v].looks_at_others);
    inter_[v].backward(own, others, sample.inter(v, shape_.read_out == ReadOut::kProduct, others), read,
                       sample.rows_of(trace.views[v].state_gradients, v, h),
                       gradient.subspan(sample.others_begin(v) * h, others.count * h), trace.inter, products,
                       gradients[v]);
  }
  std::size_t copied = sample.own_rows * h;
  for (std::size_t v = 0; v < shape_.views.size(); ++v) {
    const std::span<Real> rows = sample.rows_of(trace.views[v].state_gradients, v, h);
    add_to<Real>(rows, sample.of(gradient, v));
    if (v + 2 < shape_.views.size()) {
      add_to<Real>(rows, gradient.subspan(copied, rows.size()));
      copied += rows.size();
    }
    if (!intra_[v].has_value() || rows.empty()) continue;
    auto& room = trace.views[v];
    intra_[v]->backward(sample.states(v), sample.rows_of(room.keys, v, shape_.views[v].attention),
                        sample.rows_of(room.factors, v, 1), rows, trace.intra, products, gradients[v]);
  }
}

template <class Real>
void Body<Real>::backward(std::span<const Real> out_gradient, BodyTrace<Real>& trace,
                          std::vector<ViewTensors<Real>>& gradients) const {
  Products<Real> products(path_, trace.room);
  const std::size_t samples = trace.views.empty() ? 0 : trace.views.front().layout.samples();
  for (std::size_t i = 0; i < samples; ++i) {
    attend_back(i, out_gradient.subspan(i * shape_.width(), shape_.width()), trace, products, gradients);
  }
  for (std::size_t v = 0; v < trace.views.size(); ++v) {
    auto& room = trace.views[v];
    const ViewShape& shape = shape_.views[v];
    const RowLayout& layout = room.layout;
    if (layout.rows() == 0) continue;
    const std::size_t h = shape.hidden;
    const std::span<Real> x = room.x.take(layout.rows() * shape.input());
    const math::GruTrace<Real> steps{room.gates.take(layout.rows() * 3 * h), room.hidden_n.take(layout.rows() * h),
                                     room.states.take(layout.state_rows() * h)};
    cells_[v].backward(layout, x, steps, room.state_gradients.take(layout.rows() * h), trace.gru, products,
                       gradients[v]);
    scatter<Real>(shape, room.ids, layout, x, gradients[v]);
  }
}

template class Body<float>;
template class Body<double>;

}  // namespace inkling::train::fused
