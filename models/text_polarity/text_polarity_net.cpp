#include "models/text_polarity/text_polarity_net.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "models/text_polarity/text_polarity_serve.h"

namespace inkling::models::text_polarity {
namespace {

using base::JsonView;
using base::Result;
using base::Status;

struct Options {
  FeatureSpace space;
  std::uint32_t min_count = 2;
  std::size_t epochs = 10;
  double learning_rate = 0.5, weight_decay = 1e-6, smoothing = 1, held_out = 0.1;
};

Result<Options> read_options(const base::Json& json) {
  const JsonView params(json, "params");
  Options options;
  INKLING_ASSIGN(options.space, read_space(params));
  INKLING_ASSIGN(const std::int64_t count, params.integer("min_count"));
  INKLING_ASSIGN(const std::int64_t epochs, params.integer("epochs"));
  INKLING_ASSIGN(options.learning_rate, params.number("learning_rate"));
  INKLING_ASSIGN(options.weight_decay, params.number("weight_decay"));
  INKLING_ASSIGN(options.smoothing, params.number("smoothing"));
  INKLING_ASSIGN(options.held_out, params.number("held_out"));
  options.min_count = static_cast<std::uint32_t>(count);
  options.epochs = static_cast<std::size_t>(epochs);
  return options;
}

struct Row {
  std::vector<std::uint32_t> features;
  std::uint32_t label = 0;
};

struct LinearModel {
  std::vector<float> weights;  // one a bucket
  float bias = 0;
};

double scale_of(const Row& row) {
  return row.features.empty() ? 0 : 1 / std::sqrt(static_cast<double>(row.features.size()));
}

// log of how much oftener a bucket stands in texts of the label than in others; 0 for buckets of too few texts.
std::vector<float> log_count_ratios(std::span<const Row> rows, std::uint32_t label, const Options& options) {
  std::vector<std::uint32_t> with(options.space.buckets()), all(options.space.buckets());
  double with_sum = 0, without_sum = 0;
  for (const Row& row : rows) {
    const bool is_label = row.label == label;
    (is_label ? with_sum : without_sum) += static_cast<double>(row.features.size());
    for (const std::uint32_t bucket : row.features) {
      ++all[bucket];
      with[bucket] += is_label ? 1 : 0;
    }
  }
  std::vector<float> ratios(all.size());
  const double smoothed = options.smoothing * static_cast<double>(all.size());
  const double base_ratio = std::log((without_sum + smoothed) / (with_sum + smoothed));
  for (std::size_t bucket = 0; bucket < all.size(); ++bucket) {
    if (all[bucket] < options.min_count) continue;
    ratios[bucket] = static_cast<float>(
        std::log((with[bucket] + options.smoothing) / (all[bucket] - with[bucket] + options.smoothing)) + base_ratio);
  }
  return ratios;
}

// AdaGrad over one row after the other in a new order every epoch. Weights stay in the features' own scale, in which
// the ratios are part of the features; the model returned has them multiplied in.
class LogisticFit {
 public:
  LogisticFit(std::span<const Row> rows, std::uint32_t label, const Options& options)
      : rows_(rows),
        label_(label),
        options_(options),
        ratios_(log_count_ratios(rows, label, options)),
        weights_(ratios_.size()),
        squares_(ratios_.size(), 1e-6F) {}

  LinearModel run(std::uint64_t seed) {
    base::Random random(seed);
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t epoch = 0; epoch < options_.epochs; ++epoch) {
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
      for (const std::size_t i : order) step(rows_[i]);
    }
    for (std::size_t bucket = 0; bucket < weights_.size(); ++bucket) weights_[bucket] *= ratios_[bucket];
    return {std::move(weights_), static_cast<float>(bias_)};
  }

 private:
  void step(const Row& row) {
    const double scale = scale_of(row);
    double sum = 0;
    for (const std::uint32_t bucket : row.features) sum += static_cast<double>(weights_[bucket] * ratios_[bucket]);
    const double prob = 1 / (1 + std::exp(-(bias_ + scale * sum)));
    const double error = prob - (row.label == label_ ? 1 : 0);
    bias_squares_ += error * error;
    bias_ -= options_.learning_rate * error / std::sqrt(bias_squares_);
    for (const std::uint32_t bucket : row.features) {
      const auto gradient = static_cast<float>(error * scale * static_cast<double>(ratios_[bucket]) +
                                               options_.weight_decay * static_cast<double>(weights_[bucket]));
      squares_[bucket] += gradient * gradient;
      weights_[bucket] -= static_cast<float>(options_.learning_rate) * gradient / std::sqrt(squares_[bucket]);
    }
  }

