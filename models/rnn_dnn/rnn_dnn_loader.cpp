#include "models/rnn_dnn/rnn_dnn_loader.h"

#include <utility>

#include "feature/target_json.h"

namespace inkling::models::rnn_dnn {

using base::JsonView;
using base::Result;
using base::Status;

namespace {

constexpr std::int64_t kGates = 4;

// Columns `first` to `first + count` of a matrix, row after row.
std::vector<float> columns_of(const nn::Weight& weight, std::size_t first, std::size_t count) {
  std::vector<float> values;
  for (std::size_t row = 0; row < weight.rows; ++row) {
    const auto part = weight.values.subspan(row * weight.cols + first, count);
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

}  // namespace

Result<std::shared_ptr<const RnnDnnScorer>> RnnDnnLoader::load(std::shared_ptr<const void> owner) {
  INKLING_ASSIGN(feature::BlueprintSpec spec, feature::blueprint_from_json(JsonView(manifest_.features, "features")));
  INKLING_ASSIGN(feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
  INKLING_TRY(check_views(blueprint));
  scorer_ = std::shared_ptr<RnnDnnScorer>(new RnnDnnScorer(std::move(blueprint), kernels_));
  scorer_->owner_ = std::move(owner);
  const JsonView params(manifest_.params, "params");
  INKLING_ASSIGN(auto targets, feature::targets_from_json(params));
  scorer_->info_ = {manifest_.name, manifest_.version, targets, "float"};
  INKLING_ASSIGN(scorer_->architecture_, architecture_from_json(params, std::move(targets)));
  const Architecture& shape = scorer_->architecture_;
  INKLING_TRY(load_embeddings());
  for (std::int64_t index = 0; index < shape.layers; ++index) INKLING_TRY(load_layer(index));
  const std::int64_t statistics = shape.statistics_width(scorer_->blueprint_);
  if (statistics > 0 && !shape.user_mlp.empty()) {
    INKLING_ASSIGN(scorer_->user_, load_net("user", statistics, shape.user_mlp));
  }
  INKLING_ASSIGN(scorer_->head_, load_net("head", shape.head_input(scorer_->blueprint_), shape.head_widths()));
  return std::shared_ptr<const RnnDnnScorer>(std::move(scorer_));
}

Result<nn::Weight> RnnDnnLoader::weight(const std::string& name, std::int64_t rows, std::int64_t cols) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {rows, cols}));
  return nn::Weight{name, values, static_cast<std::size_t>(rows), static_cast<std::size_t>(cols)};
}

Result<nn::Weight> RnnDnnLoader::vector(const std::string& name, std::int64_t size) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {size}));
  return nn::Weight{name, values, static_cast<std::size_t>(size), 1};
}

Result<nn::Embedding> RnnDnnLoader::embedding(const std::string& name, const feature::Encoder& encoder) {
  INKLING_ASSIGN(const nn::Weight table, weight(name, encoder.id_count(), scorer_->architecture_.embedding_dim));
  return nn::Embedding::make(table);
}

Status RnnDnnLoader::load_embeddings() {
  const auto& features = scorer_->blueprint_.spec().views.front().features;
  for (std::size_t f = 0; f < features.size(); ++f) {
    INKLING_ASSIGN(auto table, embedding(embedding_name(f), features[f].encoder));
    scorer_->record_embeddings_.push_back(table);
  }
  const auto encoders = scorer_->blueprint_.statistic_id_encoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    INKLING_ASSIGN(auto table, embedding(statistic_embedding_name(i), *encoders[i]));
    scorer_->statistic_embeddings_.push_back(table);
  }
  return {};
}

Status RnnDnnLoader::load_layer(std::int64_t index) {
  const Architecture& shape = scorer_->architecture_;
  const std::int64_t gates = kGates * shape.hidden;
  const std::string prefix = layer_prefix(index);
  nn::RecurrentWeights weights;
  INKLING_ASSIGN(weights.weight_hh, weight(prefix + "weight_hh", gates, shape.hidden));
  INKLING_ASSIGN(weights.bias_ih, vector(prefix + "bias_ih", gates));
  INKLING_ASSIGN(weights.bias_hh, vector(prefix + "bias_hh", gates));
  INKLING_ASSIGN(auto cell, nn::RecurrentCell::make(nn::CellKind::kLstm, weights, kernels_));
  const std::string name = prefix + "weight_ih";
  INKLING_ASSIGN(const nn::Weight inputs, weight(name, gates, shape.layer_input(scorer_->blueprint_, index)));
  const auto below = static_cast<std::size_t>(index > 0 ? shape.hidden : 0);
  const auto width = static_cast<std::size_t>(shape.record_width(scorer_->blueprint_));
  const std::vector<float> of_record = columns_of(inputs, below, width);
  std::vector<nn::InputProjection::Feature> features;
  for (const nn::Embedding& table : scorer_->record_embeddings_) features.push_back({table});
  INKLING_ASSIGN(auto record, nn::InputProjection::make(features, {name, of_record, inputs.rows, width},
                                                        cell.input_bias(), kernels_));
  RnnDnnScorer::Layer layer;
  layer.record = std::make_unique<nn::InputProjection>(std::move(record));
  if (below > 0) layer.below = math::PackedMatrix::from_columns(columns_of(inputs, 0, below), inputs.rows);
  layer.cell = std::make_unique<nn::RecurrentCell>(std::move(cell));
  scorer_->layers_.push_back(std::move(layer));
  return {};
}

Result<std::unique_ptr<nn::Mlp>> RnnDnnLoader::load_net(const char* net, std::int64_t input,
                                                        const std::vector<std::int64_t>& widths) {
  std::vector<nn::Dense> layers;
  for (std::size_t i = 0; i < widths.size(); input = widths[i++]) {
    INKLING_ASSIGN(const nn::Weight w, weight(dense_name(net, i) + ".weight", widths[i], input));
    INKLING_ASSIGN(const nn::Weight b, vector(dense_name(net, i) + ".bias", widths[i]));
    const bool last = i + 1 == widths.size();
    INKLING_ASSIGN(auto dense, nn::Dense::make(w, b, last ? nn::Activation::kNone : nn::Activation::kRelu, kernels_));
    layers.push_back(std::move(dense));
  }
  INKLING_ASSIGN(auto mlp, nn::Mlp::make(std::move(layers)));
  return std::make_unique<nn::Mlp>(std::move(mlp));
}

}  // namespace inkling::models::rnn_dnn
