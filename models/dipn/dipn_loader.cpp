#include "models/dipn/dipn_loader.h"

#include <algorithm>

#include "models/dipn/dipn_stream.h"

namespace inkling::models::dipn {

using base::JsonView;
using base::Result;
using base::Status;

namespace {

// Folded tables pay while all of them stay in a core's cache beside everything else; a table too many costs every
// record trips to a farther one. An estimate from the size of such caches: docs/results/kernels.md only shows that
// tables of 2.3 MB together and more lose.
constexpr std::size_t kFoldedBytes = 1 << 20;

// The largest vocabulary that is folded when features are folded from the smallest on, all views together.
std::size_t largest_folded_vocab(const feature::BlueprintSpec& spec, std::size_t row_bytes) {
  std::vector<std::size_t> vocabs;
  for (const feature::ViewSpec& view : spec.views) {
    for (const feature::FeatureSpec& feature : view.features) vocabs.push_back(feature.encoder.id_count());
  }
  std::ranges::sort(vocabs);
  std::size_t largest = 0, bytes = 0;
  for (auto next = vocabs.begin(); next != vocabs.end();) {
    const auto end = std::ranges::upper_bound(next, vocabs.end(), *next);
    bytes += static_cast<std::size_t>(end - next) * *next * row_bytes;
    if (bytes > kFoldedBytes) break;
    largest = *next;
    next = end;
  }
  return largest;
}

bool reads_context(const Architecture& architecture, std::size_t views) {
  return architecture.inter && (architecture.inter_all || views > 1);
}

}  // namespace

Result<std::shared_ptr<const DipnScorer>> DipnLoader::load(std::shared_ptr<const void> owner) {
  INKLING_ASSIGN(feature::BlueprintSpec spec, feature::blueprint_from_json(JsonView(manifest_.features, "features")));
  INKLING_ASSIGN(feature::Blueprint blueprint, feature::Blueprint::make(std::move(spec)));
  scorer_ = std::shared_ptr<DipnScorer>(new DipnScorer(std::move(blueprint), precision_, kernels_));
  scorer_->owner_ = std::move(owner);
  const JsonView params(manifest_.params, "params");
  INKLING_ASSIGN(auto targets, targets_from_json(params));
  scorer_->info_ = {manifest_.name, manifest_.version, targets, {}};
  INKLING_ASSIGN(scorer_->architecture_, architecture_from_json(params, std::move(targets)));
  INKLING_TRY(check_architecture(scorer_->architecture_, scorer_->blueprint_));
  const Architecture& shape = scorer_->architecture_;
  scorer_->info_.arithmetic = math::arithmetic_name(scorer_->reduced_, shape.cell == nn::CellKind::kGru);
  largest_folded_vocab_ = largest_folded_vocab(
      scorer_->blueprint_.spec(), static_cast<std::size_t>(shape.gate_count() * shape.hidden) * sizeof(float));
  for (std::size_t v = 0; v < scorer_->blueprint_.spec().views.size(); ++v) INKLING_TRY(load_view(v));
  INKLING_TRY(load_statistics());
  INKLING_TRY(load_mlp());
  if (scorer_->can_stream()) {
    scorer_->stream_plan_ = std::make_shared<const DipnScorer::StreamPlan>(scorer_->stream_plan());
  }
  return std::shared_ptr<const DipnScorer>(std::move(scorer_));
}

Result<nn::Weight> DipnLoader::weight(const std::string& name, std::int64_t rows, std::int64_t cols) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {rows, cols}));
  return nn::Weight{name, values, static_cast<std::size_t>(rows), static_cast<std::size_t>(cols)};
}

Result<nn::Weight> DipnLoader::vector(const std::string& name, std::int64_t size) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {size}));
  return nn::Weight{name, values, static_cast<std::size_t>(size), 1};
}

Result<nn::Embedding> DipnLoader::embedding(const std::string& name, const feature::Encoder& encoder) {
  INKLING_ASSIGN(const nn::Weight table, weight(name, encoder.id_count(), scorer_->architecture_.embedding_dim));
  return nn::Embedding::make(table);
}

Status DipnLoader::load_view(std::size_t index) {
  const feature::ViewSpec& spec = scorer_->blueprint_.spec().views[index];
  const std::string prefix = "view." + std::string(feature::view_name(spec.view)) + ".";
  DipnScorer::ViewLayers layers;
  layers.window = spec.window;
  INKLING_TRY(load_cell(prefix + "rnn.", layers));
  INKLING_TRY(load_input(index, prefix + "rnn.", layers));
  INKLING_TRY(load_attention(prefix, layers));
  scorer_->views_.push_back(std::move(layers));
  return {};
}

