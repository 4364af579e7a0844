// The JSON form of blueprints: in training files (written by people, encoders unfitted) and in packages (fitted).
#include <optional>
#include <utility>

#include "base/core/file_mistakes.h"
#include "feature/blueprint.h"
#include "feature/feature_check.h"

namespace inkling::feature {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Json features_to_json(const std::vector<FeatureSpec>& features) {
  Json list = Json::array();
  for (const FeatureSpec& feature : features) {
    Json json = Json::object();
    json.set("source", feature.source);
    json.set("encoder", encoder_to_json(feature.encoder));
    list.push(std::move(json));
  }
  return list;
}

Result<FeatureSpec> feature_from_json(const JsonView& json, std::optional<View> view) {
  FeatureSpec feature;
  base::Refusals refusals;
  refusals.note(json.only_keys({"source", "encoder"}));
  if (!json.json().is_object()) return refusals.status();
  std::optional<ValueKind> kind;
  if (auto source = json.text("source"); refusals.note(source.status())) {
    feature.source = *std::move(source);
    const auto known = check_source(json.path(), feature.source, view);
    if (refusals.note(known.status())) kind = *known;
  }
  if (const auto encoder = json.member("encoder"); refusals.note(encoder.status())) {
    auto read = encoder_from_json(*encoder);
    if (refusals.note(read.status())) {
      feature.encoder = *std::move(read);
      if (kind.has_value()) refusals.note(check_encoder(json.path(), feature, *kind, view));
    }
  }
  if (!refusals.empty()) return refusals.status();
  return feature;
}

Status features_from_json(const JsonView& parent, std::string_view key, std::optional<View> view,
                          std::vector<FeatureSpec>& features) {
  INKLING_ASSIGN(const auto elements, parent.elements(key));
  base::Refusals refusals;
  for (const JsonView& element : elements) features.push_back(refusals.keep(feature_from_json(element, view)));
  return refusals.status();
}

Result<View> view_of(const JsonView& json) {
  INKLING_ASSIGN(const std::string name, json.text("view"));
  auto known = view_from_name(name);
  if (!known.ok()) return known.status().within(json.path() + ".view");
  return known;
}

Result<ViewSpec> view_from_json(const JsonView& json) {
  ViewSpec view;
  base::Refusals refusals;
  refusals.note(json.only_keys({"view", "window", "features"}));
  if (!json.json().is_object()) return refusals.status();
  const auto known = view_of(json);
  if (refusals.note(known.status())) view.view = *known;
  if (json.has("window")) {
    view.window = static_cast<std::uint32_t>(refusals.keep(json.integer("window", 1, kMaxWindow)));
  }
  // Without its view nobody can tell which features there are.
  if (known.ok()) refusals.note(features_from_json(json, "features", view.view, view.features));
  if (!refusals.empty()) return refusals.status();
  return view;
}

void times_from_json(const JsonView& json, BlueprintSpec& spec, base::Refusals& refusals) {
  if (json.has("session_gap_ms")) {
    spec.session_gap_ms = refusals.keep(json.integer("session_gap_ms", kNoSessionGap, kLongestSessionGapMs));
  }
  if (json.has("utc_offset_ms")) {
    spec.utc_offset_ms = refusals.keep(json.integer("utc_offset_ms", -kFarthestOffsetMs, kFarthestOffsetMs));
  }
}

}  // namespace

Json blueprint_to_json(const BlueprintSpec& spec) {
  Json json = Json::object();
  json.set("session_gap_ms", spec.session_gap_ms);
  json.set("utc_offset_ms", spec.utc_offset_ms);
  Json views = Json::array();
  for (const ViewSpec& view : spec.views) {
    Json member = Json::object();
    member.set("view", view_name(view.view));
    member.set("window", view.window);
    member.set("features", features_to_json(view.features));
    views.push(std::move(member));
  }
  json.set("views", std::move(views));
  json.set("statistics", features_to_json(spec.statistics));
  return json;
}

Result<BlueprintSpec> blueprint_from_json(const JsonView& json) {
  BlueprintSpec spec;
  base::Refusals refusals;
  refusals.note(json.only_keys({"session_gap_ms", "utc_offset_ms", "views", "statistics"}));
  if (!json.json().is_object()) return refusals.status();
  times_from_json(json, spec, refusals);
  const auto views = json.elements("views");
  if (refusals.note(views.status())) {
    for (const JsonView& element : *views) spec.views.push_back(refusals.keep(view_from_json(element)));
  }
  if (json.has("statistics")) refusals.note(features_from_json(json, "statistics", std::nullopt, spec.statistics));
  if (!refusals.empty()) return refusals.status();
  return spec;
}

}  // namespace inkling::feature
