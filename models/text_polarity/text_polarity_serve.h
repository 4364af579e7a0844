// The serving half of text polarity: a text to the probability of each label. README.md says what is computed.
//
// Ownership: holds a copy of the package's weights. Thread safety: immutable, a workspace a thread. Cost: one sort of
// the text's features and one addition a feature and label; allocates only while a workspace grows to its longest
// text. Failure: only load(). Wasm-clean. Source: Wang and Manning (ACL 2012).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "models/tagging_model.h"
#include "models/text_polarity/text_polarity_features.h"

namespace inkling::models::text_polarity {

// Of parameters, and of a package's features.
[[nodiscard]] base::Result<FeatureSpace> read_space(const base::JsonView& json);
void write_space(const FeatureSpace& space, base::Json& json);

// One logistic model for each label against the others; of two labels only for the second.
[[nodiscard]] constexpr std::size_t models_of(std::size_t labels) {
  return labels == 2 ? 1 : labels;
}
// From the models' log-odds to the labels' probabilities, which sum to 1.
void label_probs(std::span<const double> log_odds, std::span<float> probs);

class PolarityTagger final : public TextTagger {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<const PolarityTagger>> load(const base::JsonView& features,
                                                                                const artifact::Safetensors& weights);

  [[nodiscard]] std::span<const std::string> types() const override { return {}; }
  [[nodiscard]] std::span<const std::string> relations() const override { return {}; }
  [[nodiscard]] std::span<const std::string> labels() const override { return labels_; }
  [[nodiscard]] std::unique_ptr<TaggingWorkspace> new_workspace() const override;
  void tag(std::string_view text, TaggingWorkspace& workspace, TaggedText& out) const override;

 private:
  class Workspace;

  std::vector<std::string> labels_;
  FeatureSpace space_;
  std::vector<float> weights_;  // [models x buckets]
  std::vector<float> biases_;   // [models]
};

// The registry's entry (models/tagging_model.h).
[[nodiscard]] const TaggingModel& tagging_model();

}  // namespace inkling::models::text_polarity
