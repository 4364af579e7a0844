// Blueprints whose sources are told by name: checked part by part, so that no mistake hides another, then numbered.
#include <utility>

#include "base/core/file_mistakes.h"
#include "feature/blueprint.h"
#include "feature/feature_check.h"
#include "feature/record_reader.h"

namespace inkling::feature {
namespace {

using base::Status;

std::string element(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

Status check_feature(const std::string& place, const FeatureSpec& feature, std::optional<View> view) {
  INKLING_ASSIGN(const ValueKind kind, check_source(place, feature.source, view));
  return check_encoder(place, feature, kind, view);
}

Status check_view(const std::vector<ViewSpec>& views, std::size_t index) {
  const ViewSpec& view = views[index];
  const std::string place = element("views", index);
  base::Refusals refusals;
  refusals.note(check_place(views, index));
  if (view.window < 1 || view.window > kMaxWindow) {
    refusals.note(base::invalid_input(place + ".window: " + std::to_string(view.window) + " is not between 1 and " +
                                      std::to_string(kMaxWindow)));
  }
  if (view.features.empty() || view.features.size() > kMaxViewFeatures) {
    refusals.note(base::invalid_input(place + ".features: holds " + std::to_string(view.features.size()) +
                                      "; expected between 1 and " + std::to_string(kMaxViewFeatures) + " features"));
  }
  for (std::size_t i = 0; i < view.features.size(); ++i) {
    refusals.note(check_feature(place + "." + element("features", i), view.features[i], view.view));
  }
  return refusals.status();
}

}  // namespace

std::vector<std::uint32_t> source_numbers(const BlueprintSpec& spec) {
  std::vector<std::uint32_t> numbers;
  const auto add = [&](const std::vector<FeatureSpec>& features, std::optional<View> view) {
    for (const FeatureSpec& feature : features) {
      numbers.push_back(static_cast<std::uint32_t>(source_number(view, feature.source)));
    }
  };
  for (const ViewSpec& view : spec.views) add(view.features, view.view);
  add(spec.statistics, std::nullopt);
  return numbers;
}

base::Result<Blueprint> Blueprint::make(BlueprintSpec spec) {
  base::Refusals refusals;
  for (std::size_t i = 0; i < spec.views.size(); ++i) refusals.note(check_view(spec.views, i));
  for (std::size_t i = 0; i < spec.statistics.size(); ++i) {
    refusals.note(check_feature(element("statistics", i), spec.statistics[i], std::nullopt));
  }
  if (!refusals.empty()) return refusals.status();
  const std::vector<std::uint32_t> numbers = source_numbers(spec);
  Blueprint blueprint;
  if (!blueprint.assign(std::move(spec), numbers))
    return base::internal_error("a source that is known has no number");
  return blueprint;
}

}  // namespace inkling::feature
