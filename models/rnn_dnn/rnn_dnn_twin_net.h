// The two halves of rnn_dnn side by side on made-up samples. For rnn_dnn_test and bench/onnx_export only.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "feature/target_json.h"
#include "models/rnn_dnn/rnn_dnn_net.h"
#include "models/rnn_dnn/rnn_dnn_serve.h"
#include "train/made_up_samples.h"
#include "train/parameters.h"

namespace inkling::models::rnn_dnn::twin {

using train::made_up::indexed;
using train::made_up::Logits;

inline feature::BlueprintSpec blueprint_of(bool statistics, std::uint32_t window = 9) {
  feature::BlueprintSpec spec;
  spec.views.push_back({feature::View::kBrowse, window, {indexed("action", 22), indexed("hour", 24)}});
  if (!statistics) return spec;
  for (const char* source : {"count.view.1h", "active_days"}) spec.statistics.push_back({source, {}});
  spec.statistics.push_back(indexed("hour", 24));
  return spec;
}

// Every parameter of params.yaml: those of `assignments` as given, the others at their default.
inline base::Result<base::Json> params_of(const std::vector<std::string>& assignments) {
  INKLING_ASSIGN(const auto table, train::ParameterTable::parse(serving_half().params_yaml, "params.yaml"));
  base::Json given = base::Json::object();
  for (const std::string& assignment : assignments) INKLING_TRY(table.set(assignment, given));
  return table.complete(base::JsonView(given));
}

inline artifact::PackageManifest manifest_of(const feature::BlueprintSpec& spec, const base::Json& params) {
  artifact::PackageManifest manifest;
  manifest.name = "rnn_dnn";
  manifest.version = "v1";
  manifest.params = params;
  manifest.params.set("targets", feature::targets_to_json(train::made_up::two_targets()));
  manifest.features = feature::blueprint_to_json(spec);
  return manifest;
}

inline base::Result<std::shared_ptr<const RnnDnnScorer>> serve(const artifact::PackageManifest& manifest,
                                                               const artifact::SafetensorsWriter& weights) {
  INKLING_ASSIGN(auto bytes, weights.bytes());
  const auto owner = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
  INKLING_ASSIGN(const auto tensors, artifact::Safetensors::parse(*owner));
  return RnnDnnScorer::make(manifest, tensors, owner);
}

// Weights about as large as trained ones, so that gates open and close and logits differ.
inline void draw_weights(RnnDnnNet& network, base::Random& random) {
  const torch::NoGradGuard no_gradient;
  for (auto& item : network.named_parameters()) {
    torch::Tensor& tensor = item.value();
    const bool table = item.key().find("embed") == 0 || item.key().find("statistic") == 0;
    const double scale =
        table ? 0.5 : (tensor.dim() > 1 ? 1.5 / std::sqrt(static_cast<double>(tensor.size(1))) : 0.2);
    auto* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i) values[i] = static_cast<float>(scale * random.normal());
  }
}

struct Twins {
  feature::Blueprint blueprint;
  std::unique_ptr<RnnDnnNet> network;
  artifact::PackageManifest manifest;
};

inline base::Result<Twins> make_twins(const std::vector<std::string>& assignments,
                                      const feature::BlueprintSpec& spec) {
  INKLING_ASSIGN(feature::Blueprint blueprint, feature::Blueprint::make(spec));
  INKLING_ASSIGN(const base::Json params, params_of(assignments));
  INKLING_ASSIGN(const Architecture shape,
                 architecture_from_json(base::JsonView(params), train::made_up::two_targets()));
  auto network = std::make_unique<RnnDnnNet>(shape, blueprint, 0.1);
  base::Random random(11);
  draw_weights(*network, random);
  return Twins{std::move(blueprint), std::move(network), manifest_of(spec, params)};
}

// As serving computes them: record by record, one workspace for all.
inline Logits scorer_logits(const RnnDnnScorer& scorer, const sample::ShardColumns& columns) {
  const auto workspace = scorer.new_workspace();
  const auto& view = columns.views.front();
  const std::size_t features = scorer.blueprint().spec().views.front().features.size();
  const std::size_t numbers = scorer.blueprint().number_count(), ids = scorer.blueprint().statistic_id_count();
  Logits rows;
  for (std::size_t i = 0; i < columns.sample_count(); ++i) {
    const auto memory = scorer.new_memory();
    for (auto record = static_cast<std::size_t>(view.begin[i]); record < static_cast<std::size_t>(view.end[i]);
         ++record) {
      const auto row = std::span(view.ids).subspan(record * features, features);
      scorer.advance(std::vector<std::uint32_t>(row.begin(), row.end()), *memory);
    }
    const auto id_row = std::span(columns.statistic_ids).subspan(i * ids, ids);
    const std::vector<std::uint32_t> statistic_ids(id_row.begin(), id_row.end());
    scorer.score_encoded(*memory, true, std::span(columns.numbers).subspan(i * numbers, numbers), statistic_ids,
                         *workspace, rows.emplace_back(scorer.info().targets.size()));
  }
  return rows;
}

}  // namespace inkling::models::rnn_dnn::twin
