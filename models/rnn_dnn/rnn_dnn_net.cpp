#include "models/rnn_dnn/rnn_dnn_net.h"

#include <string>
#include <tuple>

#include "train/network_parts.h"

namespace inkling::models::rnn_dnn {
namespace {

using base::Result;
using base::Status;
using torch::Tensor;
namespace rnn = torch::nn::utils::rnn;

// [B, W]: each sample's row at its last record; zero without any.
Tensor last_row(const Tensor& rows, const Tensor& lengths) {
  if (rows.size(1) == 0) return torch::zeros({rows.size(0), rows.size(2)}, rows.options());
  const Tensor index = (lengths - 1).clamp_min(0).view({-1, 1, 1}).expand({-1, 1, rows.size(2)});
  return rows.gather(1, index).squeeze(1) * (lengths > 0).unsqueeze(1).to(rows.dtype());
}

// What a layer reads: the record, behind the layer below.
Tensor joined(const Tensor& below, const Tensor& records) {
  return below.defined() ? torch::cat({below, records}, 2) : records;
}

void add_net(const char* net, const std::vector<torch::nn::Linear>& layers, train::NamedTensors& out) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    out.emplace_back(dense_name(net, i) + ".weight", layers[i]->weight);
    out.emplace_back(dense_name(net, i) + ".bias", layers[i]->bias);
  }
}

}  // namespace

RnnDnnNet::RnnDnnNet(const Architecture& architecture, const feature::Blueprint& blueprint, double dropout)
    : architecture_(architecture) {
  const auto& features = blueprint.spec().views.front().features;
  for (std::size_t f = 0; f < features.size(); ++f) {
    embeddings_.push_back(register_module("embed" + std::to_string(f),
                                          train::make_embedding(features[f].encoder, architecture.embedding_dim)));
  }
  const auto encoders = blueprint.statistic_id_encoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    statistic_embeddings_.push_back(register_module("statistic" + std::to_string(i),
                                                    train::make_embedding(*encoders[i], architecture.embedding_dim)));
  }
  for (std::int64_t l = 0; l < architecture.layers; ++l) {
    const auto options =
        torch::nn::LSTMOptions(architecture.layer_input(blueprint, l), architecture.hidden).batch_first(true);
    layers_.push_back(register_module("layer" + std::to_string(l), torch::nn::LSTM(options)));
  }
  const std::int64_t statistics = architecture.statistics_width(blueprint);
  if (statistics > 0) user_ = make_net("user", statistics, architecture.user_mlp);
  head_ = make_net("head", architecture.head_input(blueprint), architecture.head_widths());
  dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
}

std::vector<torch::nn::Linear> RnnDnnNet::make_net(const char* net, std::int64_t input,
                                                   const std::vector<std::int64_t>& widths) {
  std::vector<torch::nn::Linear> layers;
  for (const std::int64_t width : widths) {
    layers.push_back(register_module(net + std::to_string(layers.size()), torch::nn::Linear(input, width)));
    input = width;
  }
  return layers;
}

void RnnDnnNet::start_from(const std::vector<double>& base_rates) {
  train::start_from_rates(head_.back()->bias, base_rates);
}

Tensor RnnDnnNet::embed(const Tensor& ids) {
  std::vector<Tensor> parts;
  for (std::size_t f = 0; f < embeddings_.size(); ++f) {
    parts.push_back(embeddings_[f]->forward(ids.select(2, static_cast<std::int64_t>(f))));
  }
  return torch::cat(parts, 2);
}

// Every layer's state behind the records before the window; no gradient goes there.
std::vector<RnnDnnNet::State> RnnDnnNet::carried(const train::ViewBatch& view) {
  const torch::NoGradGuard no_gradient;
  const std::int64_t count = view.ids.size(0), steps = view.prefix_ids.size(1);
  const Tensor zero = torch::zeros({1, count, architecture_.hidden}, embeddings_.front()->weight.options());
  std::vector<State> states;
  for (std::size_t l = 0; l < layers_.size(); ++l) states.emplace_back(zero.clone(), zero.clone());
  const Tensor some = (view.prefix_lengths > 0).nonzero().squeeze(1);
  if (some.numel() == 0) return states;
  const Tensor lengths = view.prefix_lengths.index_select(0, some).cpu();
  const Tensor records = embed(view.prefix_ids.index_select(0, some));
  Tensor below;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const auto packed = rnn::pack_padded_sequence(joined(below, records), lengths, true, false);
    const auto [rows, state] = layers_[l]->forward_with_packed_input(packed);
    std::get<0>(states[l]).index_copy_(1, some, std::get<0>(state));
    std::get<1>(states[l]).index_copy_(1, some, std::get<1>(state));
    below = std::get<0>(rnn::pad_packed_sequence(rows, true, 0.0, steps));
  }
  return states;
}

