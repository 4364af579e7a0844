#include "models/dipn/dipn_net.h"

#include <algorithm>
#include <cmath>

#include "train/arithmetic.h"
#include "train/network_parts.h"

namespace inkling::models::dipn {
namespace {

using artifact::SafetensorsWriter;
using base::Result;
using base::Status;
using torch::Tensor;

constexpr double kMasked = -1e30;  // finite, so that a row without any record stays finite too

Tensor uniform(std::vector<std::int64_t> shape, double bound) {
  return torch::empty(shape).uniform_(-bound, bound);
}

Tensor length_mask(const Tensor& lengths, std::int64_t steps) {
  return torch::arange(steps, lengths.options()).unsqueeze(0) < lengths.unsqueeze(1);
}

// Softmax over the last axis among the places that `mask` leaves; all zero where it leaves none.
Tensor masked_softmax(const Tensor& logits, const Tensor& mask) {
  return torch::softmax(logits.masked_fill(~mask, kMasked), -1) * mask.to(logits.dtype());
}

// [B, H]: each sample's row at its last record; zero without any.
Tensor last_row(const Tensor& rows, const Tensor& lengths) {
  if (rows.size(1) == 0) return torch::zeros({rows.size(0), rows.size(2)}, rows.options());
  const Tensor index = (lengths - 1).clamp_min(0).view({-1, 1, 1}).expand({-1, 1, rows.size(2)});
  return rows.gather(1, index).squeeze(1) * (lengths > 0).unsqueeze(1).to(rows.dtype());
}

bool reads_context(const Architecture& architecture, const feature::Blueprint& blueprint) {
  return architecture.inter && (architecture.inter_all || blueprint.spec().views.size() > 1);
}

}  // namespace

ViewNetImpl::ViewNetImpl(const Architecture& architecture, const feature::ViewSpec& spec, bool context)
    : architecture_(architecture) {
  const std::int64_t h = architecture.hidden;
  for (std::size_t f = 0; f < spec.features.size(); ++f) {
    embeddings_.push_back(register_module(
        "embed" + std::to_string(f), train::make_embedding(spec.features[f].encoder, architecture.embedding_dim)));
  }
  const std::int64_t input = static_cast<std::int64_t>(spec.features.size()) * architecture.embedding_dim;
  if (architecture.cell == nn::CellKind::kGru) {
    gru_ = register_module("rnn", torch::nn::GRU(torch::nn::GRUOptions(input, h).batch_first(true)));
  } else {
    lstm_ = register_module("rnn", torch::nn::LSTM(torch::nn::LSTMOptions(input, h).batch_first(true)));
  }
  const double bound = 1.0 / std::sqrt(static_cast<double>(h));
  if (architecture.intra) {
    const std::int64_t a = architecture.attention_size;
    intra_state_ = register_parameter("intra_state", uniform({a, h}, bound));
    intra_last_ = register_parameter("intra_last", uniform({a, h}, bound));
    intra_bias_ = register_parameter("intra_bias", torch::zeros({a}));
    intra_query_ = register_parameter("intra_query", uniform({a}, 1.0 / std::sqrt(static_cast<double>(a))));
  }
  if (context) {
    inter_merged_ = register_parameter("inter_merged", uniform({h, h}, bound));
    inter_bias_ = register_parameter("inter_bias", torch::zeros({h}));
  }
}

Tensor ViewNetImpl::embed(const Tensor& ids) {
  std::vector<Tensor> parts;
  for (std::size_t f = 0; f < embeddings_.size(); ++f) {
    parts.push_back(embeddings_[f]->forward(ids.select(2, static_cast<std::int64_t>(f))));
  }
  return torch::cat(parts, 2);
}

namespace {

// Carries a cell through the records before the window, without gradient (the truncation of models.md A.3 step 5).
template <typename Cell, typename State>
State carried_state(Cell& cell, const Tensor& inputs, const Tensor& lengths, State state,
                    const std::function<void(State&, const State&, const Tensor&)>& keep) {
  const Tensor some = (lengths > 0).nonzero().squeeze(1);
  if (some.numel() == 0) return state;
  const auto packed = torch::nn::utils::rnn::pack_padded_sequence(inputs.index_select(0, some),
                                                                  lengths.index_select(0, some).cpu(), true, false);
  keep(state, std::get<1>(cell->forward_with_packed_input(packed)), some);
  return state;
}

void keep_rows(Tensor& state, const Tensor& found, const Tensor& rows) {
  state.index_copy_(1, rows, found);
}

}  // namespace

Tensor ViewNetImpl::run_cell(const train::ViewBatch& batch) {
  const std::int64_t count = batch.ids.size(0), h = architecture_.hidden;
  const torch::TensorOptions options = embeddings_.front()->weight.options().requires_grad(false);
  if (batch.ids.size(1) == 0) return torch::zeros({count, 0, h}, options);
  const Tensor zero = torch::zeros({1, count, h}, options);
  const bool prefix = batch.prefix_ids.size(1) > 0;
  if (!gru_.is_empty()) {
    Tensor state = zero;
    if (prefix) {
      const torch::NoGradGuard no_gradient;
      state = carried_state<torch::nn::GRU, Tensor>(gru_, embed(batch.prefix_ids), batch.prefix_lengths, state,
                                                    keep_rows);
    }
    return std::get<0>(gru_->forward(embed(batch.ids), state));
  }
  using Pair = std::tuple<Tensor, Tensor>;
  Pair state{zero, zero.clone()};
  if (prefix) {
    const torch::NoGradGuard no_gradient;
    state = carried_state<torch::nn::LSTM, Pair>(lstm_, embed(batch.prefix_ids), batch.prefix_lengths, state,
                                                 [](Pair& all, const Pair& found, const Tensor& rows) {
                                                   keep_rows(std::get<0>(all), std::get<0>(found), rows);
                                                   keep_rows(std::get<1>(all), std::get<1>(found), rows);
                                                 });
  }
  return std::get<0>(lstm_->forward(embed(batch.ids), state));
}

Tensor ViewNetImpl::attend(const Tensor& rows, const Tensor& mask, const Tensor& lengths) {
  const Tensor last = torch::matmul(last_row(rows, lengths), intra_last_.t()).unsqueeze(1);
  const Tensor hidden = torch::tanh(torch::matmul(rows, intra_state_.t()) + last + intra_bias_);
  const Tensor alpha = masked_softmax(torch::matmul(hidden, intra_query_), mask);
  const Tensor weight = architecture_.intra_scale_by_length ? alpha * lengths.unsqueeze(1).to(alpha.dtype()) : alpha;
  return rows * weight.unsqueeze(2);
}

ViewNetImpl::States ViewNetImpl::forward(const train::ViewBatch& batch) {
  States states;
  states.lengths = batch.lengths;
  states.mask = length_mask(batch.lengths, batch.ids.size(1));
  states.rows = run_cell(batch);
  states.rows = states.rows * states.mask.unsqueeze(2).to(states.rows.dtype());
  if (architecture_.intra && batch.ids.size(1) > 0) states.rows = attend(states.rows, states.mask, states.lengths);
  return states;
}

Tensor ViewNetImpl::context(const States& own, const Tensor& other_rows, const Tensor& other_mask) {
  if (!inter_merged_.defined() || own.rows.size(1) == 0 || other_rows.size(1) == 0)
    return torch::zeros_like(own.rows);
  const double scale = 1.0 / std::sqrt(static_cast<double>(architecture_.hidden));
  const Tensor queries = torch::matmul(own.rows, inter_merged_) + inter_bias_;
  const Tensor scores = torch::matmul(queries, other_rows.transpose(1, 2)) * scale;
  const Tensor weights = masked_softmax(scores, other_mask.unsqueeze(1).expand_as(scores));
  return torch::matmul(weights, other_rows) * own.mask.unsqueeze(2).to(weights.dtype());
}

Tensor ViewNetImpl::read_out(const States& own, const Tensor& other_rows, const Tensor& other_mask) {
  const Tensor looked_at = context(own, other_rows, other_mask);
  if (architecture_.readout == Readout::kProduct) return (own.rows * looked_at).sum(1);
  const bool product = architecture_.combine == nn::Combine::kTanhProduct && inter_merged_.defined();
  const Tensor rows = product ? own.rows * torch::tanh(looked_at) : own.rows + looked_at;
  const Tensor count = own.lengths.clamp_min(1).unsqueeze(1).to(rows.dtype());
  return torch::cat({last_row(rows, own.lengths), rows.sum(1) / count}, 1);
}

train::fused::ViewShape ViewNetImpl::shape() const {
  const auto size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
  return {embeddings_.size(), size(architecture_.embedding_dim), size(architecture_.hidden),
          architecture_.intra ? size(architecture_.attention_size) : 0, inter_merged_.defined()};
}

train::fused::ViewParameters ViewNetImpl::parameters_of_view() const {
  const auto cell = gru_->named_parameters();
  train::fused::ViewParameters view;
  for (const auto& embedding : embeddings_) view.embeddings.push_back(embedding->weight);
  view.weight_ih = cell["weight_ih_l0"];
  view.weight_hh = cell["weight_hh_l0"];
  view.bias_ih = cell["bias_ih_l0"];
  view.bias_hh = cell["bias_hh_l0"];
  view.intra_state = intra_state_;
  view.intra_last = intra_last_;
  view.intra_bias = intra_bias_;
  view.intra_query = intra_query_;
  view.inter_merged = inter_merged_;
  view.inter_bias = inter_bias_;
  return view;
}

void ViewNetImpl::add_weights(const std::string& view, train::NamedTensors& out) const {
  for (std::size_t f = 0; f < embeddings_.size(); ++f) {
    out.emplace_back(embedding_name(view, f), embeddings_[f]->weight);
  }
  const std::string prefix = "view." + view + ".";
  gru_.is_empty() ? train::add_recurrent(out, prefix + "rnn.", *lstm_)
                  : train::add_recurrent(out, prefix + "rnn.", *gru_);
  if (intra_state_.defined()) {
    out.emplace_back(prefix + "intra.state", intra_state_);
    out.emplace_back(prefix + "intra.last", intra_last_);
    out.emplace_back(prefix + "intra.bias", intra_bias_);
    out.emplace_back(prefix + "intra.query", intra_query_);
  }
  if (!inter_merged_.defined()) return;
  out.emplace_back(prefix + "inter.merged", inter_merged_);
  out.emplace_back(prefix + "inter.bias", inter_bias_);
}

bool has_fused_form(const Architecture& architecture) {
  return architecture.cell == nn::CellKind::kGru && !architecture.inter_all &&
         (architecture.combine == nn::Combine::kResidual || architecture.readout == Readout::kProduct);
}

DipnNet::DipnNet(const Architecture& architecture, const feature::Blueprint& blueprint, double dropout, Form form,
                 train::fused::ReducedPath path)
    : architecture_(architecture), form_(form), path_(path) {
  for (const feature::ViewSpec& view : blueprint.spec().views) {
    view_names_.emplace_back(feature::view_name(view.view));
    views_.push_back(
        register_module(view_names_.back(), ViewNet(architecture, view, reads_context(architecture, blueprint))));
  }
  const auto encoders = blueprint.statistic_id_encoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    statistic_embeddings_.push_back(register_module("statistic" + std::to_string(i),
                                                    train::make_embedding(*encoders[i], architecture.embedding_dim)));
  }
  std::vector<std::int64_t> widths = architecture.mlp;
  const auto targets = static_cast<std::int64_t>(architecture.target_count);
  widths.push_back(targets);
  std::int64_t input = architecture.mlp_input(blueprint);
  for (const std::int64_t width : widths) {
    mlp_.push_back(register_module("mlp" + std::to_string(mlp_.size()), torch::nn::Linear(input, width)));
    input = width;
  }
  dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
  const std::int64_t statistics = architecture.statistics_width(blueprint);
  if (!architecture.wide || statistics == 0) return;
  wide_ = register_module("wide", torch::nn::Linear(statistics, targets));
  torch::nn::init::zeros_(wide_->weight);
  torch::nn::init::zeros_(wide_->bias);
}

