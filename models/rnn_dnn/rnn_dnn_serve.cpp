#include "models/rnn_dnn/rnn_dnn_serve.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "feature/record_reader.h"
#include "models/rnn_dnn/rnn_dnn_loader.h"
#include "models/rnn_dnn/rnn_dnn_params_yaml.h"

namespace inkling::models::rnn_dnn {

class RnnDnnScorer::Memory final : public feature::ScorerMemory {
 public:
  [[nodiscard]] std::size_t memory_bytes() const override {
    std::size_t floats = gates.size() + gathered.size() + row.size();
    for (const auto& state : states) floats += state.size();
    return sizeof(*this) + floats * sizeof(float) + last_ids.size() * sizeof(std::uint32_t);
  }
  void begin_session() {
    for (auto& state : states) std::ranges::fill(state, 0.0F);
    steps = 0;
  }

  std::vector<std::vector<float>> states;  // of each layer, [h, c]
  std::vector<std::uint32_t> last_ids;     // of the last record
  std::uint64_t steps = 0;                 // since the session began
  feature::RecordCursor cursor;
  std::vector<float> gates, gathered, row;  // where one step is computed
};

class RnnDnnScorer::Workspace final : public feature::ScorerWorkspace {
 public:
  std::vector<float> statistics, head_input, scratch;
  std::vector<float> numbers, logits;
  std::vector<std::uint32_t> ids;
};

class RnnDnnScorer::Reader final : public feature::RecordSink {
 public:
  Reader(const RnnDnnScorer& scorer, Memory& memory) : scorer_(scorer), memory_(memory) {}
  void begin_session() override { memory_.begin_session(); }
  void record(std::size_t view_index, std::int64_t, std::span<const feature::Value> values) override {
    const std::span<std::uint32_t> ids = std::span(ids_).first(values.size());
    scorer_.blueprint_.encode_values(view_index, values, ids);
    scorer_.step(ids, memory_);
  }

 private:
  const RnnDnnScorer& scorer_;
  Memory& memory_;
  std::array<std::uint32_t, feature::kMaxViewFeatures> ids_{};
};

base::Result<std::shared_ptr<const RnnDnnScorer>> RnnDnnScorer::make(const artifact::PackageManifest& manifest,
                                                                     const artifact::Safetensors& weights,
                                                                     std::shared_ptr<const void> owner,
                                                                     const math::Kernels& kernels) {
  return RnnDnnLoader(manifest, weights, kernels).load(std::move(owner));
}

std::unique_ptr<feature::ScorerMemory> RnnDnnScorer::new_memory() const {
  auto memory = std::make_unique<Memory>();
  for (const Layer& layer : layers_) memory->states.emplace_back(layer.cell->state_size());
  memory->last_ids.resize(record_embeddings_.size());
  memory->gates.resize(layers_.front().record->gates_size());
  memory->gathered.resize(layers_.front().record->scratch_size(1));
  memory->row.resize(static_cast<std::size_t>(architecture_.hidden));
  return memory;
}

std::unique_ptr<feature::ScorerWorkspace> RnnDnnScorer::new_workspace() const {
  auto workspace = std::make_unique<Workspace>();
  workspace->statistics.resize(static_cast<std::size_t>(architecture_.statistics_width(blueprint_)));
  workspace->head_input.resize(head_->in());
  workspace->scratch.resize(std::max(head_->scratch_size(), user_ ? user_->scratch_size() : 0));
  workspace->numbers.resize(blueprint_.number_count());
  workspace->ids.resize(blueprint_.statistic_id_count());
  workspace->logits.resize(architecture_.targets.size());
  return workspace;
}

bool RnnDnnScorer::catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const {
  auto& own = static_cast<Memory&>(memory);
  Reader reader(*this, own);
  return feature::read_new_records(blueprint_, state, own.cursor, reader);
}

void RnnDnnScorer::advance(std::span<const std::uint32_t> ids, feature::ScorerMemory& memory) const {
  step(ids, static_cast<Memory&>(memory));
}

void RnnDnnScorer::step(std::span<const std::uint32_t> ids, Memory& memory) const {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const Layer& layer = layers_[l];
    layer.record->project(ids, memory.gates, memory.gathered);
    if (layer.below) {
      const auto below = layers_[l - 1].cell->hidden(memory.states[l - 1]);
      kernels_->packed_product(below, *layer.below, {}, memory.gates, math::Output::kAdd);
    }
    layer.cell->run(memory.gates, memory.states[l], memory.row);
  }
  std::ranges::copy(ids, memory.last_ids.begin());
  ++memory.steps;
}

std::span<float> RnnDnnScorer::embed(std::span<const std::uint32_t> ids, std::span<const nn::Embedding> tables,
                                     std::span<float> out) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto row = tables[i].lookup(ids[i]);
    std::ranges::copy(row, out.begin());
    out = out.subspan(row.size());
  }
  return out;
}

void RnnDnnScorer::score_encoded(const feature::ScorerMemory& memory, bool session_live,
                                 std::span<const float> numbers, std::span<const std::uint32_t> ids,
                                 feature::ScorerWorkspace& workspace, std::span<float> logits) const {
  const auto& known = static_cast<const Memory&>(memory);
  auto& own = static_cast<Workspace&>(workspace);
  std::ranges::fill(own.head_input, 0.0F);
  const auto hidden = static_cast<std::size_t>(architecture_.hidden);
  std::span<float> user = std::span(own.head_input).subspan(hidden);
  if (session_live && known.steps > 0) {
    std::ranges::copy(layers_.back().cell->hidden(known.states.back()), own.head_input.begin());
    embed(known.last_ids, record_embeddings_, user);
  }
  user = user.subspan(static_cast<std::size_t>(architecture_.record_width(blueprint_)));
  std::ranges::copy(numbers, own.statistics.begin());
  embed(ids, statistic_embeddings_, std::span(own.statistics).subspan(numbers.size()));
  if (user_) {
    user_->forward(own.statistics, user, own.scratch);
    kernels_->relu(user, user);
  } else {
    std::ranges::copy(own.statistics, user.begin());
  }
  head_->forward(own.head_input, logits, own.scratch);
}

void RnnDnnScorer::score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
                         feature::ScorerWorkspace& workspace, std::span<float> probs) const {
  auto& own = static_cast<Workspace&>(workspace);
  blueprint_.encode_statistics(state, now_ms, own.numbers, own.ids);
  score_encoded(memory, blueprint_.session_live(state, now_ms), own.numbers, own.ids, workspace, own.logits);
  for (std::size_t k = 0; k < probs.size(); ++k) probs[k] = 1.0F / (1.0F + std::exp(-own.logits[k]));
}

const ServingModel& serving_half() {
  static const ServingModel kModel = {
      "rnn_dnn", kParamsYaml,
      [](const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
         std::shared_ptr<const void> owner, math::Precision) -> base::Result<std::shared_ptr<const feature::Scorer>> {
        INKLING_ASSIGN(auto scorer, RnnDnnScorer::make(manifest, weights, std::move(owner)));
        return std::shared_ptr<const feature::Scorer>(std::move(scorer));
      }};
  return kModel;
}

}  // namespace inkling::models::rnn_dnn
