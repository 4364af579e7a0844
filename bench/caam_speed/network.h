// CAAM's network from item vectors to logits, put together from the layers of src/nn, for bench/figures/add-on-speed
// only: models/caam is the model that is served. Embeddings are not part of it on any side of the figure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"
#include "nn/batch_mlp.h"
#include "nn/gated_readout.h"
#include "nn/target_attention.h"
#include "nn/trigger_attention.h"

namespace inkling::bench {

// The published sizes; the dense widths are about those of a whole scene.
inline constexpr std::size_t kWidth = 32, kSteps = 100, kTriggers = 10, kCandidates = 500, kHeads = 4;
inline constexpr std::size_t kRequestDense = 24, kCandidateDense = 84;
inline constexpr std::array<std::size_t, 2> kAttentionHidden = {80, 40};
inline constexpr std::array<std::size_t, 3> kTopHidden = {256, 128, 64};
inline constexpr float kSlope = 0.1f;
// In the order of the first layer's columns; the last is the logit's.
inline constexpr std::size_t kTopIn = 5 * kWidth + kRequestDense + kCandidateDense;

struct Request {
  std::span<const float> steps;            // [kSteps x kWidth]
  std::span<const float> triggers;         // [kTriggers x kWidth]
  std::span<const float> unticked;         // [kWidth]
  std::span<const float> dense;            // [kRequestDense]
  std::span<const float> candidates;       // [kCandidates x kWidth]
  std::span<const float> candidate_dense;  // [kCandidates x kCandidateDense]
};

class Network {
 public:
  [[nodiscard]] static base::Result<Network> make(const artifact::Safetensors& weights, math::Precision precision,
                                                  const math::Kernels& kernels);

  // logits [kCandidates], and room for whole lanes. Allocates nothing after the first request.
  void run(const Request& request, std::span<float> logits);

  // The parts of run() in their order, for the clock between them.
  enum Stage : std::size_t { kTakeIn, kTargetAttention, kReadOut, kTop, kStages };
  void run_stage(Stage stage, const Request& request, std::span<float> logits);
  [[nodiscard]] const std::string& arithmetic() const { return arithmetic_; }

 private:
  Network(nn::TargetAttention target, nn::TriggerAttention trigger, nn::GatedReadout readout, nn::BatchMlp top,
          const math::Kernels& kernels, std::string arithmetic);
  void take_in(const Request& request);

  nn::TargetAttention target_;
  nn::TriggerAttention trigger_;
  nn::GatedReadout readout_;
  nn::BatchMlp top_;
  const math::Kernels* kernels_;
  std::string arithmetic_;
  std::vector<float> folded_, trigger_weights_, gate_state_, request_input_, top_folded_;  // of the request
  nn::LaneBuffer inputs_, weights_;
  std::vector<float> scratch_;
  std::vector<math::HalfLine> lines_;
};

// Operations of the products of each stage: a multiplication and an addition count as two.
[[nodiscard]] std::array<double, Network::kStages> stage_mflop();

}  // namespace inkling::bench