void DipnNet::start_from(const std::vector<double>& base_rates) {
  train::start_from_rates(mlp_.back()->bias, base_rates);
}

Tensor DipnNet::statistics(const train::Batch& batch) {
  std::vector<Tensor> parts = {batch.numbers.to(mlp_.front()->weight.dtype())};
  for (std::size_t i = 0; i < statistic_embeddings_.size(); ++i) {
    parts.push_back(statistic_embeddings_[i]->forward(batch.statistic_ids.select(1, static_cast<std::int64_t>(i))));
  }
  return torch::cat(parts, 1);
}

Tensor DipnNet::read_views_composite(const std::vector<train::ViewBatch>& batch) {
  std::vector<ViewNetImpl::States> states;
  for (std::size_t v = 0; v < views_.size(); ++v) states.push_back(views_[v]->forward(batch[v]));
  std::vector<Tensor> parts;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    std::vector<Tensor> rows, masks;
    for (std::size_t w = 0; w < views_.size(); ++w) {
      if (w == v && !architecture_.inter_all) continue;
      rows.push_back(states[w].rows);
      masks.push_back(states[w].mask);
    }
    const bool none = rows.empty();
    parts.push_back(views_[v]->read_out(states[v], none ? states[v].rows.narrow(1, 0, 0) : torch::cat(rows, 1),
                                        none ? states[v].mask.narrow(1, 0, 0) : torch::cat(masks, 1)));
  }
  return torch::cat(parts, 1);
}

