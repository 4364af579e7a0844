#include "models/dipn/dipn_stream.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/dipn/dipn_memory.h"
#include "nn/readout.h"

namespace inkling::models::dipn {
namespace {

constexpr float kMinusInfinity = -std::numeric_limits<float>::infinity();

std::size_t whole_groups(std::size_t columns) {
  return (columns + math::kColumnGroup - 1) / math::kColumnGroup * math::kColumnGroup;
}

}  // namespace

bool DipnScorer::can_stream() const {
  if (reduced_ || views_.empty()) return false;
  const bool product = architecture_.readout == Readout::kProduct;
  if (views_.front().inter && !product && architecture_.combine != nn::Combine::kResidual) return false;
  return std::ranges::all_of(views_,
                             [](const ViewLayers& layers) { return !layers.intra || layers.intra->keeps_keys(); });
}

DipnScorer::StreamPlan DipnScorer::stream_plan() const {
  StreamPlan plan;
  for (const ViewLayers& layers : views_) {
    StreamPlan::View view;
    view.first = plan.rows;
    view.column.fill(StreamPlan::kNotLookedAt);
    plan.rows += layers.window;
    plan.views.push_back(view);
  }
  for (std::size_t v = 0; v < views_.size() && views_.front().inter; ++v) {
    StreamPlan::View& view = plan.views[v];
    const std::size_t count = views_.size() - (architecture_.inter_all ? 0 : 1);
    const std::size_t first = architecture_.inter_all ? 0 : (v + 1) % views_.size();
    view.first_partner = plan.views[first].first;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t partner = (first + i) % views_.size();
      view.column[partner] = view.partner_rows;
      view.partner_rows += views_[partner].window;
    }
    view.columns = whole_groups(view.partner_rows);
  }
  return plan;
}

std::unique_ptr<DipnScorer::Stream> DipnScorer::new_stream() const {
  auto stream = std::make_unique<Stream>();
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const auto width = static_cast<std::size_t>(architecture_.attention_size);
  std::size_t longest = 0;
  for (const ViewLayers& layers : views_) longest = std::max(longest, layers.window);
  // Twice: first for the size, then for the places.
  for (const bool placing : {false, true}) {
    std::size_t next = 0;
    const auto take = [&](std::size_t size) {
      const std::size_t at = next;
      next += whole_groups(size);
      return placing ? std::span(stream->floats.get() + at, size) : std::span<float>();
    };
    stream->views.resize(views_.size());
    // One behind the other, because weighing asks for what stands behind while it is at a row.
    for (std::size_t v = 0; v < views_.size(); ++v) {
      stream->views[v].products = take(views_[v].window * stream_plan_->views[v].columns);
    }
    for (std::size_t v = 0; v < views_.size(); ++v) {
      const std::size_t window = views_[v].window, columns = stream_plan_->views[v].columns;
      Stream::View& view = stream->views[v];
      view.keys = take(views_[v].intra ? window * width : 0);
      view.bounds = take(window);
      view.terms = take(columns);
      view.weights = take(window);
    }
    stream->query = take(hidden);
    stream->dots = take(longest);
    stream->shift = take(width);
    if (placing) break;
    stream->float_count = next;
    stream->floats = math::aligned_floats(next);
    std::fill_n(stream->floats.get(), next, 0.0F);
  }
  return stream;
}

DipnScorer::StreamBuffers DipnScorer::stream_buffers() const {
  StreamBuffers buffers;
  if (!stream_plan_) return buffers;
  std::size_t columns = 0, longest = 0, most = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    columns = std::max(columns, stream_plan_->views[v].columns);
    longest = std::max(longest, views_[v].window);
    most = std::max(most, views_[v].window * stream_plan_->views[v].columns);
  }
  for (auto* buffer : {&buffers.factors, &buffers.terms, &buffers.sums, &buffers.picked}) buffer->resize(columns);
  buffers.scratch.resize(math::kPooledRows * columns);
  if (architecture_.readout == Readout::kProduct) {
    buffers.exps.resize(most);
    buffers.sharp.resize(longest);
  } else {
    buffers.pooling.resize(2 * views_.size() * stream_plan_->rows);
  }
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
  for (std::size_t v = 0; v < views_.size(); ++v) {
    Stream::View& view = memory.stream->views[v];
    const std::size_t rows = memory.views[v].rows();
    if (view.weighed || rows == 0) continue;
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
}

// The factors and terms of all rows that a view looks at into the workspace. False: it has no rows, or sees none.
bool DipnScorer::stream_scores(const Memory& memory, std::size_t view_index, Workspace& workspace) const {
  const StreamPlan::View& plan = stream_plan_->views[view_index];
  const Stream::View& stream = memory.stream->views[view_index];
  const std::span<float> factors = std::span(workspace.stream.factors).first(plan.columns);
  const std::span<float> terms = std::span(workspace.stream.terms).first(plan.columns);
  std::size_t seen = 0;
  std::ranges::fill(factors.subspan(plan.partner_rows), 0.0F);
  std::ranges::fill(terms.subspan(plan.partner_rows), kMinusInfinity);
  for (std::size_t partner = 0; partner < views_.size(); ++partner) {
    const std::size_t first = plan.column[partner];
    if (first == StreamPlan::kNotLookedAt) continue;
    const std::size_t rows = workspace.rows[partner], absent = views_[partner].window - rows;
    const std::span<const float> weights = memory.stream->views[partner].weights.first(rows);
    std::ranges::copy(weights, factors.subspan(first).begin());
    kernels_->multiply(weights, stream.terms.subspan(first, rows), terms.subspan(first, rows));
    std::ranges::fill(factors.subspan(first + rows, absent), 0.0F);
    std::ranges::fill(terms.subspan(first + rows, absent), kMinusInfinity);
    seen += rows;
  }
  return seen > 0 && workspace.rows[view_index] > 0;
}

