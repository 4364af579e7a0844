#include "models/dipn/dipn_serve.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/dipn/dipn_loader.h"
#include "models/dipn/dipn_memory.h"
#include "models/dipn/dipn_params_yaml.h"
#include "nn/readout.h"

namespace inkling::models::dipn {
namespace {

template <typename T>
std::span<T> rows_of(std::vector<T>& buffer, std::size_t first, std::size_t count, std::size_t width) {
  return std::span<T>(buffer).subspan(first * width, count * width);
}

float sigmoid(float x) {
  return 1.0F / (1.0F + std::exp(-x));
}

}  // namespace

// Feeds new records into a memory while the record reader walks them: a block of a view's records at a time.
class DipnScorer::Reader final : public feature::RecordSink {
 public:
  Reader(const DipnScorer& scorer, Memory& memory) : scorer_(scorer), memory_(memory) {}
  void begin_session() override {
    for (Pending& view : pending_) view.records = 0;  // of the session that is over
    memory_.begin_session();
  }
  void record(std::size_t view_index, std::int64_t, std::span<const feature::Value> values) override {
    Pending& view = pending_[view_index];
    const std::span<std::uint32_t> ids(view.ids);
    scorer_.blueprint_.encode_values(view_index, values, ids.subspan(view.records * values.size(), values.size()));
    if (++view.records == kCatchUpRecords) run(view_index);
  }
  void finish() {
    for (std::size_t v = 0; v < scorer_.views_.size(); ++v) run(v);
  }

 private:
  struct Pending {
    std::size_t records = 0;
    std::array<std::uint32_t, kCatchUpRecords * feature::kMaxViewFeatures> ids;
  };
  void run(std::size_t view_index) {
    Pending& view = pending_[view_index];
    const std::size_t features = scorer_.views_[view_index].input->feature_count();
    scorer_.run_block(view_index, std::span(view.ids).first(view.records * features), memory_, memory_.block);
    view.records = 0;
  }

