#include "models/dipn/dipn_stream.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/dipn/dipn_memory.h"

namespace inkling::models::dipn {
namespace {

constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();

std::size_t whole_groups(std::size_t columns) {
  return (columns + math::kColumnGroup - 1) / math::kColumnGroup * math::kColumnGroup;
}

}  // namespace

base::Status DipnScorer::check_streams() const {
  if (reduced_) return base::unsupported("reduced precision has no streamed form; use float.");
  if (views_.empty())
    return base::unsupported("a model without views has nothing to stream; serve it from the server.");
  const bool product = architecture_.readout == Readout::kProduct;
  if (views_.front().inter && !product && architecture_.combine != nn::Combine::kResidual) {
    return base::unsupported(
        "combine: \"tanh_product\" has no streamed form, which devices need; train with residual, or serve it from "
        "the "
        "server.");
  }
  for (std::size_t v = 0; v < views_.size(); ++v) {
    if (!views_[v].intra || views_[v].intra->keeps_keys()) continue;
    return base::unsupported(
        "the weights of the attention inside view " +
        std::string(feature::view_name(blueprint_.spec().views[v].view)) +
        " are too large for the streamed form, which devices need; train with more weight_decay, "
        "or serve it from the server.");
  }
  return {};
}

DipnScorer::StreamPlan DipnScorer::stream_plan() const {
  StreamPlan plan;
  plan.by_pairs = architecture_.readout == Readout::kProduct;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    StreamPlan::View view;
    view.first = plan.rows;
    view.column.fill(StreamPlan::kNotLookedAt);
    plan.rows += views_[v].window;
    for (std::size_t partner = 0; partner < views_.size() && views_[v].inter; ++partner) {
      if (partner == v && !architecture_.inter_all) continue;
      view.column[partner] = view.columns;
      view.columns += plan.by_pairs ? whole_groups(views_[partner].window) : views_[partner].window;
    }
    view.columns = whole_groups(view.columns);
    plan.views.push_back(view);
  }
  return plan;
}

namespace {

// Cuts spans out of one block; without a block it only counts.
class Cutter {
 public:
  explicit Cutter(float* floats) : floats_(floats) {}
  std::span<float> take(std::size_t size) {
    const std::size_t at = taken_;
    taken_ += whole_groups(size);
    return floats_ == nullptr ? std::span<float>() : std::span(floats_ + at, size);
  }
  [[nodiscard]] std::size_t taken() const { return taken_; }

 private:
  float* floats_;
  std::size_t taken_ = 0;
};

}  // namespace

// Returns how many floats it took.
std::size_t DipnScorer::cut_stream(float* floats, Stream& stream) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const auto width = static_cast<std::size_t>(architecture_.attention_size);
  std::size_t longest = 0;
  Cutter cutter(floats);
  // One behind the other, because weighing asks for what stands behind while it is at a row.
  for (std::size_t v = 0; v < views_.size(); ++v) {
    stream.views[v].products = cutter.take(views_[v].window * stream_plan_->views[v].columns);
    longest = std::max(longest, views_[v].window);
  }
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const std::size_t window = views_[v].window;
    const StreamPlan::View& plan = stream_plan_->views[v];
    Stream::View& view = stream.views[v];
    view.keys = cutter.take(views_[v].intra ? window * width : 0);
    view.bounds = cutter.take(window);
    view.terms = cutter.take(plan.columns);
    view.weights = cutter.take(window);
    for (std::size_t partner = 0; partner < views_.size() && stream_plan_->by_pairs; ++partner) {
      if (plan.column[partner] == StreamPlan::kNotLookedAt) continue;
      view.pairs[partner] = {cutter.take(window * hidden), cutter.take(window), cutter.take(window)};
    }
  }
  stream.query = cutter.take(hidden);
  stream.dots = cutter.take(longest);
  stream.shift = cutter.take(width);
  if (stream_plan_->by_pairs) {
    stream.exps = cutter.take(Stream::kBlockRows * whole_groups(longest));
    stream.factors = cutter.take(whole_groups(longest));
    stream.terms = cutter.take(whole_groups(longest));
  }
  return cutter.taken();
}