train::fused::BodyShape DipnNet::body_shape() const {
  train::fused::BodyShape shape;
  for (const ViewNet& view : views_) shape.views.push_back(view->shape());
  shape.read_out = architecture_.readout == Readout::kProduct ? train::fused::ReadOut::kProduct
                                                              : train::fused::ReadOut::kLastAndMean;
  shape.scale_by_length = architecture_.intra_scale_by_length;
  return shape;
}

std::vector<train::fused::ViewParameters> DipnNet::body_parameters() const {
  std::vector<train::fused::ViewParameters> parameters;
  for (const ViewNet& view : views_) parameters.push_back(view->parameters_of_view());
  return parameters;
}

bool DipnNet::runs_fused() const {
  if (form_ == Form::kComposite || views_.empty() || !has_fused_form(architecture_)) return false;
  const Tensor& any = mlp_.front()->weight;
  return any.device().is_cpu() && any.scalar_type() == torch::kFloat32;
}

std::int64_t DipnNet::micro_batch() const {
  return runs_fused() ? train::fused::kMicroBatch : 0;
}

std::vector<Tensor> DipnNet::tables() const {
  std::vector<Tensor> tables;
  for (const ViewNet& view : views_) {
    for (const auto& embedding : view->embeddings()) tables.push_back(embedding->weight);
  }
  for (const auto& embedding : statistic_embeddings_) tables.push_back(embedding->weight);
  return tables;
}

