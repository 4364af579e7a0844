// The serving half of the span tagger: a text to its spans and pairs. README.md says what is computed.
//
// Ownership: holds copies of all it needs of a package. Thread safety: immutable, a workspace a thread. Cost: some
// 2 H (E + H) 6 operations a character, H the units a direction and E the width of its embeddings; tag() allocates
// nothing but what `out` grows by. Failure: only load(), which names feature or tensor. Source: Huang, Xu and Yu
// (2015) for the network; wasm-clean.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/span_tagger/span_tagger_architecture.h"
#include "models/span_tagger/span_tagger_chain.h"
#include "models/span_tagger/span_tagger_pairs.h"
#include "models/span_tagger/span_tagger_vocabulary.h"
#include "models/tagging_model.h"
#include "nn/dense.h"
#include "nn/input_projection.h"
#include "nn/recurrent_cell.h"

namespace inkling::models::span_tagger {

inline constexpr std::size_t kMaxSpanCharacters = 24;

// From which probability on a span of each type, and a pair, is told.
struct Thresholds {
  std::vector<float> spans;
  float pair = 0.5F;
};

// Every span at least as probable as its threshold; of two that overlap and have the same chain the likelier.
void choose_spans(const Architecture& architecture, std::span<const float> thresholds,
                  std::span<const std::vector<ChainSpan>> likely, std::vector<FoundSpan>& out);

class SpanTagger final : public TextTagger {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<const SpanTagger>> load(
      const base::JsonView& features, const artifact::Safetensors& weights,
      const math::Kernels& kernels = math::simd_kernels());

  [[nodiscard]] std::span<const std::string> types() const override { return architecture_.types; }
  [[nodiscard]] std::span<const std::string> relations() const override { return architecture_.relations; }
  [[nodiscard]] std::span<const std::string> labels() const override { return {}; }
  [[nodiscard]] std::unique_ptr<TaggingWorkspace> new_workspace() const override;
  void tag(std::string_view text, TaggingWorkspace& workspace, TaggedText& out) const override;

  // Of each chain the spans that are not quite improbable, whatever the thresholds; until the workspace is used
  // again.
  [[nodiscard]] std::span<const std::vector<ChainSpan>> likely_spans(std::string_view text,
                                                                     TaggingWorkspace& workspace) const;
  // As tag() with other thresholds than the package's, to choose them.
  void tag_at(std::string_view text, const Thresholds& thresholds, TaggingWorkspace& workspace,
              TaggedText& out) const;
  [[nodiscard]] const Architecture& architecture() const { return architecture_; }

 private:
  class Workspace;
  struct Direction {
    nn::InputProjection input;
    nn::RecurrentCell cell;
  };
  struct PairNet {
    std::vector<nn::Embedding> tables;
    nn::Mlp net;
  };
  friend class SpanTaggerLoader;
  SpanTagger() = default;

  void run(const Direction& direction, std::span<const std::uint32_t> ids, Workspace& workspace) const;
  void read_states(Workspace& workspace) const;
  void find_pairs(float threshold, Workspace& workspace, TaggedText& out) const;
  // Of no relation, then of each. [relations + 1]
  void pair_probs(const PlacedSpan& first, const PlacedSpan& second, Workspace& workspace) const;

  Architecture architecture_;
  Vocabulary vocabulary_;
  std::vector<Direction> directions_;          // forward, backward
  std::vector<math::PackedMatrix> emissions_;  // one: [2 H x tags]
  std::vector<float> emission_bias_;
  std::vector<Chain> chains_;
  std::vector<PairNet> pairs_;  // none or one
  Thresholds thresholds_;
  std::vector<std::vector<float>> storage_;  // what the layers view
  const math::Kernels* kernels_ = nullptr;
};

// The registry's entry (models/tagging_model.h).
[[nodiscard]] const TaggingModel& tagging_model();

}  // namespace inkling::models::span_tagger