std::unique_ptr<DipnScorer::Stream> DipnScorer::new_stream() const {
  auto stream = std::make_unique<Stream>();
  stream->views.resize(views_.size());
  stream->float_count = cut_stream(nullptr, *stream);
  stream->floats = math::aligned_floats(stream->float_count);
  std::fill_n(stream->floats.get(), stream->float_count, 0.0F);
  cut_stream(stream->floats.get(), *stream);
  return stream;
}

DipnScorer::StreamBuffers DipnScorer::stream_buffers() const {
  StreamBuffers buffers;
  if (!stream_plan_) return buffers;
  std::size_t columns = 0, longest = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    columns = std::max(columns, stream_plan_->views[v].columns);
    longest = std::max(longest, views_[v].window);
  }
  if (stream_plan_->by_pairs) {
    buffers.shares.resize(longest);
    return buffers;
  }
  for (auto* buffer : {&buffers.factors, &buffers.terms, &buffers.sums, &buffers.picked}) buffer->resize(columns);
  buffers.exps.resize(math::kPooledRows * columns);
  buffers.pooling.resize(2 * views_.size() * stream_plan_->rows);
  return buffers;
}

void DipnScorer::set_streaming(feature::ScorerMemory& memory, bool streaming) const {
  auto& own = static_cast<Memory&>(memory);
  if (!stream_plan_ || streaming == (own.stream != nullptr)) return;
  own.stream = streaming ? new_stream() : nullptr;
  if (!streaming) return;
  for (std::size_t v = 0; v < views_.size(); ++v) stream_rows(v, 0, own.views[v].rows(), own);
  weigh_stream(own);
}

// Asks for what a new record of a view will need, which comes from far away when there are many hot shoppers: most of
// it arrives while the record is projected and steps.
void DipnScorer::await_stream(std::size_t view_index, const Memory& memory) const {
  // No loop is a function of its own: GCC takes one that only prefetches for one without effect and drops the call.
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::size_t slot = memory.views[view_index].steps % memory.views[view_index].window;
  for (std::size_t other = 0; other < views_.size(); ++other) {
    const StreamPlan::View& plan = stream_plan_->views[other];
    const std::size_t rows = memory.views[other].rows();
    if (plan.column[view_index] != StreamPlan::kNotLookedAt) {
      const float* product = memory.stream->views[other].products.data() + plan.column[view_index] + slot;
      for (std::size_t t = 0; t < rows; ++t) __builtin_prefetch(product + t * plan.columns, 1);
    }
    if (stream_plan_->views[view_index].column[other] != StreamPlan::kNotLookedAt) {
      const float* states = memory.views[other].hidden.data();
      for (std::size_t i = 0; i < rows * hidden; i += math::kColumnGroup) __builtin_prefetch(states + i);
    }
  }
  const std::span<const float> keys = memory.stream->views[view_index].keys;
  for (std::size_t i = 0; i < keys.size(); i += math::kColumnGroup) __builtin_prefetch(keys.data() + i);
}

// What came into slots [slot, slot + steps) of a view's ring.
void DipnScorer::stream_rows(std::size_t view_index, std::size_t slot, std::size_t steps, Memory& memory) const {
  if (steps == 0) return;
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  Stream::View& stream = memory.stream->views[view_index];
  stream.weighed = false;
  if (views_[view_index].intra) {
    const std::size_t width = views_[view_index].intra->attention_size();
    views_[view_index].intra->keys_of(memory.views[view_index].hidden.subspan(slot * hidden, steps * hidden),
                                      stream.keys.subspan(slot * width, steps * width));
  }
  if (!views_[view_index].inter) return;
  for (std::size_t row = slot; row < slot + steps; ++row) {
    stream_row(view_index, row, memory);
    for (std::size_t viewer = 0; viewer < views_.size(); ++viewer) stream_column(viewer, view_index, row, memory);
  }
}

