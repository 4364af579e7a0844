#include "models/caam/caam_layers.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "models/caam/caam_columns.h"

namespace inkling::models::caam {
namespace {

using artifact::Safetensors;
using base::Result;
using nn::Weight;

std::size_t size_of(std::int64_t count) {
  return static_cast<std::size_t>(count);
}

Result<std::span<const float>> finite(const Safetensors& weights, const std::string& name,
                                      const artifact::Shape& shape) {
  INKLING_ASSIGN(const auto values, weights.floats(name, shape));
  const bool all = std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
  if (!all) return base::corrupt("tensor \"" + name + "\" holds a value that is no number");
  return values;
}

Result<Weight> matrix(const Safetensors& weights, const std::string& name, std::int64_t rows, std::int64_t cols) {
  INKLING_ASSIGN(const auto values, finite(weights, name, {rows, cols}));
  return Weight{"", values, size_of(rows), size_of(cols)};
}

Result<Weight> vector(const Safetensors& weights, const std::string& name, std::int64_t size) {
  INKLING_ASSIGN(const auto values, finite(weights, name, {size}));
  return Weight{"", values, size_of(size), 1};
}

Result<std::vector<nn::MlpLayerWeights>> mlp(const Safetensors& weights, const char* part, std::int64_t in,
                                             std::vector<std::int64_t> widths, std::int64_t out) {
  widths.push_back(out);
  std::vector<nn::MlpLayerWeights> layers;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    nn::MlpLayerWeights layer;
    INKLING_ASSIGN(layer.weight, matrix(weights, layer_name(part, i, "weight"), widths[i], in));
    INKLING_ASSIGN(layer.bias, vector(weights, layer_name(part, i, "bias"), widths[i]));
    layers.push_back(layer);
    in = widths[i];
  }
  return layers;
}

Result<nn::TargetAttention> make_attention(const Safetensors& weights, const Architecture& architecture) {
  INKLING_ASSIGN(const auto layers,
                 mlp(weights, "attention", 4 * architecture.embedding_dim, architecture.attention_mlp, 1));
  return nn::TargetAttention::make(
      {layers[0].weight, layers[0].bias, layers[1].weight, layers[1].bias, layers[2].weight, layers[2].bias},
      kLeakySlope);
}

Result<nn::TriggerAttention> make_triggers(const Safetensors& weights, const Architecture& architecture) {
  const std::int64_t dim = architecture.embedding_dim;
  nn::TriggerAttentionWeights parts;
  INKLING_ASSIGN(parts.query, matrix(weights, "triggers.query", dim, dim));
  INKLING_ASSIGN(parts.key, matrix(weights, "triggers.key", dim, dim));
  INKLING_ASSIGN(parts.heads, vector(weights, "triggers.heads", architecture.heads));
  return nn::TriggerAttention::make(parts);
}

Result<nn::GatedReadout> make_readout(const Safetensors& weights, const Architecture& architecture) {
  const auto width = static_cast<std::int64_t>(request_width());
  if (architecture.triggers != Triggers::kAttention) {
    const std::vector<float> zeros(std::max<std::size_t>(request_width(), 2));
    const std::span<const float> none = zeros;
    return nn::GatedReadout::make({{"", none.first(2), 2, 1},
                                   {"", none.first(request_width()), request_width(), 1},
                                   {"", none.first(1), 1, 1}});
  }
  nn::GateWeights parts;
  INKLING_ASSIGN(parts.scale, vector(weights, "gate.scale", 2));
  INKLING_ASSIGN(parts.context, vector(weights, "gate.context", width));
  INKLING_ASSIGN(parts.bias, vector(weights, "gate.bias", 1));
  return nn::GatedReadout::make(parts);
}

// In the order of the network's inputs: r, x, p, x * p, u, request, candidate.
std::vector<nn::InputPart> top_parts(const Architecture& architecture) {
  using Kind = nn::InputPart::Kind;
  const std::size_t dim = size_of(architecture.embedding_dim);
  std::vector<nn::InputPart> parts = {{Kind::kCandidate, dim}, {Kind::kCandidate, dim}};
  if (architecture.triggers != Triggers::kNone) {
    parts.push_back({Kind::kRequest, dim});
    parts.push_back({Kind::kProduct, dim, 1, 2});
  }
  if (architecture.rich_context) parts.push_back({Kind::kRequest, dim});
  parts.push_back({Kind::kRequest, request_width()});
  parts.push_back({Kind::kCandidate, candidate_width()});
  return parts;
}

Result<nn::BatchMlp> make_top(const Safetensors& weights, const Architecture& architecture) {
  INKLING_ASSIGN(const auto layers,
                 mlp(weights, "top", architecture.top_input(), architecture.top_mlp, architecture.outputs()));
  return nn::BatchMlp::make(top_parts(architecture), layers, kLeakySlope);
}

Result<std::vector<float>> table(const Safetensors& weights, const char* name, std::size_t rows, std::size_t dim) {
  INKLING_ASSIGN(const auto values, finite(weights, std::string("embed.") + name,
                                           {static_cast<std::int64_t>(rows), static_cast<std::int64_t>(dim)}));
  return std::vector<float>(values.begin(), values.end());
}

}  // namespace

