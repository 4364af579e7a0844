// The full form of DIPN's attention: everything from the kept hidden states, for whoever asks. Devices have the
// streamed form alone (dipn_stream.h, dipn_streamed_only.cpp).
#include <algorithm>

#include "models/dipn/dipn_memory.h"
#include "models/dipn/dipn_serve.h"
#include "nn/readout.h"

namespace inkling::models::dipn {
namespace {

std::span<float> rows_of(std::vector<float>& buffer, std::size_t first, std::size_t count, std::size_t width) {
  return std::span<float>(buffer).subspan(first * width, count * width);
}

}  // namespace

void DipnScorer::size_full(Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t all_rows = 0, longest = 2, scratch = 0, lines = 0;
  for (const ViewLayers& layers : views_) {
    all_rows += layers.window;
    longest = std::max(longest, layers.window);
  }
  const std::size_t first_window = views_.empty() ? 0 : views_.front().window;
  for (const ViewLayers& layers : views_) {
    if (layers.intra) {
      scratch = std::max(scratch, layers.intra->scratch_size(layers.window));
      lines = std::max(lines, layers.intra->lines_size(layers.window));
    }
    if (layers.inter) {
      scratch = std::max(scratch, layers.inter->scratch_size(layers.window, all_rows));
      lines = std::max(lines, layers.inter->lines_size(layers.window, all_rows));
    }
  }
  workspace.attended.resize((all_rows + first_window) * hidden);
  workspace.column_stride =
      nn::InterAttention::padded_columns(all_rows + first_window) + nn::InterAttention::padded_columns(1);
  if (!reduced_) workspace.attended_columns.resize(workspace.column_stride * hidden);
  workspace.first_row.resize(views_.size());
  workspace.alpha.resize(longest);
  workspace.context.resize(longest * hidden);
  workspace.scratch.resize(scratch);
  workspace.lines.resize(lines);
}

// The last `rows` states of a view, oldest first and weighed by its intra-view attention, into its place.
void DipnScorer::attend_rows(const Memory& memory, std::size_t v, std::size_t rows, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const Memory::ViewMemory& view = memory.views[v];
  const std::span<float> out = rows_of(workspace.attended, workspace.first_row[v], rows, hidden);
  const std::size_t oldest = (view.steps - rows) % view.window;
  std::span<const float> states(view.hidden);
  if (oldest == 0 && views_[v].intra) {
    states = states.first(out.size());
  } else {
    const std::size_t until_wrap = std::min(rows, view.window - oldest) * hidden;
    std::ranges::copy(states.subspan(oldest * hidden, until_wrap), out.begin());
    std::ranges::copy(states.first(out.size() - until_wrap), out.subspan(until_wrap).begin());
    states = out;
  }
  if (views_[v].intra) {
    views_[v].intra->forward(states, rows, out, std::span(workspace.alpha).first(rows), workspace.scratch,
                             workspace.lines);
  }
}

void DipnScorer::gather_rows(const Memory& memory, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t next = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    workspace.first_row[v] = next;
    attend_rows(memory, v, workspace.rows[v], workspace);
    next += workspace.rows[v];
  }
  workspace.total_rows = next;
  if (views_.empty() || !views_.front().inter) return;
  const std::size_t again = workspace.rows[0];
  std::ranges::copy(rows_of(workspace.attended, 0, again, hidden),
                    rows_of(workspace.attended, next, again, hidden).begin());
  if (reduced_) return;
  kernels_->transpose(rows_of(workspace.attended, 0, next + again, hidden), hidden, workspace.attended_columns,
                      workspace.column_stride);
}

// Whom a view looks at. The last view's partners stand before it; every other's stand behind it, the copy of the
// first view included.
nn::InterAttentionInput DipnScorer::inter_input(std::size_t v, const Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::span<const float> attended(workspace.attended);
  const std::size_t own_rows = workspace.rows[v];
  const bool from_start = architecture_.inter_all || v + 1 == views_.size();
  const std::size_t first = from_start ? 0 : workspace.first_row[v] + own_rows;
  const std::size_t others = architecture_.inter_all ? workspace.total_rows : workspace.total_rows - own_rows;
  return {.queries = attended.subspan(workspace.first_row[v] * hidden, own_rows * hidden),
          .query_rows = own_rows,
          .others = attended.subspan(first * hidden, others * hidden),
          .other_rows = others,
          .other_columns =
              reduced_ ? std::span<const float>() : std::span<const float>(workspace.attended_columns).subspan(first),
          .column_stride = workspace.column_stride};
}

void DipnScorer::read_out(std::size_t v, Workspace& workspace, std::span<float> out) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::size_t rows = workspace.rows[v];
  const std::span<const float> attended = rows_of(workspace.attended, workspace.first_row[v], rows, hidden);
  if (!views_[v].inter) {
    const std::span<float> zeros = rows_of(workspace.context, 0, 1, hidden);
    std::ranges::fill(zeros, 0.0F);
    return nn::residual_last_and_mean(attended, rows, zeros, zeros, out, *kernels_);
  }
  read_context(v, inter_input(v, workspace), workspace, out);
}

void DipnScorer::read_context(std::size_t v, const nn::InterAttentionInput& input, Workspace& workspace,
                              std::span<float> out) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const bool product = architecture_.readout == Readout::kProduct;
  if (!product && architecture_.combine == nn::Combine::kResidual) {
    const std::span<float> last = rows_of(workspace.context, 0, 1, hidden);
    const std::span<float> mean = rows_of(workspace.context, 1, 1, hidden);
    views_[v].inter->forward_pooled(input, last, mean, workspace.scratch, workspace.lines);
    return nn::residual_last_and_mean(input.queries, input.query_rows, last, mean, out, *kernels_);
  }
  const std::span<float> context = rows_of(workspace.context, 0, input.query_rows, hidden);
  views_[v].inter->forward(input, context, workspace.scratch, workspace.lines);
  if (product) return nn::product_sum(input.queries, context, out, *kernels_);
  nn::tanh_product_last_and_mean(input.queries, context, input.query_rows, out, *kernels_);
}

void DipnScorer::pool_full(const Memory& memory, Workspace& workspace) const {
  const auto width = static_cast<std::size_t>(architecture_.view_width());
  gather_rows(memory, workspace);
  for (std::size_t v = 0; v < views_.size(); ++v) {
    read_out(v, workspace, std::span(workspace.mlp_input).subspan(v * width, width));
  }
}

// The same rows that score() gathers, and the weights it computes on the way.
void DipnScorer::explain_full(const Memory& memory, std::size_t v, Workspace& workspace,
                              feature::ViewAttention& attention) const {
  if (v == 0) gather_rows(memory, workspace);
  if (views_[v].intra) {
    attend_rows(memory, v, attention.rows, workspace);  // again, for its weights: one place serves all views
    attention.intra.assign(workspace.alpha.begin(),
                           workspace.alpha.begin() + static_cast<std::ptrdiff_t>(attention.rows));
  }
  if (!views_[v].inter) return;
  const nn::InterAttentionInput input = inter_input(v, workspace);
  attention.inter.resize(input.query_rows * input.other_rows);
  views_[v].inter->weights(input, attention.inter, workspace.scratch, workspace.lines);
}

}  // namespace inkling::models::dipn
