#include "models/dipn/dipn_architecture.h"

#include <array>
#include <utility>

#include "base/core/suggest.h"

namespace inkling::models::dipn {

using base::JsonView;
using base::Result;
using base::Status;

std::int64_t Architecture::statistics_width(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.number_count()) +
         static_cast<std::int64_t>(blueprint.statistic_id_count()) * embedding_dim;
}

std::int64_t Architecture::mlp_input(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.spec().views.size()) * view_width() + statistics_width(blueprint);
}

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

Result<Architecture> architecture_from_json(const JsonView& params, std::vector<feature::Target> targets) {
  Architecture architecture;
  architecture.targets = std::move(targets);
  INKLING_TRY(read_widths(params, architecture));
  INKLING_TRY(read_switches(params, architecture));
  return architecture;
}

Status check_architecture(const Architecture& architecture, const feature::Blueprint& blueprint) {
  const std::size_t views = blueprint.spec().views.size();
  const bool context = architecture.inter && (architecture.inter_all || views > 1);
  if (architecture.readout == Readout::kProduct && !context) {
    return base::invalid_input(
        "readout: \"product\" multiplies states by their context, which needs inter: true and " +
        std::string(views > 1 ? "nothing else" : "either a second view or inter_scope: all") + "; use last_and_mean");
  }
  return {};
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

}  // namespace inkling::models::dipn
