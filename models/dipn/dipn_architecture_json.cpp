// DIPN as packages of servers tell it: parameters in JSON, tensors by their names.
#include <array>
#include <utility>

#include "base/core/suggest.h"
#include "models/dipn/dipn_architecture.h"
#include "models/dipn/dipn_tensor.h"

namespace inkling::models::dipn {

using base::JsonView;
using base::Result;
using base::Status;

namespace {

// Whether the switch stands at the second of its two values.
Result<bool> second_of(const JsonView& params, std::string_view name, std::array<std::string_view, 2> values) {
  INKLING_ASSIGN(const JsonView value, params.member(name));
  INKLING_ASSIGN(const std::string found, value.as_text());
  if (found == values[0] || found == values[1]) return found == values[1];
  return value.refuse("\"" + found + "\" is unknown; " + base::expected_one_of(found, values));
}

Status read_switches(const JsonView& params, Architecture& architecture) {
  INKLING_ASSIGN(architecture.intra, params.boolean("intra"));
  INKLING_ASSIGN(architecture.intra_scale_by_length, params.boolean("intra_scale_by_length"));
  INKLING_ASSIGN(architecture.inter, params.boolean("inter"));
  INKLING_ASSIGN(architecture.wide, params.boolean("wide"));
  INKLING_ASSIGN(const bool lstm, second_of(params, "cell", {"gru", "lstm"}));
  architecture.cell = lstm ? nn::CellKind::kLstm : nn::CellKind::kGru;
  INKLING_ASSIGN(architecture.inter_all, second_of(params, "inter_scope", {"others", "all"}));
  INKLING_ASSIGN(const bool tanh_product, second_of(params, "combine", {"residual", "tanh_product"}));
  architecture.combine = tanh_product ? nn::Combine::kTanhProduct : nn::Combine::kResidual;
  INKLING_ASSIGN(const bool product, second_of(params, "readout", {"last_and_mean", "product"}));
  architecture.readout = product ? Readout::kProduct : Readout::kLastAndMean;
  return {};
}

Status read_widths(const JsonView& params, Architecture& architecture) {
  INKLING_ASSIGN(architecture.hidden, params.integer("hidden", 1, 4096));
  INKLING_ASSIGN(architecture.embedding_dim, params.integer("embedding_dim", 1, 4096));
  INKLING_ASSIGN(architecture.attention_size, params.integer("attention_size", 1, 4096));
  INKLING_ASSIGN(const auto layers, params.elements("mlp"));
  architecture.mlp.clear();
  for (const JsonView& layer : layers) {
    INKLING_ASSIGN(const std::int64_t width, layer.as_integer(1, 65536));
    architecture.mlp.push_back(width);
  }
  return {};
}

}  // namespace

Result<Architecture> architecture_from_json(const JsonView& params, const std::vector<feature::Target>& targets) {
  Architecture architecture;
  architecture.target_count = targets.size();
  INKLING_TRY(read_widths(params, architecture));
  INKLING_TRY(read_switches(params, architecture));
  return architecture;
}

std::string embedding_name(const std::string& view, std::size_t feature) {
  return "view." + view + ".embed." + std::to_string(feature);
}
std::string statistic_embedding_name(std::size_t index) {
  return "statistic.embed." + std::to_string(index);
}
std::string mlp_name(std::size_t layer, const char* what) {
  return "mlp." + std::to_string(layer) + "." + what;
}

std::string tensor_name(const TensorKey& key) {
  const auto of_view = [&](const char* what) {
    return "view." + std::string(feature::view_name(key.view)) + "." + what;
  };
  switch (key.part) {
    case TensorPart::kEmbedding:
      return embedding_name(std::string(feature::view_name(key.view)), key.index);
    case TensorPart::kWeightHh:
      return of_view("rnn.weight_hh");
    case TensorPart::kBiasIh:
      return of_view("rnn.bias_ih");
    case TensorPart::kBiasHh:
      return of_view("rnn.bias_hh");
    case TensorPart::kWeightIh:
      return of_view("rnn.weight_ih");
    case TensorPart::kIntraState:
      return of_view("intra.state");
    case TensorPart::kIntraLast:
      return of_view("intra.last");
    case TensorPart::kIntraBias:
      return of_view("intra.bias");
    case TensorPart::kIntraQuery:
      return of_view("intra.query");
    case TensorPart::kInterMerged:
      return of_view("inter.merged");
    case TensorPart::kInterBias:
      return of_view("inter.bias");
    case TensorPart::kStatisticEmbedding:
      return statistic_embedding_name(key.index);
    case TensorPart::kMlpWeight:
      return mlp_name(key.index, "weight");
    case TensorPart::kMlpBias:
      return mlp_name(key.index, "bias");
    case TensorPart::kWideWeight:
      return "wide.weight";
    case TensorPart::kWideBias:
      return "wide.bias";
  }
  return {};
}

}  // namespace inkling::models::dipn
