#include "models/rnn_dnn/rnn_dnn_architecture.h"

#include <utility>

namespace inkling::models::rnn_dnn {

using base::JsonView;
using base::Result;
using base::Status;

std::int64_t Architecture::record_width(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.spec().views.front().features.size()) * embedding_dim;
}

std::int64_t Architecture::layer_input(const feature::Blueprint& blueprint, std::int64_t index) const {
  return record_width(blueprint) + (index > 0 ? hidden : 0);
}

std::int64_t Architecture::statistics_width(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.number_count()) +
         static_cast<std::int64_t>(blueprint.statistic_id_count()) * embedding_dim;
}

std::int64_t Architecture::user_width(const feature::Blueprint& blueprint) const {
  const std::int64_t width = statistics_width(blueprint);
  return width == 0 || user_mlp.empty() ? width : user_mlp.back();
}

std::int64_t Architecture::head_input(const feature::Blueprint& blueprint) const {
  return hidden + record_width(blueprint) + user_width(blueprint);
}

std::vector<std::int64_t> Architecture::head_widths() const {
  std::vector<std::int64_t> widths = head_mlp;
  widths.push_back(static_cast<std::int64_t>(targets.size()));
  return widths;
}

namespace {

Result<std::vector<std::int64_t>> widths(const JsonView& params, std::string_view name) {
  INKLING_ASSIGN(const auto elements, params.elements(name));
  std::vector<std::int64_t> found;
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::int64_t width, element.as_integer(1, 65536));
    found.push_back(width);
  }
  return found;
}

}  // namespace

Result<Architecture> architecture_from_json(const JsonView& params, std::vector<feature::Target> targets) {
  Architecture architecture;
  architecture.targets = std::move(targets);
  INKLING_ASSIGN(architecture.hidden, params.integer("hidden", 1, 4096));
  INKLING_ASSIGN(architecture.layers, params.integer("layers", 1, 16));
  INKLING_ASSIGN(architecture.embedding_dim, params.integer("embedding_dim", 1, 4096));
  INKLING_ASSIGN(architecture.user_mlp, widths(params, "user_mlp"));
  INKLING_ASSIGN(architecture.head_mlp, widths(params, "head_mlp"));
  return architecture;
}

Status check_views(const feature::Blueprint& blueprint) {
  for (const feature::ViewSpec& view : blueprint.spec().views) {
    if (view.view == feature::View::kBrowse) continue;
    return base::unsupported("features.views: rnn_dnn reads no " + std::string(feature::view_name(view.view)) +
                             " view, only browse; --model rnn-dnn leaves the others out");
  }
  if (!blueprint.spec().views.empty()) return {};
  return base::unsupported("features.views: rnn_dnn reads the browse view, which is not there");
}

std::string embedding_name(std::size_t feature) {
  return "browse.embed." + std::to_string(feature);
}
std::string statistic_embedding_name(std::size_t index) {
  return "statistic.embed." + std::to_string(index);
}
std::string layer_prefix(std::int64_t index) {
  return "layer." + std::to_string(index) + ".";
}
std::string dense_name(const char* net, std::size_t layer) {
  return std::string(net) + "." + std::to_string(layer);
}

}  // namespace inkling::models::rnn_dnn
