#include "models/span_tagger/span_tagger_loader.h"

#include <algorithm>
#include <utility>

namespace inkling::models::span_tagger {

using base::Result;
using base::Status;

std::string table_name(std::size_t column) {
  if (column == kCharacterColumn) return "embed.characters";
  if (column == kLeftPairColumn || column == kRightPairColumn) return "embed.pairs";
  if (column == kKindColumn) return "embed.kinds";
  const std::size_t word = column - kFirstWordColumn;
  return "embed.words" + std::to_string(word / kWordColumns) + "." + std::to_string(word % kWordColumns);
}

std::string pair_table_name(std::size_t column) {
  return "pair.embed" + std::to_string(column);
}

std::string transitions_name(std::size_t chain) {
  return "chain" + std::to_string(chain) + ".transitions";
}

Result<std::shared_ptr<const SpanTagger>> SpanTaggerLoader::load(const base::JsonView& features) {
  tagger_ = std::shared_ptr<SpanTagger>(new SpanTagger());
  tagger_->kernels_ = &kernels_;
  INKLING_ASSIGN(tagger_->architecture_, architecture_of(features));
  INKLING_ASSIGN(tagger_->vocabulary_, read_vocabulary(tagger_->architecture_, weights_));
  for (const char* prefix : kDirectionPrefixes) INKLING_TRY(load_direction(prefix));
  if (tagger_->directions_[0].cell.hidden_size() != tagger_->directions_[1].cell.hidden_size())
    return base::corrupt("backward.weight_hh: not as wide as forward.weight_hh.");
  INKLING_TRY(load_chains());
  if (!tagger_->architecture_.joints.empty()) INKLING_TRY(load_pairs());
  INKLING_TRY(load_thresholds());
  return std::shared_ptr<const SpanTagger>(std::move(tagger_));
}

nn::Weight SpanTaggerLoader::keep(std::string_view name, std::span<const float> values, std::size_t rows,
                                  std::size_t cols) {
  tagger_->storage_.emplace_back(values.begin(), values.end());
  return {name, tagger_->storage_.back(), rows, cols};
}

Result<nn::Weight> SpanTaggerLoader::matrix(const std::string& name, std::int64_t rows, std::int64_t cols) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {rows, cols}));
  const auto& shape = weights_.find(name)->shape;
  return keep(weights_.find(name)->name, values, static_cast<std::size_t>(shape[0]),
              static_cast<std::size_t>(shape[1]));
}

Result<nn::Weight> SpanTaggerLoader::vector(const std::string& name, std::int64_t size) {
  INKLING_ASSIGN(const auto values, weights_.floats(name, {size}));
  return keep(weights_.find(name)->name, values, values.size(), 1);
}

Result<nn::Embedding> SpanTaggerLoader::embedding(const std::string& name, std::size_t ids) {
  INKLING_ASSIGN(const nn::Weight table, matrix(name, static_cast<std::int64_t>(ids), -1));
  return nn::Embedding::make(table);
}

Result<nn::Dense> SpanTaggerLoader::dense(const std::string& prefix, std::int64_t in, std::int64_t out,
                                          nn::Activation activation) {
  INKLING_ASSIGN(const nn::Weight weight, matrix(prefix + ".weight", out, in));
  INKLING_ASSIGN(const nn::Weight bias, vector(prefix + ".bias", static_cast<std::int64_t>(weight.rows)));
  return nn::Dense::make(weight, bias, activation, kernels_);
}