Status DipnLoader::load_cell(const std::string& prefix, DipnScorer::ViewLayers& layers) {
  const Architecture& shape = scorer_->architecture_;
  const std::int64_t gates = shape.gate_count() * shape.hidden;
  nn::RecurrentWeights weights;
  INKLING_ASSIGN(weights.weight_hh, weight(prefix + "weight_hh", gates, shape.hidden));
  INKLING_ASSIGN(weights.bias_ih, vector(prefix + "bias_ih", gates));
  INKLING_ASSIGN(weights.bias_hh, vector(prefix + "bias_hh", gates));
  INKLING_ASSIGN(auto cell, nn::RecurrentCell::make(shape.cell, weights, kernels_, scorer_->reduced_));
  layers.cell = std::make_unique<nn::RecurrentCell>(std::move(cell));
  return {};
}

Status DipnLoader::load_input(std::size_t index, const std::string& prefix, DipnScorer::ViewLayers& layers) {
  const Architecture& shape = scorer_->architecture_;
  const feature::ViewSpec& spec = scorer_->blueprint_.spec().views[index];
  const std::string name(feature::view_name(spec.view));
  std::vector<nn::InputProjection::Feature> features;
  for (std::size_t f = 0; f < spec.features.size(); ++f) {
    INKLING_ASSIGN(const auto table, embedding(embedding_name(name, f), spec.features[f].encoder));
    features.push_back({table, table.vocab() <= largest_folded_vocab_});
  }
  const auto width = static_cast<std::int64_t>(spec.features.size()) * shape.embedding_dim;
  INKLING_ASSIGN(const nn::Weight w, weight(prefix + "weight_ih", shape.gate_count() * shape.hidden, width));
  INKLING_ASSIGN(auto input,
                 nn::InputProjection::make(features, w, layers.cell->input_bias(), kernels_, scorer_->reduced_));
  layers.input = std::make_unique<nn::InputProjection>(std::move(input));
  return {};
}

Status DipnLoader::load_attention(const std::string& prefix, DipnScorer::ViewLayers& layers) {
  const Architecture& shape = scorer_->architecture_;
  if (shape.intra) {
    nn::IntraAttentionWeights weights;
    INKLING_ASSIGN(weights.state, weight(prefix + "intra.state", shape.attention_size, shape.hidden));
    INKLING_ASSIGN(weights.last, weight(prefix + "intra.last", shape.attention_size, shape.hidden));
    INKLING_ASSIGN(weights.bias, vector(prefix + "intra.bias", shape.attention_size));
    INKLING_ASSIGN(weights.query, vector(prefix + "intra.query", shape.attention_size));
    INKLING_ASSIGN(auto intra,
                   nn::IntraAttention::make(weights, shape.intra_scale_by_length, kernels_, scorer_->reduced_));
    layers.intra = std::make_unique<nn::IntraAttention>(std::move(intra));
  }
  if (reads_context(shape, scorer_->blueprint_.spec().views.size())) {
    INKLING_ASSIGN(const nn::Weight merged, weight(prefix + "inter.merged", shape.hidden, shape.hidden));
    INKLING_ASSIGN(const nn::Weight bias, vector(prefix + "inter.bias", shape.hidden));
    INKLING_ASSIGN(auto inter, nn::InterAttention::make(merged, bias, kernels_, scorer_->reduced_));
    layers.inter = std::make_unique<nn::InterAttention>(std::move(inter));
  }
  return {};
}

Status DipnLoader::load_statistics() {
  const auto encoders = scorer_->blueprint_.statistic_id_encoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    INKLING_ASSIGN(auto table, embedding(statistic_embedding_name(i), *encoders[i]));
    scorer_->statistic_embeddings_.push_back(std::move(table));
  }
  return {};
}

Status DipnLoader::load_mlp() {
  const Architecture& shape = scorer_->architecture_;
  const auto targets = static_cast<std::int64_t>(shape.targets.size());
  std::vector<std::int64_t> widths = shape.mlp;
  widths.push_back(targets);
  std::vector<nn::Dense> layers;
  std::int64_t input = shape.mlp_input(scorer_->blueprint_);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const bool last = i + 1 == widths.size();
    INKLING_ASSIGN(const nn::Weight w, weight(mlp_name(i, "weight"), widths[i], input));
    INKLING_ASSIGN(const nn::Weight b, vector(mlp_name(i, "bias"), widths[i]));
    INKLING_ASSIGN(auto dense, nn::Dense::make(w, b, last ? nn::Activation::kNone : nn::Activation::kRelu, kernels_));
    layers.push_back(std::move(dense));
    input = widths[i];
  }
  INKLING_ASSIGN(auto mlp, nn::Mlp::make(std::move(layers)));
  scorer_->mlp_ = std::make_unique<nn::Mlp>(std::move(mlp));
  const std::int64_t statistics = shape.statistics_width(scorer_->blueprint_);
  if (!shape.wide || statistics == 0) return {};
  INKLING_ASSIGN(const nn::Weight w, weight("wide.weight", targets, statistics));
  INKLING_ASSIGN(const nn::Weight b, vector("wide.bias", targets));
  INKLING_ASSIGN(auto wide, nn::Dense::make(w, b, nn::Activation::kNone, kernels_));
  scorer_->wide_ = std::make_unique<nn::Dense>(std::move(wide));
  return {};
}

}  // namespace inkling::models::dipn