Tensor DipnNet::read_views(const std::vector<train::ViewBatch>& batch) {
  if (!runs_fused()) return read_views_composite(batch);
  if (fused_ == nullptr)
    fused_ = std::make_unique<train::fused::BodyFunction>(body_shape(), body_parameters(), path_);
  return fused_->forward(batch);
}

Tensor DipnNet::forward(const train::Batch& batch) {
  const Tensor facts = statistics(batch);
  Tensor x = views_.empty() ? facts : torch::cat({read_views(batch.views), facts}, 1);
  for (std::size_t i = 0; i < mlp_.size(); ++i) {
    x = mlp_[i]->forward(x);
    if (i + 1 < mlp_.size()) x = dropout_->forward(torch::relu(x));
  }
  return wide_.is_empty() ? x : x + wide_->forward(facts);
}

double DipnNet::add_gradients(const train::Batch& batch, const std::vector<double>& loss_weights, double share) {
  if (!runs_fused()) return Network::add_gradients(batch, loss_weights, share);
  const Tensor facts = statistics(batch), read = read_views(batch.views);
  const auto found = loss_.add_gradients({mlp_, wide_, is_training() ? dropout_->options.p() : 0}, read.detach(),
                                         facts.detach(), batch.labels, loss_weights, share);
  const std::int64_t width = read.size(1);
  read.backward(found.gradient.narrow(1, 0, width));
  if (facts.requires_grad()) facts.backward(found.gradient.narrow(1, width, facts.size(1)));
  return found.loss;
}

