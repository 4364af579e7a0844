// The two halves of DIPN side by side on made-up samples: the LibTorch network, and the scorer that read its weights
// from safetensors bytes. For dipn_test and bench/parity only, never for the product.
//
// Weights are drawn at the scale of trained ones (attention far from uniform, gates that open and close), and samples
// sit on the edges: empty views, one record, a window less one, exactly, plus one, three windows long.
// Thread safety: none. Failure: a Status that names what did not fit; LibTorch throws.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "feature/record_reader.h"
#include "models/dipn/dipn_net.h"
#include "models/dipn/dipn_serve.h"
#include "sample/build_samples.h"
#include "sample/shard.h"
#include "train/made_up_samples.h"
#include "train/parameters.h"

namespace inkling::models::dipn::twin {

using train::made_up::deviation;
using train::made_up::edge_lengths;
using train::made_up::indexed;
using train::made_up::largest_difference;
using train::made_up::Logits;
using train::made_up::network_logits;
using train::made_up::random_columns;
using train::made_up::random_id;
using train::made_up::Samples;
using train::made_up::two_targets;
using train::made_up::write_samples;

// What the network reads. Windows are in the order of feature::View.
struct Input {
  std::vector<feature::View> views = {feature::View::kSwipe, feature::View::kTap, feature::View::kBrowse};
  std::array<std::uint32_t, feature::kViewCount> windows = {9, 12, 16};
  bool statistics = true;
  std::uint32_t pages = 7;  // so many that the feature's tables outgrow what is folded, for instance
};

inline feature::BlueprintSpec blueprint_of(const Input& input) {
  const std::array<std::vector<feature::FeatureSpec>, feature::kViewCount> features = {
      {{indexed("page", input.pages), indexed("action", 5), indexed("direction_h", 3)},
       {indexed("page", input.pages), indexed("event", 9)},
       {indexed("action", 22), indexed("hour", 24), indexed("item_repeat", 4)}}};
  feature::BlueprintSpec spec;
  for (const feature::View view : input.views) {
    const auto index = static_cast<std::size_t>(view);
    spec.views.push_back({view, input.windows[index], features[index]});
  }
  if (!input.statistics) return spec;
  for (const char* source : {"count.view.1h", "recency.cart_add", "active_days"})
    spec.statistics.push_back({source, {}});
  spec.statistics.push_back(indexed("hour", 24));
  spec.statistics.push_back(indexed("weekday", 7));
  return spec;
}

// Every parameter of params.yaml: those of `assignments` ("cell=lstm") as given, the others at their default.
inline base::Result<base::Json> params_of(const std::vector<std::string>& assignments) {
  INKLING_ASSIGN(const auto table, train::ParameterTable::parse(serving_half().params_yaml, "params.yaml"));
  base::Json given = base::Json::object();
  for (const std::string& assignment : assignments) INKLING_TRY(table.set(assignment, given));
  return table.complete(base::JsonView(given));
}

// The size of a trained tensor's entries times the square root of its fan-in. Measured after 30 epochs on a simulated
// log without early stopping: recurrent 0.9 to 1.4, MLP 1.1 to 1.9, attention scores 0.5 to 1.0; these are drawn
// twice as large, so that attention is far from uniform.
inline double trained_scale(const std::string& name) {
  const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
  return has("intra_query") || has("inter_merged") ? 2 : (has("rnn") || has("mlp") ? 1.5 : 1);
}

inline void draw_trained_weights(DipnNet& network, base::Random& random) {
  const torch::NoGradGuard no_gradient;
  for (auto& item : network.named_parameters()) {
    torch::Tensor& tensor = item.value();
    const bool table = item.key().find("embed") != std::string::npos || item.key().find("statistic") == 0;
    const bool product = tensor.dim() > 1 || item.key().find("intra_query") != std::string::npos;
    const double fan_in = static_cast<double>(tensor.size(-1));
    const double scale = table ? 0.5 : (product ? trained_scale(item.key()) / std::sqrt(fan_in) : 0.2);
    auto* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i) values[i] = static_cast<float>(scale * random.normal());
  }
}

// With them zero every attention is a plain mean: what the logits lose is what attention did.
inline void flatten_attention(DipnNet& network) {
  const torch::NoGradGuard no_gradient;
  for (auto& item : network.named_parameters()) {
    const bool score =
        item.key().find("intra_query") != std::string::npos || item.key().find("inter_") != std::string::npos;
    if (score) item.value().zero_();
  }
}

inline artifact::PackageManifest manifest_of(const feature::BlueprintSpec& spec, const base::Json& params) {
  artifact::PackageManifest manifest;
  manifest.name = "dipn";
  manifest.version = "v1";
  manifest.params = params;
  manifest.params.set("targets", targets_to_json(two_targets()));
  manifest.features = feature::blueprint_to_json(spec);
  return manifest;
}

// The serving half, from a package's bytes.
inline base::Result<std::shared_ptr<const DipnScorer>> serve(const artifact::PackageManifest& manifest,
                                                             const artifact::SafetensorsWriter& weights,
                                                             const math::Kernels& kernels = math::simd_kernels(),
                                                             math::Precision precision = math::Precision::kFloat) {
  INKLING_ASSIGN(auto bytes, weights.bytes());
  const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(*owner));
  return DipnScorer::make(manifest, tensors, owner, precision, kernels);
}

// As serving computes them: record by record, one workspace for all.
inline Logits scorer_logits(const DipnScorer& scorer, const sample::ShardColumns& columns) {
  const feature::Blueprint& blueprint = scorer.blueprint();
  const auto workspace = scorer.new_workspace();
  Logits rows;
  std::vector<std::uint32_t> ids(feature::kMaxViewFeatures);
  for (std::size_t i = 0; i < columns.sample_count(); ++i) {
    const auto memory = scorer.new_memory();
    for (std::size_t v = 0; v < columns.views.size(); ++v) {
      const auto& view = columns.views[v];
      const std::size_t features = blueprint.spec().views[v].features.size();
      for (std::int64_t record = view.begin[i]; record < view.end[i]; ++record) {
        const std::span<std::uint32_t> row(ids.data(), features);
        std::copy_n(view.ids.begin() + record * static_cast<std::int64_t>(features), features, row.begin());
        scorer.advance(v, row, *memory, *workspace);
      }
    }
    const std::size_t numbers = blueprint.number_count(), id_count = blueprint.statistic_id_count();
    std::copy_n(columns.statistic_ids.begin() + static_cast<std::ptrdiff_t>(i * id_count), id_count, ids.begin());
    rows.emplace_back(scorer.info().targets.size());
    scorer.score_encoded(*memory, true, std::span(columns.numbers).subspan(i * numbers, numbers),
                         std::span<const std::uint32_t>(ids).first(id_count), *workspace, rows.back());
  }
  return rows;
}

// Scales the last layers so that the logits of `data` deviate by this much: errors in logits mean something only
// beside logits of a known size. A calibrated model with an AUC of 0.8 has 1.2.
inline constexpr double kTrainedDeviation = 1.2;
inline void scale_logits(DipnNet& network, const Architecture& architecture, const train::SequenceData& data) {
  const double factor =
      kTrainedDeviation / deviation(network_logits(network, data, data.part(sample::Part::kTrain).size()));
  const std::string last = "mlp" + std::to_string(architecture.mlp.size()) + ".";
  const torch::NoGradGuard no_gradient;
  for (auto& item : network.named_parameters()) {
    if (item.key().starts_with(last) || item.key().starts_with("wide.")) item.value().mul_(factor);
  }
}

}  // namespace inkling::models::dipn::twin
