#include "models/dipn/dipn_architecture.h"

namespace inkling::models::dipn {

std::int64_t Architecture::statistics_width(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.number_count()) +
         static_cast<std::int64_t>(blueprint.statistic_id_count()) * embedding_dim;
}

std::int64_t Architecture::mlp_input(const feature::Blueprint& blueprint) const {
  return static_cast<std::int64_t>(blueprint.spec().views.size()) * view_width() + statistics_width(blueprint);
}

base::Status check_architecture(const Architecture& architecture, const feature::Blueprint& blueprint) {
  const std::size_t views = blueprint.spec().views.size();
  const bool context = architecture.inter && (architecture.inter_all || views > 1);
  if (architecture.readout == Readout::kProduct && !context) {
    return base::invalid_input(
        "readout: \"product\" multiplies states by their context, which needs inter: true and " +
        std::string(views > 1 ? "nothing else" : "either a second view or inter_scope: all") + "; use last_and_mean");
  }
  return {};
}

}  // namespace inkling::models::dipn
