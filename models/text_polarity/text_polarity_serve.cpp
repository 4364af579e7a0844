#include "models/text_polarity/text_polarity_serve.h"

#include <cmath>
#include <numeric>

#include "models/text_polarity/text_polarity_params_yaml.h"

namespace inkling::models::text_polarity {

using base::JsonView;
using base::Result;

Result<FeatureSpace> read_space(const JsonView& json) {
  INKLING_ASSIGN(const std::int64_t length, json.integer("max_length", 1, 8));
  INKLING_ASSIGN(const std::int64_t bits, json.integer("bucket_bits", 8, 24));
  INKLING_ASSIGN(const std::int64_t edge, json.integer("edge_length", 0, 1024));
  INKLING_ASSIGN(const std::int64_t denied, json.integer("denied_length", 0, 100));
  return FeatureSpace{static_cast<std::size_t>(length), static_cast<std::uint32_t>(bits),
                      static_cast<std::size_t>(edge), static_cast<std::size_t>(denied)};
}

void write_space(const FeatureSpace& space, base::Json& json) {
  json.set("max_length", static_cast<std::int64_t>(space.max_length));
  json.set("bucket_bits", space.bucket_bits);
  json.set("edge_length", static_cast<std::int64_t>(space.edge_length));
  json.set("denied_length", static_cast<std::int64_t>(space.denied_length));
}

void label_probs(std::span<const double> log_odds, std::span<float> probs) {
  const auto prob = [](double x) { return 1 / (1 + std::exp(-x)); };
  if (probs.size() == 2) {
    probs[1] = static_cast<float>(prob(log_odds[0]));
    probs[0] = 1 - probs[1];
    return;
  }
  double sum = 0;
  for (const double x : log_odds) sum += prob(x);
  for (std::size_t i = 0; i < probs.size(); ++i) probs[i] = static_cast<float>(prob(log_odds[i]) / sum);
}

class PolarityTagger::Workspace final : public TaggingWorkspace {
 public:
  std::vector<base::CodePoint> text;
  std::vector<std::uint32_t> features;
  std::vector<double> log_odds;
};

Result<std::shared_ptr<const PolarityTagger>> PolarityTagger::load(const JsonView& features,
                                                                   const artifact::Safetensors& weights) {
  auto tagger = std::make_shared<PolarityTagger>();
  INKLING_ASSIGN(const auto labels, features.elements("labels"));
  for (const JsonView& label : labels) {
    INKLING_ASSIGN(tagger->labels_.emplace_back(), label.as_text());
  }
  if (labels.size() < 2) return features.refuse("labels has two entries or more");
  INKLING_ASSIGN(tagger->space_, read_space(features));
  const auto models = static_cast<std::int64_t>(models_of(labels.size()));
  INKLING_ASSIGN(const auto table,
                 weights.floats("weights", {models, std::int64_t{1} << tagger->space_.bucket_bits}));
  INKLING_ASSIGN(const auto biases, weights.floats("biases", {models}));
  tagger->weights_.assign(table.begin(), table.end());
  tagger->biases_.assign(biases.begin(), biases.end());
  return std::shared_ptr<const PolarityTagger>(std::move(tagger));
}

std::unique_ptr<TaggingWorkspace> PolarityTagger::new_workspace() const {
  auto room = std::make_unique<Workspace>();
  room->text.reserve(kMaxTaggedCharacters);
  room->features.reserve(kMaxTaggedCharacters * most_features_a_character(space_));
  room->log_odds.resize(biases_.size());
  return room;
}

void PolarityTagger::tag(std::string_view text, TaggingWorkspace& workspace, TaggedText& out) const {
  auto& room = static_cast<Workspace&>(workspace);
  read_features(text, space_, room.text, room.features);
  const double scale = room.features.empty() ? 0 : 1 / std::sqrt(static_cast<double>(room.features.size()));
  for (std::size_t model = 0; model < biases_.size(); ++model) {
    const float* weights = &weights_[model * space_.buckets()];
    const double sum = std::accumulate(room.features.begin(), room.features.end(), 0.0,
                                       [&](double all, std::uint32_t bucket) { return all + weights[bucket]; });
    room.log_odds[model] = biases_[model] + scale * sum;
  }
  out.spans.clear();
  out.pairs.clear();
  out.label_probs.resize(labels_.size());
  label_probs(room.log_odds, out.label_probs);
}

const TaggingModel& tagging_model() {
  static const TaggingModel kModel = {
      "text_polarity", kParamsYaml,
      [](const artifact::PackageManifest& manifest,
         const artifact::Safetensors& weights) -> Result<std::shared_ptr<const TextTagger>> {
        INKLING_ASSIGN(auto tagger, PolarityTagger::load(JsonView(manifest.features, "features"), weights));
        return std::shared_ptr<const TextTagger>(std::move(tagger));
      }};
  return kModel;
}

}  // namespace inkling::models::text_polarity