train::NamedTensors DipnNet::weights() const {
  train::NamedTensors out;
  for (std::size_t v = 0; v < views_.size(); ++v) views_[v]->add_weights(view_names_[v], out);
  for (std::size_t i = 0; i < statistic_embeddings_.size(); ++i) {
    out.emplace_back(statistic_embedding_name(i), statistic_embeddings_[i]->weight);
  }
  for (std::size_t i = 0; i < mlp_.size(); ++i) {
    out.emplace_back(mlp_name(i, "weight"), mlp_[i]->weight);
    out.emplace_back(mlp_name(i, "bias"), mlp_[i]->bias);
  }
  if (wide_.is_empty()) return out;
  out.emplace_back("wide.weight", wide_->weight);
  out.emplace_back("wide.bias", wide_->bias);
  return out;
}

Result<SafetensorsWriter> DipnNet::write() const {
  return train::package_weights(weights());
}

train::TableEncoders table_encoders(const feature::Blueprint& blueprint) {
  train::TableEncoders encoders;
  for (const feature::ViewSpec& view : blueprint.spec().views) {
    const std::string name(feature::view_name(view.view));
    for (std::size_t f = 0; f < view.features.size(); ++f) {
      encoders[embedding_name(name, f)] = &view.features[f].encoder;
    }
  }
  const auto statistics = blueprint.statistic_id_encoders();
  for (std::size_t i = 0; i < statistics.size(); ++i) encoders[statistic_embedding_name(i)] = statistics[i];
  return encoders;
}

namespace {

// From the parent's weights, or from random ones and the base rates.
Status start(DipnNet& network, const feature::Blueprint& blueprint, const train::TrainingJob& job) {
  if (job.parent != nullptr) {
    return train::start_from_parent(*job.parent, network.weights(), table_encoders(blueprint));
  }
  std::vector<double> base_rates;
  for (const auto& rates : job.samples->base_rates) base_rates.push_back(rates[0]);
  network.start_from(base_rates);
  return {};
}

// Which arithmetic a training gets that asked for bf16 factors.
std::string arithmetic_note(train::fused::ReducedPath path, bool fused) {
  if (!fused)
    return "precision: reduced changes nothing here: only the fused form has it, and this job runs in LibTorch's "
           "operators";
  if (!path)
    return "precision: reduced changes nothing here: this processor has neither AMX nor AVX512-BF16, so training "
           "computes in float";
  return std::string("large products multiply bf16 factors (") + math::path_name(*path) +
         "), everything else is float";
}

Result<train::TrainedModel> train_dipn(const train::TrainingJob& job) {
  const base::JsonView params(job.params, "params");
  const auto& targets = job.samples->plan.targets;
  INKLING_ASSIGN(const feature::Blueprint blueprint, feature::Blueprint::make(job.samples->blueprint));
  INKLING_ASSIGN(const Architecture architecture, architecture_from_json(params, targets));
  INKLING_TRY(check_architecture(architecture, blueprint));
  INKLING_ASSIGN(const train::FitOptions options, train::fit_options(params, targets.size()));
  INKLING_ASSIGN(const double dropout, params.number("dropout"));
  INKLING_ASSIGN(const train::SequenceData data, train::SequenceData::load(*job.samples));
  train::limit_threads(job.threads);
  torch::manual_seed(job.seed);
  const train::fused::ReducedPath path = train::reduced_path(job);
  DipnNet network(architecture, blueprint, dropout, job.composite ? Form::kComposite : Form::kFastest, path);
  if (job.on_note && train::asks_for_reduced(job)) {
    job.on_note(arithmetic_note(path, network.micro_batch() > 0 && job.device == "cpu"));
  }
  INKLING_TRY(start(network, blueprint, job));
  INKLING_ASSIGN(train::FitOutcome outcome, train::fit_network(network, data, options, job));
  return train::trained_model(network.weights(), job, std::move(outcome));
}

class DipnTraining final : public train::TrainingHalf {
 public:
  [[nodiscard]] std::string_view name() const override { return "dipn"; }
  [[nodiscard]] bool goes_on() const override { return true; }
  [[nodiscard]] Result<train::TrainedModel> train(const train::TrainingJob& job) const override {
    return train::run_training(train_dipn, job);
  }
};

}  // namespace

const train::TrainingHalf& training_half() {
  static const DipnTraining kHalf;
  return kHalf;
}

}  // namespace inkling::models::dipn