Status SpanTaggerLoader::load_direction(const std::string& prefix) {
  const Vocabulary& known = tagger_->vocabulary_;
  std::vector<nn::InputProjection::Feature> features;
  for (std::size_t column = 0; column < known.columns(); ++column) {
    std::size_t ids = column == kCharacterColumn ? known.character_ids()
                      : column == kKindColumn    ? kKindIds
                                                 : known.pair_ids();
    if (column >= kFirstWordColumn) {
      ids = word_ids(tagger_->architecture_.types_of((column - kFirstWordColumn) / kWordColumns).size());
    }
    INKLING_ASSIGN(const nn::Embedding table, embedding(table_name(column), ids));
    features.push_back({table, column >= kKindColumn});
  }
  INKLING_ASSIGN(const nn::Weight recurrent, matrix(prefix + "weight_hh", -1, -1));
  const auto gates = static_cast<std::int64_t>(recurrent.rows);
  INKLING_ASSIGN(const nn::Weight input_bias, vector(prefix + "bias_ih", gates));
  INKLING_ASSIGN(const nn::Weight hidden_bias, vector(prefix + "bias_hh", gates));
  INKLING_ASSIGN(nn::RecurrentCell cell,
                 nn::RecurrentCell::make(nn::CellKind::kGru, {recurrent, input_bias, hidden_bias}, kernels_));
  INKLING_ASSIGN(const nn::Weight input, matrix(prefix + "weight_ih", gates, -1));
  INKLING_ASSIGN(nn::InputProjection projection,
                 nn::InputProjection::make(features, input, cell.input_bias(), kernels_));
  tagger_->directions_.push_back({std::move(projection), std::move(cell)});
  return {};
}

Status SpanTaggerLoader::load_chains() {
  const Architecture& shape = tagger_->architecture_;
  const std::size_t tags = shape.first_tag(shape.chains());
  const std::size_t width = 2 * tagger_->directions_[0].cell.hidden_size();
  INKLING_ASSIGN(const nn::Weight weight,
                 matrix("emissions.weight", static_cast<std::int64_t>(tags), static_cast<std::int64_t>(width)));
  INKLING_ASSIGN(const nn::Weight bias, vector("emissions.bias", static_cast<std::int64_t>(tags)));
  tagger_->emissions_.push_back(math::PackedMatrix::from_columns(weight.values, tags));
  tagger_->emission_bias_.assign(bias.values.begin(), bias.values.end());
  for (std::size_t chain = 0; chain < shape.chains(); ++chain) {
    const std::size_t types = shape.types_of(chain).size();
    const auto size = static_cast<std::int64_t>(tag_count(types));
    INKLING_ASSIGN(const auto transitions, weights_.floats(transitions_name(chain), {size, size}));
    tagger_->chains_.emplace_back(types, transitions);
  }
  return {};
}

Status SpanTaggerLoader::load_pairs() {
  std::vector<nn::Embedding> tables;
  for (std::size_t column = 0; column < kPairColumns; ++column) {
    INKLING_ASSIGN(const nn::Embedding table,
                   embedding(pair_table_name(column), nn::Embedding::kMissingId + 1 + kPairIds[column]));
    tables.push_back(table);
  }
  const std::size_t width = 8 * tagger_->directions_[0].cell.hidden_size() + kPairColumns * kPairDim;
  INKLING_ASSIGN(nn::Dense hidden, dense("pair.hidden", static_cast<std::int64_t>(width), -1, nn::Activation::kRelu));
  const auto classes = static_cast<std::int64_t>(tagger_->architecture_.relations.size() + 1);
  INKLING_ASSIGN(nn::Dense out,
                 dense("pair.out", static_cast<std::int64_t>(hidden.out()), classes, nn::Activation::kNone));
  std::vector<nn::Dense> layers;
  layers.push_back(std::move(hidden));
  layers.push_back(std::move(out));
  INKLING_ASSIGN(nn::Mlp net, nn::Mlp::make(std::move(layers)));
  tagger_->pairs_.push_back({std::move(tables), std::move(net)});
  return {};
}

Status SpanTaggerLoader::load_thresholds() {
  const auto types = static_cast<std::int64_t>(tagger_->architecture_.types.size());
  INKLING_ASSIGN(const auto spans, weights_.floats("thresholds.spans", {types}));
  INKLING_ASSIGN(const auto pair, weights_.floats("thresholds.pair", {1}));
  tagger_->thresholds_ = {{spans.begin(), spans.end()}, pair[0]};
  return {};
}

}  // namespace inkling::models::span_tagger
