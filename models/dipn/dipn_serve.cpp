#include "models/dipn/dipn_serve.h"

#include <algorithm>
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

// Feeds new records into a memory while the record reader walks them.
class DipnScorer::Reader final : public feature::RecordSink {
 public:
  Reader(const DipnScorer& scorer, Memory& memory) : scorer_(scorer), memory_(memory) {}
  void begin_session() override { memory_.begin_session(); }
  void record(std::size_t view_index, std::int64_t, std::span<const feature::Value> values) override {
    std::array<std::uint32_t, feature::kMaxViewFeatures> buffer;
    const std::span<std::uint32_t> ids(buffer.data(), values.size());
    scorer_.blueprint_.encode_values(view_index, values, ids);
    scorer_.step(view_index, ids, memory_, memory_.step_input, memory_.step_scratch);
  }

 private:
  const DipnScorer& scorer_;
  Memory& memory_;
};

base::Result<std::shared_ptr<const DipnScorer>> DipnScorer::make(const artifact::PackageManifest& manifest,
                                                                 const artifact::Safetensors& weights,
                                                                 std::shared_ptr<const void> owner,
                                                                 const math::Kernels& kernels) {
  return DipnLoader(manifest, weights, kernels).load(std::move(owner));
}

std::unique_ptr<feature::ScorerMemory> DipnScorer::new_memory() const {
  auto memory = std::make_unique<Memory>();
  std::size_t widest = 0, scratch = 0;
  for (const ViewLayers& layers : views_) {
    Memory::ViewMemory view;
    view.state.assign(layers.cell->state_size(), 0.0F);
    view.hidden.assign(layers.window * layers.cell->hidden_size(), 0.0F);
    view.window = layers.window;
    memory->views.push_back(std::move(view));
    widest = std::max(widest, layers.cell->input_size());
    scratch = std::max(scratch, layers.cell->step_scratch_size());
  }
  memory->step_input.resize(widest);
  memory->step_scratch.resize(scratch);
  return memory;
}

std::unique_ptr<feature::ScorerWorkspace> DipnScorer::new_workspace() const {
  auto workspace = std::make_unique<Workspace>();
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t all_rows = 0, longest = 0, scratch = 0;
  for (const ViewLayers& layers : views_) {
    all_rows += layers.window;
    longest = std::max(longest, layers.window);
  }
  const std::size_t first_window = views_.empty() ? 0 : views_.front().window;
  for (const ViewLayers& layers : views_) {
    if (layers.intra) scratch = std::max(scratch, layers.intra->scratch_size(layers.window));
    if (layers.inter) scratch = std::max(scratch, layers.inter->scratch_size(layers.window, all_rows));
  }
  workspace->attended.resize((all_rows + first_window) * hidden);
  workspace->first_row.resize(views_.size());
  workspace->rows.resize(views_.size());
  workspace->alpha.resize(longest);
  workspace->context.resize(longest * hidden);
  workspace->scratch.resize(scratch);
  workspace->mlp_input.resize(mlp_->in());
  workspace->mlp_scratch.resize(mlp_->scratch_size());
  workspace->wide.resize(architecture_.targets.size());
  workspace->numbers.resize(blueprint_.number_count());
  workspace->ids.resize(blueprint_.statistic_id_count());
  workspace->logits.resize(architecture_.targets.size());
  return workspace;
}

bool DipnScorer::catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const {
  auto& own = static_cast<Memory&>(memory);
  Reader reader(*this, own);
  return feature::read_new_records(blueprint_, state, own.cursor, reader);
}

void DipnScorer::step(std::size_t view_index, std::span<const std::uint32_t> ids, Memory& memory,
                      std::span<float> input, std::span<float> scratch) const {
  const ViewLayers& layers = views_[view_index];
  const auto dim = static_cast<std::size_t>(architecture_.embedding_dim);
  const std::span<float> x = input.first(layers.cell->input_size());
  for (std::size_t f = 0; f < ids.size(); ++f) {
    const auto row = layers.embeddings[f].lookup(ids[f]);
    std::copy(row.begin(), row.end(), x.begin() + static_cast<std::ptrdiff_t>(f * dim));
  }
  Memory::ViewMemory& view = memory.views[view_index];
  layers.cell->step(x, view.state, view.state, scratch);
  const std::size_t hidden = layers.cell->hidden_size();
  const auto row = layers.cell->hidden(view.state);
  std::copy(row.begin(), row.end(),
            view.hidden.begin() + static_cast<std::ptrdiff_t>(view.steps % view.window * hidden));
  ++view.steps;
}

