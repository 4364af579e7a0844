#include "models/dipn/dipn_serve.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/dipn/dipn_memory.h"

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
  workspace->block = block_buffers(kBlockRecords);
  workspace->stream = stream_buffers();
  size_full(*workspace);
  workspace->rows.resize(views_.size());
  workspace->mlp_input.resize(mlp_->in());
  workspace->mlp_scratch.resize(mlp_->scratch_size());
  workspace->wide.resize(architecture_.target_count);
  workspace->numbers.resize(blueprint_.number_count());
  workspace->ids.resize(blueprint_.statistic_id_count());
  workspace->logits.resize(architecture_.target_count);
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
  for (std::size_t v = 0; v < views_.size(); ++v) own.rows[v] = session_live ? shopper.views[v].rows() : 0;
  shopper.stream ? pool_stream(shopper, own) : pool_full(shopper, own);
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

}  // namespace inkling::models::dipn
