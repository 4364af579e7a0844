#include "models/caam/caam_architecture.h"

#include "models/caam/caam_columns.h"

namespace inkling::models::caam {

using base::JsonView;
using base::Result;
using base::Status;

std::int64_t Architecture::top_input() const {
  const auto dense = static_cast<std::int64_t>(request_width() + candidate_width());
  const std::int64_t vectors = 2 + (triggers == Triggers::kNone ? 0 : 2) + (rich_context ? 1 : 0);
  return vectors * embedding_dim + dense;
}

namespace {

Result<std::vector<std::int64_t>> widths(const JsonView& params, std::string_view name) {
  INKLING_ASSIGN(const auto list, params.elements(name));
  std::vector<std::int64_t> widths;
  for (const JsonView& element : list) {
    INKLING_ASSIGN(const std::int64_t width, element.as_integer(1));
    widths.push_back(width);
  }
  return widths;
}

Status check(const Architecture& architecture) {
  if (architecture.embedding_dim % architecture.heads != 0) {
    return base::invalid_input("heads: " + std::to_string(architecture.heads) + " do not divide embedding_dim " +
                               std::to_string(architecture.embedding_dim));
  }
  if (architecture.attention_mlp.size() != 2) {
    return base::invalid_input("attention_mlp: the unit has two hidden layers, like [80, 40], not " +
                               std::to_string(architecture.attention_mlp.size()));
  }
  return {};
}

}  // namespace

Result<Architecture> architecture_from_json(const JsonView& params) {
  Architecture architecture;
  INKLING_ASSIGN(architecture.network, params.boolean("network"));
  INKLING_ASSIGN(architecture.embedding_dim, params.integer("embedding_dim"));
  INKLING_ASSIGN(architecture.attention_mlp, widths(params, "attention_mlp"));
  INKLING_ASSIGN(architecture.top_mlp, widths(params, "top_mlp"));
  INKLING_ASSIGN(architecture.heads, params.integer("heads"));
  INKLING_ASSIGN(const std::string triggers, params.text("triggers"));
  architecture.triggers = triggers == "none"     ? Triggers::kNone
                          : triggers == "pooled" ? Triggers::kPooled
                                                 : Triggers::kAttention;
  INKLING_ASSIGN(const std::string context, params.text("context"));
  architecture.rich_context = context == "rich";
  INKLING_ASSIGN(architecture.recall_scores, params.boolean("recall_scores"));
  INKLING_ASSIGN(const std::string head, params.text("head"));
  architecture.head = head == "esmm" ? Head::kEsmm : Head::kSingle;
  INKLING_TRY(check(architecture));
  return architecture;
}

std::string layer_name(const char* part, std::size_t layer, const char* what) {
  return std::string(part) + "." + std::to_string(layer) + "." + what;
}

}  // namespace inkling::models::caam
