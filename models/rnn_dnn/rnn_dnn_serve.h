// The serving half of rnn_dnn: a package's weights as nn layers, run for one shopper at a time.
//
// Per shopper it keeps a Memory: every layer's state, carried from the session's start, and the last record. A new
// record costs one step of each layer; score() runs the deep net over the statistics and the head.
// Thread safety and cost: see feature::Scorer. Memory size: 2 H floats a layer and room for one record's gates.
// Wasm-clean. Computes in float whatever precision is asked for. Source: README.md beside this file.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "feature/blueprint.h"
#include "feature/scorer.h"
#include "math/kernels.h"
#include "models/model.h"
#include "models/rnn_dnn/rnn_dnn_architecture.h"
#include "nn/dense.h"
#include "nn/embedding.h"
#include "nn/input_projection.h"
#include "nn/recurrent_cell.h"

namespace inkling::models::rnn_dnn {

class RnnDnnScorer final : public feature::Scorer {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<const RnnDnnScorer>> make(
      const artifact::PackageManifest& manifest, const artifact::Safetensors& weights,
      std::shared_ptr<const void> owner, const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] const feature::Blueprint& blueprint() const { return blueprint_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override;
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override;
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override;
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace& workspace, std::span<float> probs) const override;

  // The same from encoded features, without a state: one record, one id a feature.
  void advance(std::span<const std::uint32_t> ids, feature::ScorerMemory& memory) const;
  void score_encoded(const feature::ScorerMemory& memory, bool session_live, std::span<const float> numbers,
                     std::span<const std::uint32_t> ids, feature::ScorerWorkspace& workspace,
                     std::span<float> logits) const;

 private:
  struct Layer {
    std::unique_ptr<nn::InputProjection> record;
    std::optional<math::PackedMatrix> below;  // of the state of the layer below, [H x gates]; the first has none
    std::unique_ptr<nn::RecurrentCell> cell;
  };
  class Memory;
  class Workspace;
  class Reader;
  friend class RnnDnnLoader;

  RnnDnnScorer(feature::Blueprint blueprint, const math::Kernels& kernels)
      : blueprint_(std::move(blueprint)), kernels_(&kernels) {}
  void step(std::span<const std::uint32_t> ids, Memory& memory) const;
  // Copies the embeddings of `ids`, a table each, behind one another.
  static std::span<float> embed(std::span<const std::uint32_t> ids, std::span<const nn::Embedding> tables,
                                std::span<float> out);

  std::shared_ptr<const void> owner_;
  feature::ScorerInfo info_;
  feature::Blueprint blueprint_;
  Architecture architecture_;
  const math::Kernels* kernels_;
  std::vector<nn::Embedding> record_embeddings_, statistic_embeddings_;
  std::vector<Layer> layers_;
  std::unique_ptr<nn::Mlp> user_;  // nothing without statistics or without layers
  std::unique_ptr<nn::Mlp> head_;
};

// The registry's entry (models/model.h).
[[nodiscard]] const ServingModel& serving_half();

}  // namespace inkling::models::rnn_dnn