// A row that looks at all its partners.
void DipnScorer::stream_row(std::size_t view_index, std::size_t slot, Memory& memory) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const StreamPlan::View& plan = stream_plan_->views[view_index];
  Stream& stream = *memory.stream;
  Stream::View& view = stream.views[view_index];
  views_[view_index].inter->query_of(memory.views[view_index].hidden.subspan(slot * hidden, hidden), stream.query);
  float bound = 0.0F;
  for (std::size_t partner = 0; partner < views_.size(); ++partner) {
    const std::size_t rows = memory.views[partner].rows();
    if (plan.column[partner] == StreamPlan::kNotLookedAt || rows == 0) continue;
    const std::span<float> row = view.products.subspan(slot * plan.columns + plan.column[partner], rows);
    kernels_->row_dots(memory.views[partner].hidden.first(rows * hidden), stream.query, row, 1);
    for (const float product : row) bound = std::max(bound, std::abs(product));
  }
  view.bounds[slot] = bound;
}

// The row as one that `viewer` looks at.
void DipnScorer::stream_column(std::size_t viewer, std::size_t view_index, std::size_t slot, Memory& memory) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const StreamPlan::View& plan = stream_plan_->views[viewer];
  if (plan.column[view_index] == StreamPlan::kNotLookedAt) return;
  Stream& stream = *memory.stream;
  Stream::View& view = stream.views[viewer];
  const std::size_t column = plan.column[view_index] + slot, rows = memory.views[viewer].rows();
  const std::span<const float> row = memory.views[view_index].hidden.subspan(slot * hidden, hidden);
  view.terms[column] = kernels_->dot(views_[viewer].inter->bias(), row);
  if (rows == 0) return;
  views_[viewer].inter->key_of(row, stream.query);
  const std::span<float> dots = stream.dots.first(rows);
  kernels_->row_dots(memory.views[viewer].hidden.first(rows * hidden), stream.query, dots, 1);
  float* product = view.products.data() + column;
  for (std::size_t t = 0; t < rows; ++t, product += plan.columns) {
    *product = dots[t];
    view.bounds[t] = std::max(view.bounds[t], std::abs(dots[t]));
  }
}

void DipnScorer::weigh_stream(Memory& memory) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::array<bool, feature::kViewCount> touched{};
  for (std::size_t v = 0; v < views_.size(); ++v) {
    Stream::View& view = memory.stream->views[v];
    const std::size_t rows = memory.views[v].rows();
    touched[v] = !view.weighed && rows > 0;
    if (!touched[v]) continue;
    view.weighed = true;
    const std::span<float> weights = view.weights.first(rows);
    if (!views_[v].intra) {
      std::ranges::fill(weights, 1.0F);
      continue;
    }
    const std::size_t last = (memory.views[v].steps - 1) % memory.views[v].window;
    views_[v].intra->weights_of(view.keys.first(rows * views_[v].intra->attention_size()),
                                memory.views[v].hidden.subspan(last * hidden, hidden), weights, memory.stream->shift);
  }
  for (std::size_t v = 0; v < views_.size() && stream_plan_->by_pairs; ++v) {
    for (std::size_t partner = 0; partner < views_.size(); ++partner) {
      if (touched[v] || touched[partner]) stream_context(memory, v, partner);
    }
  }
}

// What a view's rows see in a partner's.
void DipnScorer::stream_context(Memory& memory, std::size_t view_index, std::size_t partner) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const StreamPlan::View& plan = stream_plan_->views[view_index];
  const std::size_t rows = memory.views[view_index].rows(), others = memory.views[partner].rows();
  const std::size_t first = plan.column[partner], columns = whole_groups(others);
  if (first == StreamPlan::kNotLookedAt || rows == 0 || others == 0) return;
  Stream& stream = *memory.stream;
  const Stream::View& view = stream.views[view_index];
  Stream::Pair& pair = stream.views[view_index].pairs[partner];
  const std::span<float> factors = stream.factors.first(columns), terms = stream.terms.first(columns);
  weigh_columns(stream.views[partner].weights.first(others), view.terms.subspan(first), factors, terms);
  for (std::size_t row = 0; row < rows; row += Stream::kBlockRows) {
    const std::size_t count = std::min(Stream::kBlockRows, rows - row);
    const std::span<float> exps = stream.exps.first(count * columns);
    kernels_->cached_attention_rows(
        {.products = view.products.subspan(row * plan.columns + first, (count - 1) * plan.columns + columns),
         .stride = plan.columns,
         .bounds = view.bounds.subspan(row, count),
         .row_factors = view.weights.subspan(row, count),
         .column_factors = factors,
         .column_terms = terms},
        exps, pair.sums.subspan(row, count), pair.shifts.subspan(row, count));
    kernels_->product(exps, memory.views[partner].hidden.first(others * hidden),
                      pair.contexts.subspan(row * hidden, count * hidden),
                      {.m = count, .n = hidden, .k = others, .a_stride = columns});
  }
  pair.shifted = std::ranges::any_of(pair.shifts.first(rows), [](float shift) { return shift != 0; });
}

