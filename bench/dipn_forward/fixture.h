// The model and the inputs of bench/figures/dipn-forward-vs-onnxruntime: DIPN as its shape is published (14, 3 and 6
// features, windows of 100, 50 and 50), random weights, random ids. Written once by our own package writer, so that
// our side and the peer's twin read the same bytes. For that figure only.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "artifact/package.h"
#include "base/core/result.h"
#include "models/dipn/dipn_batch.h"
#include "models/dipn/dipn_serve.h"

namespace inkling::bench {

inline constexpr std::size_t kInputCount = 64;  // in rotation, so that no input's table rows stay in a cache

// One input: the ids of each view, [window x features], and its number of records.
struct ForwardInput {
  std::vector<std::vector<std::uint32_t>> ids;
};

// A package and its bytes, loaded for scoring.
struct ForwardModel {
  std::shared_ptr<artifact::Package> package;
  std::shared_ptr<const models::dipn::DipnScorer> scorer;
};

// Writes <folder>/<readout>/packages/dipn/v1 for the read-outs "product" and "last_and_mean" and
// <folder>/inputs.safetensors. The last layers are scaled so that logits deviate by 1.2 over the inputs.
[[nodiscard]] base::Status make_fixture(const std::filesystem::path& folder);

[[nodiscard]] base::Result<ForwardModel> load_model(const std::filesystem::path& folder, const std::string& readout,
                                                    math::Precision precision, const math::Kernels& kernels);
[[nodiscard]] base::Result<std::vector<ForwardInput>> load_inputs(const std::filesystem::path& folder);

// All inputs at once, as models/dipn/dipn_batch.h takes them.
class BatchForward {
 public:
  BatchForward(std::shared_ptr<const models::dipn::DipnScorer> scorer, const std::vector<ForwardInput>& inputs);
  void run() { batch_.score(samples_, logits_); }
  [[nodiscard]] std::vector<std::vector<float>> all();

 private:
  models::dipn::DipnBatch batch_;
  std::vector<models::dipn::BatchSample> samples_;
  std::vector<float> logits_;
};

// Ids to logits, two for each input, from an empty memory.
class Forward {
 public:
  explicit Forward(std::shared_ptr<const models::dipn::DipnScorer> scorer);
  void run(const ForwardInput& input, std::span<float> logits);
  [[nodiscard]] std::vector<std::vector<float>> all(const std::vector<ForwardInput>& inputs);

 private:
  std::shared_ptr<const models::dipn::DipnScorer> scorer_;
  std::unique_ptr<feature::ScorerMemory> memory_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
};

}  // namespace inkling::bench
