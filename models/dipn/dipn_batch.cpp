#include "models/dipn/dipn_batch.h"

#include <algorithm>

#include "models/dipn/dipn_memory.h"

namespace inkling::models::dipn {

DipnBatch::DipnBatch(std::shared_ptr<const DipnScorer> scorer)
    : scorer_(std::move(scorer)),
      workspace_(scorer_->new_workspace()),
      ids_(kTogether * kChunkRecords * feature::kMaxViewFeatures) {
  static_assert(kTogether * kChunkRecords <= DipnScorer::kBlockRecords);
  for (std::size_t i = 0; i < kInTurn; ++i) memories_.push_back(scorer_->new_memory());
}

void DipnBatch::score(std::span<const BatchSample> samples, std::span<float> logits) {
  const std::size_t targets = scorer_->info().targets.size();
  while (!samples.empty()) {
    const std::size_t count = std::min(kInTurn, samples.size());
    score_in_turn(samples.first(count), logits.first(count * targets));
    samples = samples.subspan(count);
    logits = logits.subspan(count * targets);
  }
}

void DipnBatch::score_in_turn(std::span<const BatchSample> samples, std::span<float> logits) {
  const math::ProductScope scope(scorer_->product_path());
  for (std::size_t i = 0; i < samples.size(); ++i) scorer_->restart(*memories_[i]);
  for (std::size_t v = 0; v < scorer_->views_.size(); ++v) {
    for (std::size_t at = 0; at < samples.size(); at += kTogether) {
      advance_together(v, samples.subspan(at, std::min(kTogether, samples.size() - at)), at);
    }
  }
  const std::size_t targets = scorer_->info().targets.size();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    scorer_->score_encoded(*memories_[i], true, samples[i].numbers, samples[i].statistic_ids, *workspace_,
                           logits.subspan(i * targets, targets));
  }
}

void DipnBatch::advance_together(std::size_t view, std::span<const BatchSample> samples, std::size_t first) {
  Lanes done{};
  while (advance_chunk(view, samples, first, done)) {
  }
}

// The next records of every shopper, cut where its ring of hidden states begins anew. False: there were none.
bool DipnBatch::advance_chunk(std::size_t view, std::span<const BatchSample> samples, std::size_t first,
                              Lanes& done) {
  const DipnScorer::ViewLayers& layers = scorer_->views_[view];
  const std::size_t features = layers.input->feature_count(), gates = layers.input->gates_size();
  const std::size_t hidden = layers.cell->hidden_size();
  DipnScorer::BlockBuffers& block = static_cast<DipnScorer::Workspace&>(*workspace_).block;
  std::array<nn::RecurrentCell::Sequence, kTogether> sequences;
  std::size_t records = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::span<const std::uint32_t> ids = samples[i].ids[view].subspan(done[i] * features);
    auto& memory = static_cast<DipnScorer::Memory&>(*memories_[first + i]).views[view];
    const std::size_t slot = memory.steps % memory.window;
    const std::size_t steps = std::min({ids.size() / features, kChunkRecords, memory.window - slot});
    std::copy_n(ids.data(), steps * features, ids_.data() + records * features);
    sequences[i] = {std::span(block.projected).subspan(records * gates, steps * gates), memory.state,
                    memory.hidden.subspan(slot * hidden, steps * hidden)};
    memory.steps += steps;
    done[i] += steps;
    records += steps;
  }
  if (records == 0) return false;
  layers.input->project(std::span(ids_).first(records * features), std::span(block.projected).first(records * gates),
                        block.gathered, block.lines);
  layers.cell->run_many(std::span(sequences).first(samples.size()), block.recurrent);
  return true;
}

}  // namespace inkling::models::dipn