// Factors and terms of a partner's rows, as ScaledScores has them; places behind its rows count for nothing.
void DipnScorer::weigh_columns(std::span<const float> weights, std::span<const float> kept_terms,
                               std::span<float> factors, std::span<float> terms) const {
  const std::size_t rows = weights.size();
  std::ranges::copy(weights, factors.begin());
  kernels_->multiply(weights, kept_terms.first(rows), terms.first(rows));
  std::ranges::fill(factors.subspan(rows), 0.0F);
  std::ranges::fill(terms.subspan(rows), kMinusInfinity);
}

// The factors and terms of all rows that a view looks at into the workspace. False: it has no rows, or sees none.
bool DipnScorer::stream_scores(const Memory& memory, std::size_t view_index, Workspace& workspace) const {
  const StreamPlan::View& plan = stream_plan_->views[view_index];
  const std::span<float> factors = std::span(workspace.stream.factors).first(plan.columns);
  const std::span<float> terms = std::span(workspace.stream.terms).first(plan.columns);
  std::size_t seen = 0, end = 0;
  for (std::size_t partner = 0; partner < views_.size(); ++partner) {
    const std::size_t first = plan.column[partner], window = views_[partner].window;
    if (first == StreamPlan::kNotLookedAt) continue;
    const std::size_t rows = workspace.rows[partner];
    weigh_columns(memory.stream->views[partner].weights.first(rows),
                  memory.stream->views[view_index].terms.subspan(first), factors.subspan(first, window),
                  terms.subspan(first, window));
    seen += rows;
    end = first + window;
  }
  std::ranges::fill(factors.subspan(end), 0.0F);
  std::ranges::fill(terms.subspan(end), kMinusInfinity);
  return seen > 0 && workspace.rows[view_index] > 0;
}

// Residual + mean: last and mean of a_t h_t + sum_n A_tn a_n h_n are sums of hidden states, so one product with what
// each state adds to each half of the read-out gives them all.
void DipnScorer::pool_stream(const Memory& memory, Workspace& workspace) const {
  if (stream_plan_->by_pairs) return multiply_stream(memory, workspace);
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::size_t all = stream_plan_->rows;
  const std::span<float> pooling(workspace.stream.pooling);
  std::ranges::fill(pooling, 0.0F);
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const std::size_t rows = workspace.rows[v];
    if (rows == 0) continue;
    const std::span<float> last = pooling.subspan(2 * v * all, all), mean = pooling.subspan((2 * v + 1) * all, all);
    const std::size_t last_slot = (memory.views[v].steps - 1) % memory.views[v].window;
    if (views_[v].inter && stream_scores(memory, v, workspace)) pool_partners(memory, v, last_slot, workspace);
    const std::span<const float> weights = memory.stream->views[v].weights.first(rows);
    const std::span<float> own = mean.subspan(stream_plan_->views[v].first, rows);
    kernels_->add(own, weights, own);
    last[stream_plan_->views[v].first + last_slot] += weights[last_slot];
    kernels_->scale(1.0F / static_cast<float>(rows), mean, mean);
  }
  kernels_->product(pooling, std::span<const float>(memory.rings.get(), all * hidden),
                    std::span(workspace.mlp_input).first(2 * views_.size() * hidden),
                    {.m = 2 * views_.size(), .n = hidden, .k = all});
}