// Residual + mean: last and mean of a_t h_t + sum_n A_tn a_n h_n are sums of hidden states, so one product with what
// each state adds to each half of the read-out gives them all.
void DipnScorer::pool_stream(const Memory& memory, bool session_live, Workspace& workspace) const {
  for (std::size_t v = 0; v < views_.size(); ++v) workspace.rows[v] = session_live ? memory.views[v].rows() : 0;
  if (architecture_.readout == Readout::kProduct) return multiply_stream(memory, workspace);
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::size_t all = stream_plan_->rows;
  const std::span<float> pooling(workspace.stream.pooling);
  std::ranges::fill(pooling, 0.0F);
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const std::size_t rows = workspace.rows[v];
    if (rows == 0) continue;
    const StreamPlan::View& plan = stream_plan_->views[v];
    const Stream::View& stream = memory.stream->views[v];
    const std::span<float> last = pooling.subspan(2 * v * all, all), mean = pooling.subspan((2 * v + 1) * all, all);
    const std::size_t last_slot = (memory.views[v].steps - 1) % memory.views[v].window;
    const std::span<const float> weights = stream.weights.first(rows);
    if (views_[v].inter && stream_scores(memory, v, workspace)) {
      const std::span<float> sums = std::span(workspace.stream.sums).first(plan.columns);
      const std::span<float> picked = std::span(workspace.stream.picked).first(plan.columns);
      const std::span<const float> factors = std::span(workspace.stream.factors).first(plan.columns);
      kernels_->cached_attention_sums({.products = stream.products.first(rows * plan.columns),
                                       .bounds = stream.bounds.first(rows),
                                       .row_factors = weights,
                                       .column_factors = factors,
                                       .column_terms = std::span(workspace.stream.terms).first(plan.columns)},
                                      last_slot, sums, picked, workspace.stream.scratch);
      kernels_->multiply(sums, factors, sums);
      kernels_->multiply(picked, factors, picked);
      for (std::size_t partner = 0; partner < views_.size(); ++partner) {
        const std::size_t column = plan.column[partner];
        if (column == StreamPlan::kNotLookedAt) continue;
        const std::size_t first = stream_plan_->views[partner].first, window = views_[partner].window;
        std::ranges::copy(sums.subspan(column, window), mean.subspan(first).begin());
        std::ranges::copy(picked.subspan(column, window), last.subspan(first).begin());
      }
    }
    const std::span<float> own = mean.subspan(plan.first, rows);
    kernels_->add(own, weights, own);
    last[plan.first + last_slot] += weights[last_slot];
    kernels_->scale(1.0F / static_cast<float>(rows), mean, mean);
  }
  kernels_->product(pooling, std::span<const float>(memory.rings.get(), all * hidden),
                    std::span(workspace.mlp_input).first(2 * views_.size() * hidden),
                    {.m = 2 * views_.size(), .n = hidden, .k = all});
}

// The product read-out: the context of every row, and its products with the row.
void DipnScorer::multiply_stream(const Memory& memory, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::span<float> attended(workspace.attended);
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const std::size_t rows = workspace.rows[v];
    const std::span<float> out = attended.subspan(stream_plan_->views[v].first * hidden, views_[v].window * hidden);
    kernels_->scale_rows(memory.stream->views[v].weights.first(rows), memory.views[v].hidden.first(rows * hidden),
                         out.first(rows * hidden));
    std::ranges::fill(out.subspan(rows * hidden), 0.0F);
  }
  std::ranges::copy(attended.first(views_.front().window * hidden),
                    attended.subspan(stream_plan_->rows * hidden).begin());
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const StreamPlan::View& plan = stream_plan_->views[v];
    const Stream::View& stream = memory.stream->views[v];
    const std::size_t rows = workspace.rows[v];
    const std::span<float> out = std::span(workspace.mlp_input).subspan(v * hidden, hidden);
    if (!stream_scores(memory, v, workspace)) {
      std::ranges::fill(out, 0.0F);
      continue;
    }
    const std::span<float> exps = std::span(workspace.stream.exps).first(rows * plan.columns);
    const std::span<float> sharp = std::span(workspace.stream.sharp).first(rows);
    const std::span<float> context = std::span(workspace.context).first(rows * hidden);
    kernels_->cached_attention_rows({.products = stream.products.first(exps.size()),
                                     .bounds = stream.bounds.first(rows),
                                     .row_factors = stream.weights.first(rows),
                                     .column_factors = std::span(workspace.stream.factors).first(plan.columns),
                                     .column_terms = std::span(workspace.stream.terms).first(plan.columns)},
                                    exps, sharp);
    kernels_->product(exps, attended.subspan(plan.first_partner * hidden, plan.partner_rows * hidden), context,
                      {.m = rows, .n = hidden, .k = plan.partner_rows, .a_stride = plan.columns});
    kernels_->scale_rows(sharp, context, context);
    nn::product_sum(attended.subspan(plan.first * hidden, rows * hidden), context, out, *kernels_);
  }
}

}  // namespace inkling::models::dipn
