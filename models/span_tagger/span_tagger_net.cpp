#include "models/span_tagger/span_tagger_net.h"

#include <torch/torch.h>

#include <exception>
#include <utility>
#include <vector>

#include "models/span_tagger/span_tagger_fit_net.h"
#include "models/span_tagger/span_tagger_measure_net.h"
#include "models/span_tagger/span_tagger_serve.h"
#include "train/network_parts.h"

namespace inkling::models::span_tagger {
namespace {

using base::JsonView;
using base::Result;
using base::Status;
using Texts = std::vector<const train::LabelledText*>;

struct Options {
  FitOptions fit;
  double dropout = 0, held_out = 0;
  std::uint32_t min_count = 1;
};

template <typename Count>
Status read_count(const JsonView& params, std::string_view name, Count& count) {
  INKLING_ASSIGN(const auto value, params.integer(name));
  count = static_cast<Count>(value);
  return {};
}

Result<Options> read_options(const train::TaggingJob& job, Architecture& shape) {
  const JsonView params(job.params, "params");
  Options options;
  INKLING_TRY(read_count(params, "character_dim", shape.character_dim));
  INKLING_TRY(read_count(params, "bigram_dim", shape.bigram_dim));
  INKLING_TRY(read_count(params, "word_dim", shape.word_dim));
  INKLING_TRY(read_count(params, "hidden", shape.hidden));
  INKLING_TRY(read_count(params, "pair_hidden", shape.pair_hidden));
  INKLING_TRY(read_count(params, "min_count", options.min_count));
  INKLING_TRY(read_count(params, "epochs", options.fit.epochs));
  INKLING_TRY(read_count(params, "batch_size", options.fit.batch_size));
  INKLING_ASSIGN(options.fit.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.fit.weight_decay, params.number("weight_decay"));
  INKLING_ASSIGN(options.fit.gradient_clip, params.number("gradient_clip"));
  INKLING_ASSIGN(options.fit.forget, params.number("forget"));
  INKLING_ASSIGN(options.fit.pair_weight, params.number("pair_weight"));
  INKLING_ASSIGN(options.dropout, params.number("dropout"));
  INKLING_ASSIGN(options.held_out, params.number("held_out"));
  options.fit.seed = job.seed;
  options.fit.on_note = job.on_note;
  return options;
}

Status write_thresholds(const Thresholds& thresholds, artifact::SafetensorsWriter& out) {
  INKLING_TRY(
      out.add<float>("thresholds.spans", {static_cast<std::int64_t>(thresholds.spans.size())}, thresholds.spans));
  return out.add<float>("thresholds.pair", {1}, std::span(&thresholds.pair, 1));
}

Result<artifact::SafetensorsWriter> package(const train::NamedTensors& weights, const Vocabulary& vocabulary,
                                            const Thresholds& thresholds) {
  INKLING_ASSIGN(artifact::SafetensorsWriter out, train::package_weights(weights));
  INKLING_TRY(write_vocabulary(vocabulary, out));
  INKLING_TRY(write_thresholds(thresholds, out));
  return out;
}

// Of the package as it will be served.
Result<train::LearntTagger> with_thresholds(const train::NamedTensors& weights, const Vocabulary& vocabulary,
                                            const Architecture& shape, const Texts& held_out) {
  Thresholds thresholds{std::vector<float>(shape.types.size(), 0.4F), 0.2F};
  train::LearntTagger learnt;
  learnt.features = features_json(shape);
  if (!held_out.empty()) {
    INKLING_ASSIGN(const artifact::SafetensorsWriter draft, package(weights, vocabulary, thresholds));
    INKLING_ASSIGN(const std::vector<std::byte> bytes, draft.bytes());
    INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(bytes));
    INKLING_ASSIGN(const auto tagger, SpanTagger::load(JsonView(learnt.features, "features"), tensors));
    thresholds = choose_thresholds(*tagger, held_out);
    for (const auto& [name, value] : metrics_of(measure(*tagger, held_out, thresholds), *tagger)) {
      learnt.metrics["held_out." + name] = value;
    }
  }
  INKLING_ASSIGN(learnt.weights, package(weights, vocabulary, thresholds));
  return learnt;
}

Result<train::LearntTagger> train_tagger(const train::TaggingJob& job) {
  INKLING_ASSIGN(Architecture shape, read_labels(job.texts));
  INKLING_ASSIGN(const Options options, read_options(job, shape));
  Texts taught, held_out;
  for (const train::LabelledText& text : job.texts.texts) {
    (train::is_held_out(text.text, options.held_out) ? held_out : taught).push_back(&text);
  }
  INKLING_ASSIGN(const Vocabulary vocabulary, learn_vocabulary(taught, shape, options.min_count));
  std::vector<Sample> samples;
  for (const train::LabelledText* text : taught) samples.push_back(make_sample(*text, shape, vocabulary));
  torch::manual_seed(job.seed);
  torch::set_num_threads(job.threads);
  SpanTaggerNet net(shape, vocabulary, options.dropout);
  fit(net, shape, samples, options.fit);
  return with_thresholds(net.weights(), vocabulary, shape, held_out);
}

class SpanTaggerTraining final : public train::TaggingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "span_tagger"; }
  [[nodiscard]] Result<train::LearntTagger> train(const train::TaggingJob& job) const override {
    try {
      return train_tagger(job);
    } catch (const std::exception& error) {
      return base::internal_error(std::string("span_tagger: LibTorch says: ") + error.what());
    }
  }
};

}  // namespace

const train::TaggingHalf& tagging_half() {
  static const SpanTaggerTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::span_tagger