// What a view's partners add to its two halves: A_tn a_n of the last row, and their sum over rows.
void DipnScorer::pool_partners(const Memory& memory, std::size_t view_index, std::size_t last_slot,
                               Workspace& workspace) const {
  const StreamPlan::View& plan = stream_plan_->views[view_index];
  const Stream::View& stream = memory.stream->views[view_index];
  const std::size_t rows = workspace.rows[view_index], all = stream_plan_->rows;
  const std::span<float> sums = std::span(workspace.stream.sums).first(plan.columns);
  const std::span<float> picked = std::span(workspace.stream.picked).first(plan.columns);
  const std::span<const float> factors = std::span(workspace.stream.factors).first(plan.columns);
  kernels_->cached_attention_sums({.products = stream.products.first(rows * plan.columns),
                                   .stride = plan.columns,
                                   .bounds = stream.bounds.first(rows),
                                   .row_factors = stream.weights.first(rows),
                                   .column_factors = factors,
                                   .column_terms = std::span(workspace.stream.terms).first(plan.columns)},
                                  last_slot, sums, picked, workspace.stream.exps);
  kernels_->multiply(sums, factors, sums);
  kernels_->multiply(picked, factors, picked);
  const std::span<float> halves = std::span(workspace.stream.pooling).subspan(2 * view_index * all, 2 * all);
  for (std::size_t partner = 0; partner < views_.size(); ++partner) {
    const std::size_t column = plan.column[partner], first = stream_plan_->views[partner].first;
    if (column == StreamPlan::kNotLookedAt) continue;
    std::ranges::copy(picked.subspan(column, views_[partner].window), halves.subspan(first).begin());
    std::ranges::copy(sums.subspan(column, views_[partner].window), halves.subspan(all + first).begin());
  }
}

// The product read-out: sum over rows of a_t h_t * context, where a row's context is the sum of what it saw in each
// partner, each by its share of the row's exps.
void DipnScorer::multiply_stream(const Memory& memory, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const std::size_t rows = workspace.rows[v];
    const std::span<float> out = std::span(workspace.mlp_input).subspan(v * hidden, hidden);
    std::ranges::fill(out, 0.0F);
    if (rows == 0) continue;
    const std::span<float> shares = std::span(workspace.stream.shares).first(rows);
    bool shared = false;  // the shares of one partner are those of all
    for (std::size_t partner = 0; partner < views_.size(); ++partner) {
      if (!sees(v, partner, workspace.rows)) continue;
      if (!shared) shared = share_stream(memory, v, partner, workspace.rows, shares);
      kernels_->add_weighed_dots(shares, memory.views[v].hidden.first(rows * hidden),
                                 memory.stream->views[v].pairs[partner].contexts.first(rows * hidden), out);
    }
  }
}

bool DipnScorer::sees(std::size_t view_index, std::size_t partner, std::span<const std::size_t> rows) const {
  return stream_plan_->views[view_index].column[partner] != StreamPlan::kNotLookedAt && rows[partner] > 0;
}

// a_t / sum of all exps of row t, brought to the shift of the partner's. True: no row has a shift.
bool DipnScorer::share_stream(const Memory& memory, std::size_t view_index, std::size_t partner,
                              std::span<const std::size_t> rows, std::span<float> shares) const {
  const Stream::View& view = memory.stream->views[view_index];
  const Stream::Pair& own = view.pairs[partner];
  bool shifted = own.shifted;
  std::ranges::copy(own.sums.first(shares.size()), shares.begin());
  for (std::size_t other = 0; other < rows.size(); ++other) {
    if (other == partner || !sees(view_index, other, rows)) continue;
    const Stream::Pair& pair = view.pairs[other];
    shifted = shifted || pair.shifted;
    if (!own.shifted && !pair.shifted) {
      kernels_->add(shares, pair.sums.first(shares.size()), shares);
      continue;
    }
    for (std::size_t t = 0; t < shares.size(); ++t) {
      shares[t] += pair.sums[t] * std::exp2(pair.shifts[t] - own.shifts[t]);
    }
  }
  // Nought where another partner's exps outweigh these beyond a float's range.
  for (std::size_t t = 0; t < shares.size(); ++t) shares[t] = view.weights[t] / shares[t];
  return !shifted;
}

}  // namespace inkling::models::dipn