  std::span<const Row> rows_;
  std::uint32_t label_;
  const Options& options_;
  std::vector<float> ratios_, weights_, squares_;
  double bias_ = 0, bias_squares_ = 1e-6;
};

std::vector<LinearModel> fit_all(std::span<const Row> rows, std::size_t labels, const Options& options,
                                 std::uint64_t seed) {
  std::vector<LinearModel> models;
  for (std::size_t model = 0; model < models_of(labels); ++model) {
    const auto label = static_cast<std::uint32_t>(labels == 2 ? 1 : model);
    models.push_back(LogisticFit(rows, label, options).run(base::mix64(seed) + model));
  }
  return models;
}

std::map<std::string, double> held_out_metrics(std::span<const Row> rows, std::span<const LinearModel> models,
                                               std::size_t labels) {
  std::vector<double> log_odds(models.size());
  std::vector<float> probs(labels);
  double right = 0, loss = 0;
  for (const Row& row : rows) {
    for (std::size_t m = 0; m < models.size(); ++m) {
      double sum = 0;
      for (const std::uint32_t bucket : row.features) sum += models[m].weights[bucket];
      log_odds[m] = models[m].bias + scale_of(row) * sum;
    }
    label_probs(log_odds, probs);
    right += std::ranges::max_element(probs) - probs.begin() == row.label ? 1 : 0;
    loss -= std::log(std::max(probs[row.label], 1e-7F));
  }
  const auto count = static_cast<double>(rows.size());
  return {{"held_out.texts", count}, {"held_out.accuracy", right / count}, {"held_out.log_loss", loss / count}};
}

base::Json features_json(const train::LabelledTexts& texts, const FeatureSpace& space) {
  base::Json json = base::Json::object(), labels = base::Json::array();
  for (const std::string& label : texts.labels) labels.push(label);
  json.set("labels", std::move(labels));
  write_space(space, json);
  return json;
}

Status write_models(std::span<const LinearModel> models, artifact::SafetensorsWriter& out) {
  std::vector<float> weights, biases;
  for (const LinearModel& model : models) {
    weights.insert(weights.end(), model.weights.begin(), model.weights.end());
    biases.push_back(model.bias);
  }
  const auto count = static_cast<std::int64_t>(models.size());
  INKLING_TRY(out.add<float>("weights", {count, static_cast<std::int64_t>(weights.size()) / count}, weights));
  return out.add<float>("biases", {count}, biases);
}

class PolarityTraining final : public train::TaggingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "text_polarity"; }

  [[nodiscard]] Result<train::LearntTagger> train(const train::TaggingJob& job) const override {
    INKLING_ASSIGN(const Options options, read_options(job.params));
    const std::size_t labels = job.texts.labels.size();
    if (labels < 2) return base::invalid_input("the labelled texts have fewer than two labels to tell apart.");
    std::vector<Row> rows, held_out;
    std::vector<base::CodePoint> room;
    for (const train::LabelledText& text : job.texts.texts) {
      if (!text.label) continue;
      Row row;
      row.label = *text.label;
      read_features(text.text, options.space, room, row.features);
      (train::is_held_out(text.text, options.held_out) ? held_out : rows).push_back(std::move(row));
    }
    train::LearntTagger learnt;
    if (!held_out.empty()) {
      learnt.metrics = held_out_metrics(held_out, fit_all(rows, labels, options, job.seed), labels);
      std::ranges::move(held_out, std::back_inserter(rows));
    }
    INKLING_TRY(write_models(fit_all(rows, labels, options, job.seed), learnt.weights));
    learnt.features = features_json(job.texts, options.space);
    return learnt;
  }
};

}  // namespace

const train::TaggingHalf& tagging_half() {
  static const PolarityTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::text_polarity
