#include "models/dipn/dipn_loader.h"

#include <algorithm>

#include "models/dipn/dipn_stream.h"

namespace inkling::models::dipn {

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

Status DipnLoader::load() {
  const feature::BlueprintSpec& spec = scorer_.blueprint_.spec();
  INKLING_TRY(check_architecture(shape_, scorer_.blueprint_));
  scorer_.info_.arithmetic = math::arithmetic_name(scorer_.reduced_, shape_.cell == nn::CellKind::kGru);
  largest_folded_vocab_ = largest_folded_vocab(spec, gates_size() * sizeof(float));
  for (const feature::ViewSpec& view : spec.views) INKLING_TRY(load_view(view));
  INKLING_TRY(load_statistics());
  INKLING_TRY(load_mlp());
  if (scorer_.check_streams().ok()) {
    scorer_.stream_plan_ = std::make_shared<const DipnScorer::StreamPlan>(scorer_.stream_plan());
  }
  return {};
}

Status DipnLoader::matrix(const TensorKey& key, std::size_t rows, std::size_t columns, nn::Weight& out) {
  return source_.take(key, rows, columns, out);
}

Status DipnLoader::vector(const TensorKey& key, std::size_t size, nn::Weight& out) {
  return source_.take(key, size, WeightSource::kVector, out);
}

Result<nn::Embedding> DipnLoader::embedding(const TensorKey& key, const feature::Encoder& encoder) {
  nn::Weight table;
  INKLING_TRY(matrix(key, encoder.id_count(), embedding_dim_, table));
  return nn::Embedding::make(table);
}

Status DipnLoader::load_view(const feature::ViewSpec& spec) {
  DipnScorer::ViewLayers& layers = scorer_.views_.emplace_back();
  layers.window = spec.window;
  INKLING_TRY(load_cell(spec.view, layers));
  INKLING_TRY(load_input(spec, layers));
  if (shape_.intra) INKLING_TRY(load_intra(spec.view, layers));
  return reads_context(shape_, scorer_.blueprint_.spec().views.size()) ? load_inter(spec.view, layers) : Status();
}

Status DipnLoader::load_cell(feature::View view, DipnScorer::ViewLayers& layers) {
  nn::RecurrentWeights weights;
  INKLING_TRY(matrix({TensorPart::kWeightHh, view}, gates_size(), hidden_, weights.weight_hh));
  INKLING_TRY(vector({TensorPart::kBiasIh, view}, gates_size(), weights.bias_ih));
  INKLING_TRY(vector({TensorPart::kBiasHh, view}, gates_size(), weights.bias_hh));
  INKLING_ASSIGN(auto cell, nn::RecurrentCell::make(shape_.cell, weights, kernels_, scorer_.reduced_));
  layers.cell = std::make_unique<nn::RecurrentCell>(std::move(cell));
  return {};
}

Status DipnLoader::load_input(const feature::ViewSpec& spec, DipnScorer::ViewLayers& layers) {
  std::vector<nn::InputProjection::Feature> features;
  for (std::size_t f = 0; f < spec.features.size(); ++f) {
    INKLING_ASSIGN(const auto table, embedding({TensorPart::kEmbedding, spec.view, f}, spec.features[f].encoder));
    features.push_back({table, table.vocab() <= largest_folded_vocab_});
  }
  nn::Weight w;
  INKLING_TRY(matrix({TensorPart::kWeightIh, spec.view}, gates_size(), spec.features.size() * embedding_dim_, w));
  INKLING_ASSIGN(auto input,
                 nn::InputProjection::make(features, w, layers.cell->input_bias(), kernels_, scorer_.reduced_));
  layers.input = std::make_unique<nn::InputProjection>(std::move(input));
  return {};
}

Status DipnLoader::load_intra(feature::View view, DipnScorer::ViewLayers& layers) {
  const auto size = static_cast<std::size_t>(shape_.attention_size);
  nn::IntraAttentionWeights weights;
  INKLING_TRY(matrix({TensorPart::kIntraState, view}, size, hidden_, weights.state));
  INKLING_TRY(matrix({TensorPart::kIntraLast, view}, size, hidden_, weights.last));
  INKLING_TRY(vector({TensorPart::kIntraBias, view}, size, weights.bias));
  INKLING_TRY(vector({TensorPart::kIntraQuery, view}, size, weights.query));
  INKLING_ASSIGN(auto intra,
                 nn::IntraAttention::make(weights, shape_.intra_scale_by_length, kernels_, scorer_.reduced_));
  layers.intra = std::make_unique<nn::IntraAttention>(std::move(intra));
  return {};
}

Status DipnLoader::load_inter(feature::View view, DipnScorer::ViewLayers& layers) {
  nn::Weight merged, bias;
  INKLING_TRY(matrix({TensorPart::kInterMerged, view}, hidden_, hidden_, merged));
  INKLING_TRY(vector({TensorPart::kInterBias, view}, hidden_, bias));
  INKLING_ASSIGN(auto inter, nn::InterAttention::make(merged, bias, kernels_, scorer_.reduced_));
  layers.inter = std::make_unique<nn::InterAttention>(std::move(inter));
  return {};
}

Status DipnLoader::load_statistics() {
  const auto encoders = scorer_.blueprint_.statistic_id_encoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    INKLING_ASSIGN(auto table, embedding({TensorPart::kStatisticEmbedding, {}, i}, *encoders[i]));
    scorer_.statistic_embeddings_.push_back(table);
  }
  return {};
}

Result<nn::Dense> DipnLoader::dense(const TensorKey& weight, const TensorKey& bias, std::size_t out, std::size_t in,
                                    nn::Activation activation) {
  nn::Weight w, b;
  INKLING_TRY(matrix(weight, out, in, w));
  INKLING_TRY(vector(bias, out, b));
  return nn::Dense::make(w, b, activation, kernels_);
}

Status DipnLoader::load_mlp() {
  std::vector<std::int64_t> widths = shape_.mlp;
  widths.push_back(static_cast<std::int64_t>(shape_.target_count));
  std::vector<nn::Dense> layers;
  auto input = static_cast<std::size_t>(shape_.mlp_input(scorer_.blueprint_));
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const bool last = i + 1 == widths.size();
    const auto width = static_cast<std::size_t>(widths[i]);
    INKLING_ASSIGN(auto layer, dense({TensorPart::kMlpWeight, {}, i}, {TensorPart::kMlpBias, {}, i}, width, input,
                                     last ? nn::Activation::kNone : nn::Activation::kRelu));
    layers.push_back(std::move(layer));
    input = width;
  }
  INKLING_ASSIGN(auto mlp, nn::Mlp::make(std::move(layers)));
  scorer_.mlp_ = std::make_unique<nn::Mlp>(std::move(mlp));
  const auto statistics = static_cast<std::size_t>(shape_.statistics_width(scorer_.blueprint_));
  if (!shape_.wide || statistics == 0) return {};
  INKLING_ASSIGN(auto wide, dense({TensorPart::kWideWeight}, {TensorPart::kWideBias}, shape_.target_count, statistics,
                                  nn::Activation::kNone));
  scorer_.wide_ = std::make_unique<nn::Dense>(std::move(wide));
  return {};
}

}  // namespace inkling::models::dipn