Result<ItemEmbedding> ItemEmbedding::make(const Safetensors& weights, const Vocabulary& vocabulary, std::size_t dim) {
  ItemEmbedding made(dim);
  for (std::size_t i = 0; i < kItemTables; ++i) {
    INKLING_ASSIGN(made.tables_[i], table(weights, kItemTableNames[i], vocabulary.rows(i), dim));
  }
  INKLING_ASSIGN(made.kinds_, table(weights, "kind", basket::kBehaviourKinds, dim));
  INKLING_ASSIGN(made.ages_, table(weights, "age", kAgeBuckets, dim));
  return made;
}

void ItemEmbedding::add(const std::vector<float>& table, std::uint32_t row, std::span<float> vector) const {
  const float* values = table.data() + row * dim_;
  for (std::size_t i = 0; i < dim_; ++i) vector[i] += values[i];
}

void ItemEmbedding::item(const ItemRows& rows, std::span<float> vector) const {
  std::fill(vector.begin(), vector.end(), 0.0F);
  for (std::size_t i = 0; i < kItemTables; ++i) add(tables_[i], rows[i], vector);
}

void ItemEmbedding::step(const StepRows& rows, std::span<float> vector) const {
  item(rows.item, vector);
  add(kinds_, rows.kind, vector);
  add(ages_, rows.age, vector);
}

void ItemEmbedding::pool(std::span<const ItemRows> items, std::span<float> vector) const {
  std::fill(vector.begin(), vector.end(), 0.0F);
  for (const ItemRows& rows : items) {
    for (std::size_t i = 0; i < kItemTables; ++i) add(tables_[i], rows[i], vector);
  }
  const auto count = static_cast<float>(std::max<std::size_t>(items.size(), 1));
  for (float& value : vector) value /= count;
}

Result<Layers> make_layers(const Safetensors& weights, const Architecture& architecture,
                           const Vocabulary& vocabulary) {
  INKLING_ASSIGN(auto embedding, ItemEmbedding::make(weights, vocabulary, size_of(architecture.embedding_dim)));
  INKLING_ASSIGN(auto attention, make_attention(weights, architecture));
  std::optional<nn::TriggerAttention> triggers;
  if (architecture.triggers == Triggers::kAttention) {
    INKLING_ASSIGN(triggers, make_triggers(weights, architecture));
  }
  INKLING_ASSIGN(auto readout, make_readout(weights, architecture));
  INKLING_ASSIGN(auto top, make_top(weights, architecture));
  return Layers{std::move(embedding), std::move(attention), std::move(triggers), std::move(readout), std::move(top)};
}

}  // namespace inkling::models::caam