// [B, H + record]: the top layer's last state and the last record itself.
Tensor RnnDnnNet::read_sequence(const train::ViewBatch& view) {
  const Tensor records = embed(view.ids);
  if (view.ids.size(1) == 0) {
    return torch::zeros({view.ids.size(0), architecture_.hidden + records.size(2)}, records.options());
  }
  const auto states = carried(view);
  Tensor below;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    below = std::get<0>(layers_[l]->forward(joined(below, records), states[l]));
  }
  return last_row(torch::cat({below, records}, 2), view.lengths);
}

Tensor RnnDnnNet::read_user(const train::Batch& batch) {
  std::vector<Tensor> parts = {batch.numbers};
  for (std::size_t i = 0; i < statistic_embeddings_.size(); ++i) {
    parts.push_back(statistic_embeddings_[i]->forward(batch.statistic_ids.select(1, static_cast<std::int64_t>(i))));
  }
  Tensor x = torch::cat(parts, 1);
  for (auto& layer : user_) x = dropout_->forward(torch::relu(layer->forward(x)));
  return x;
}

Tensor RnnDnnNet::forward(const train::Batch& batch) {
  Tensor x = torch::cat({read_sequence(batch.views.front()), read_user(batch)}, 1);
  for (std::size_t i = 0; i < head_.size(); ++i) {
    x = head_[i]->forward(x);
    if (i + 1 < head_.size()) x = dropout_->forward(torch::relu(x));
  }
  return x;
}

train::NamedTensors RnnDnnNet::weights() const {
  train::NamedTensors out;
  for (std::size_t f = 0; f < embeddings_.size(); ++f) out.emplace_back(embedding_name(f), embeddings_[f]->weight);
  for (std::size_t i = 0; i < statistic_embeddings_.size(); ++i) {
    out.emplace_back(statistic_embedding_name(i), statistic_embeddings_[i]->weight);
  }
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    train::add_recurrent(out, layer_prefix(static_cast<std::int64_t>(l)), *layers_[l]);
  }
  add_net("user", user_, out);
  add_net("head", head_, out);
  return out;
}

Result<artifact::SafetensorsWriter> RnnDnnNet::write() const {
  return train::package_weights(weights());
}

namespace {

Result<train::TrainedModel> train_rnn_dnn(const train::TrainingJob& job) {
  const base::JsonView params(job.params, "params");
  const auto& targets = job.samples->plan.targets;
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(job.samples->blueprint));
  INKLING_TRY(check_views(blueprint));
  INKLING_ASSIGN(const Architecture architecture, architecture_from_json(params, targets));
  INKLING_ASSIGN(const train::FitOptions options, train::fit_options(params, targets.size()));
  INKLING_ASSIGN(const double dropout, params.number("dropout"));
  INKLING_ASSIGN(const train::SequenceData data, train::SequenceData::load(*job.samples));
  train::limit_threads(job.threads);
  torch::manual_seed(job.seed);
  RnnDnnNet network(architecture, blueprint, dropout);
  std::vector<double> base_rates;
  for (const auto& rates : job.samples->base_rates) base_rates.push_back(rates[0]);
  network.start_from(base_rates);
  INKLING_ASSIGN(train::FitOutcome outcome, train::fit_network(network, data, options, job));
  return train::trained_model(network.weights(), job, std::move(outcome));
}

class RnnDnnTraining final : public train::TrainingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "rnn_dnn"; }
  [[nodiscard]] Result<train::TrainedModel> train(const train::TrainingJob& job) const override {
    return train::run_training(train_rnn_dnn, job);
  }
};

}  // namespace

const train::TrainingHalf& training_half() {
  static const RnnDnnTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::rnn_dnn