void DipnScorer::advance(std::size_t view_index, std::span<const std::uint32_t> ids, feature::ScorerMemory& memory,
                         feature::ScorerWorkspace&) const {
  auto& own = static_cast<Memory&>(memory);
  step(view_index, ids, own, own.step_input, own.step_scratch);
}

// Lays out each view's window, oldest first, already weighed by its intra-view attention.
void DipnScorer::gather_rows(const Memory& memory, bool session_live, Workspace& workspace) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::size_t next = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    const Memory::ViewMemory& view = memory.views[v];
    const std::size_t rows = session_live ? view.rows() : 0;
    workspace.first_row[v] = next;
    workspace.rows[v] = rows;
    const std::span<float> out = rows_of(workspace.attended, next, rows, hidden);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t slot = (view.steps - rows + r) % view.window;
      std::copy_n(view.hidden.begin() + static_cast<std::ptrdiff_t>(slot * hidden), hidden,
                  out.begin() + static_cast<std::ptrdiff_t>(r * hidden));
    }
    if (views_[v].intra) {
      views_[v].intra->forward(out, rows, out, std::span(workspace.alpha).first(rows), workspace.scratch);
    }
    next += rows;
  }
  workspace.total_rows = next;
  if (views_.empty()) return;
  const std::span<float> first = rows_of(workspace.attended, 0, workspace.rows[0], hidden);
  std::copy(first.begin(), first.end(), workspace.attended.begin() + static_cast<std::ptrdiff_t>(next * hidden));
}

void DipnScorer::read_out(std::size_t v, Workspace& workspace, std::span<float> out) const {
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  const std::size_t rows = workspace.rows[v];
  const std::span<float> attended = rows_of(workspace.attended, workspace.first_row[v], rows, hidden);
  const std::span<float> context = rows_of(workspace.context, 0, rows, hidden);
  if (views_[v].inter) {
    // The last view's partners stand before it; every other's stand behind it, the copy of the first view included.
    const bool from_start = architecture_.inter_all || v + 1 == views_.size();
    const std::size_t first = from_start ? 0 : workspace.first_row[v] + rows;
    const std::size_t others = architecture_.inter_all ? workspace.total_rows : workspace.total_rows - rows;
    const nn::InterAttentionInput input{attended, rows, rows_of(workspace.attended, first, others, hidden), others};
    views_[v].inter->forward(input, context, workspace.scratch);
  } else {
    std::fill(context.begin(), context.end(), 0.0F);
  }
  if (architecture_.readout == Readout::kProduct) {
    nn::product_sum(attended, context, rows, out);
  } else {
    nn::last_and_mean(views_[v].inter ? architecture_.combine : nn::Combine::kResidual, attended, context, rows, out,
                      *kernels_);
  }
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
  auto& own = static_cast<Workspace&>(workspace);
  gather_rows(static_cast<const Memory&>(memory), session_live, own);
  const auto width = static_cast<std::size_t>(architecture_.view_width());
  const std::span<float> input(own.mlp_input);
  for (std::size_t v = 0; v < views_.size(); ++v) read_out(v, own, input.subspan(v * width, width));
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

const ServingModel& serving_half() {
  static const ServingModel kModel = {
      "dipn", kParamsYaml,
      [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
         std::shared_ptr<const void> owner) -> base::Result<std::shared_ptr<const feature::Scorer>> {
        INKLING_ASSIGN(auto scorer, DipnScorer::make(manifest, weights, std::move(owner)));
        return std::shared_ptr<const feature::Scorer>(std::move(scorer));
      }};
  return kModel;
}

}  // namespace inkling::models::dipn