  const DipnScorer& scorer_;
  Memory& memory_;
  std::array<Pending, feature::kViewCount> pending_;
};

base::Result<std::shared_ptr<const DipnScorer>> DipnScorer::make(const artifact::PackageManifest& manifest,
                                                                 const artifact::Safetensors& weights,
                                                                 std::shared_ptr<const void> owner,
                                                                 math::Precision precision,
                                                                 const math::Kernels& kernels) {
  return DipnLoader(manifest, weights, precision, kernels).load(std::move(owner));
}

DipnScorer::BlockBuffers DipnScorer::block_buffers(std::size_t records) const {
  std::size_t gates = 0, gathered = 0, recurrent = 0, lines = 0;
  for (const ViewLayers& layers : views_) {
    gates = std::max(gates, layers.input->gates_size());
    gathered = std::max(gathered, layers.input->scratch_size(records));
    recurrent = std::max(recurrent, layers.cell->scratch_size());
    lines = std::max(lines, layers.input->lines_size(records));
  }
  return {std::vector<float>(records * gates), std::vector<float>(gathered), std::vector<float>(recurrent),
          std::vector<math::HalfLine>(lines)};
}

std::unique_ptr<feature::ScorerMemory> DipnScorer::new_memory() const {
  auto memory = std::make_unique<Memory>();
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t rows = 0, next = 0;
  for (const ViewLayers& layers : views_) rows += layers.window;
  memory->rings = math::aligned_floats(rows * hidden);
  std::fill_n(memory->rings.get(), rows * hidden, 0.0F);
  for (const ViewLayers& layers : views_) {
    Memory::ViewMemory view;
    view.state.assign(layers.cell->state_size(), 0.0F);
    view.hidden = {memory->rings.get() + next, layers.window * hidden};
    view.window = layers.window;
    next += view.hidden.size();
    memory->views.push_back(std::move(view));
  }
  memory->block = block_buffers(kCatchUpRecords);
  return memory;
}

std::unique_ptr<feature::ScorerWorkspace> DipnScorer::new_workspace() const {
  auto workspace = std::make_unique<Workspace>();
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
  workspace->block = block_buffers(kBlockRecords);
  workspace->stream = stream_buffers();
  workspace->attended.resize((all_rows + first_window) * hidden);
  workspace->column_stride =
      nn::InterAttention::padded_columns(all_rows + first_window) + nn::InterAttention::padded_columns(1);
  if (!reduced_) workspace->attended_columns.resize(workspace->column_stride * hidden);
  workspace->first_row.resize(views_.size());
  workspace->rows.resize(views_.size());
  workspace->alpha.resize(longest);
  workspace->context.resize(longest * hidden);
  workspace->scratch.resize(scratch);
  workspace->lines.resize(lines);
  workspace->mlp_input.resize(mlp_->in());
  workspace->mlp_scratch.resize(mlp_->scratch_size());
  workspace->wide.resize(architecture_.targets.size());
  workspace->numbers.resize(blueprint_.number_count());
  workspace->ids.resize(blueprint_.statistic_id_count());
  workspace->logits.resize(architecture_.targets.size());
  return workspace;
}

bool DipnScorer::catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const {
  const math::ProductScope scope(product_path());
  auto& own = static_cast<Memory&>(memory);
  Reader reader(*this, own);
  const bool complete = feature::read_new_records(blueprint_, state, own.cursor, reader);
  reader.finish();
  if (own.stream) weigh_stream(own);
  return complete;
}

void DipnScorer::run_block(std::size_t view_index, std::span<const std::uint32_t> ids, Memory& memory,
                           BlockBuffers& buffers) const {
  const ViewLayers& layers = views_[view_index];
  Memory::ViewMemory& view = memory.views[view_index];
  const std::size_t records = ids.size() / layers.input->feature_count();
  const std::size_t gates = layers.input->gates_size(), hidden = layers.cell->hidden_size();
  const std::span<float> projected = rows_of(buffers.projected, 0, records, gates);
  if (memory.stream) await_stream(view_index, memory);
  layers.input->project(ids, projected, buffers.gathered, buffers.lines);
  for (std::size_t done = 0; done < records;) {
    const std::size_t slot = view.steps % view.window;
    const std::size_t steps = std::min(records - done, view.window - slot);
    layers.cell->run(projected.subspan(done * gates, steps * gates), view.state,
                     view.hidden.subspan(slot * hidden, steps * hidden), buffers.recurrent);
    view.steps += steps;
    if (memory.stream) stream_rows(view_index, slot, steps, memory);
    done += steps;
  }
}

void DipnScorer::restart(feature::ScorerMemory& memory) const {
  static_cast<Memory&>(memory).begin_session();
}

void DipnScorer::advance(std::size_t view_index, std::span<const std::uint32_t> ids, feature::ScorerMemory& memory,
                         feature::ScorerWorkspace& workspace) const {
  const math::ProductScope scope(product_path());
  const std::size_t most = kBlockRecords * views_[view_index].input->feature_count();
  for (std::size_t at = 0; at < ids.size(); at += most) {
    run_block(view_index, ids.subspan(at, std::min(most, ids.size() - at)), static_cast<Memory&>(memory),
              static_cast<Workspace&>(workspace).block);
  }
  if (auto& own = static_cast<Memory&>(memory); own.stream) weigh_stream(own);
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

void DipnScorer::gather_rows(const Memory& memory, bool session_live, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t next = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    workspace.first_row[v] = next;
    workspace.rows[v] = session_live ? memory.views[v].rows() : 0;
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

void DipnScorer::add_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                std::span<float> out) const {
  std::copy(numbers.begin(), numbers.end(), out.begin());
  auto next = out.begin() + static_cast<std::ptrdiff_t>(numbers.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto row = statistic_embeddings_[i].lookup(ids[i]);
    next = std::copy(row.begin(), row.end(), next);
  }
}

void DipnScorer::score_encoded(const feature::ScorerMemory& memory, bool session_live, std::span<const float> numbers,
                               std::span<const std::uint32_t> ids, feature::ScorerWorkspace& workspace,
                               std::span<float> logits) const {
  const math::ProductScope scope(product_path());
  auto& own = static_cast<Workspace&>(workspace);
  const auto& shopper = static_cast<const Memory&>(memory);
  const auto width = static_cast<std::size_t>(architecture_.view_width());
  const std::span<float> input(own.mlp_input);
  if (shopper.stream) {
    pool_stream(shopper, session_live, own);
  } else {
    gather_rows(shopper, session_live, own);
    for (std::size_t v = 0; v < views_.size(); ++v) read_out(v, own, input.subspan(v * width, width));
  }
  const std::span<float> statistics = input.subspan(views_.size() * width);
  add_statistics(numbers, ids, statistics);
  mlp_->forward(input, logits, own.mlp_scratch);
  if (!wide_) return;
  wide_->forward(statistics, own.wide);
  for (std::size_t k = 0; k < logits.size(); ++k) logits[k] += own.wide[k];
}

void DipnScorer::score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
                       feature::ScorerWorkspace& workspace, std::span<float> probs) const {
  auto& own = static_cast<Workspace&>(workspace);
  blueprint_.encode_statistics(state, now_ms, own.numbers, own.ids);
  score_encoded(memory, blueprint_.session_live(state, now_ms), own.numbers, own.ids, workspace, own.logits);
  for (std::size_t k = 0; k < probs.size(); ++k) probs[k] = sigmoid(own.logits[k]);
}

base::Status DipnScorer::score_statistics(std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                          feature::ScorerWorkspace& workspace, std::span<float> probs) const {
  auto& own = static_cast<Workspace&>(workspace);
  score_encoded(*new_memory(), false, numbers, ids, workspace, own.logits);
  for (std::size_t k = 0; k < probs.size(); ++k) probs[k] = sigmoid(own.logits[k]);
  return {};
}

const ServingModel& serving_half() {
  static const ServingModel kModel = {
      "dipn", kParamsYaml,
      [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
         std::shared_ptr<const void> owner,
         math::Precision precision) -> base::Result<std::shared_ptr<const feature::Scorer>> {
        INKLING_ASSIGN(auto scorer, DipnScorer::make(manifest, weights, std::move(owner), precision));
        return std::shared_ptr<const feature::Scorer>(std::move(scorer));
      }};
  return kModel;
}

}  // namespace inkling::models::dipn
