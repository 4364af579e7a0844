// What the network of rnn_dnn looks like, for its halves to agree on; defaults and meanings: params.yaml. Wasm-clean.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "feature/blueprint.h"
#include "feature/scorer.h"

namespace inkling::models::rnn_dnn {

struct Architecture {
  std::int64_t hidden = 32;
  std::int64_t layers = 2;
  std::int64_t embedding_dim = 8;
  std::vector<std::int64_t> user_mlp = {64, 32};
  std::vector<std::int64_t> head_mlp = {64};
  std::vector<feature::Target> targets;

  // Floats of one record: the embeddings of all its features.
  [[nodiscard]] std::int64_t record_width(const feature::Blueprint& blueprint) const;
  // Floats that layer `index` reads: the record, behind the state of the layer below if there is one.
  [[nodiscard]] std::int64_t layer_input(const feature::Blueprint& blueprint, std::int64_t index) const;
  // Floats of all statistics: numbers, then one embedding per statistic id.
  [[nodiscard]] std::int64_t statistics_width(const feature::Blueprint& blueprint) const;
  // Floats of what the deep net makes of them; 0 without any statistic.
  [[nodiscard]] std::int64_t user_width(const feature::Blueprint& blueprint) const;
  // Floats that the head reads: the top layer's last state, the last record, the user.
  [[nodiscard]] std::int64_t head_input(const feature::Blueprint& blueprint) const;
  [[nodiscard]] std::vector<std::int64_t> head_widths() const;  // head_mlp and one logit a target
};

// From a package's or a training job's complete parameters (params.yaml's names) and its targets.
[[nodiscard]] base::Result<Architecture> architecture_from_json(const base::JsonView& params,
                                                                std::vector<feature::Target> targets);
// kUnsupported unless the browse view is the only one: this model is what could be done without gestures.
[[nodiscard]] base::Status check_views(const feature::Blueprint& blueprint);

// Tensor names in the package.
[[nodiscard]] std::string embedding_name(std::size_t feature);
[[nodiscard]] std::string statistic_embedding_name(std::size_t index);
[[nodiscard]] std::string layer_prefix(std::int64_t index);  // weight_ih, weight_hh, bias_ih, bias_hh follow
[[nodiscard]] std::string dense_name(const char* net, std::size_t layer);  // net: "user" or "head"; .weight, .bias

}  // namespace inkling::models::rnn_dnn
