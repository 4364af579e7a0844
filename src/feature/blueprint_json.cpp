// The JSON form of blueprints: in training files (written by people, encoders unfitted) and in packages (fitted).
#include <limits>

#include "feature/blueprint.h"

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

Result<FeatureSpec> feature_from_json(const JsonView& json) {
  INKLING_TRY(json.only_keys({"source", "encoder"}));
  FeatureSpec feature;
  INKLING_ASSIGN(feature.source, json.text("source"));
  INKLING_ASSIGN(const JsonView encoder, json.member("encoder"));
  INKLING_ASSIGN(feature.encoder, encoder_from_json(encoder));
  return feature;
}

Status features_from_json(const JsonView& parent, std::string_view key, std::vector<FeatureSpec>& features) {
  INKLING_ASSIGN(const auto elements, parent.elements(key));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(FeatureSpec feature, feature_from_json(element));
    features.push_back(std::move(feature));
  }
  return {};
}

Result<ViewSpec> view_from_json(const JsonView& json) {
  INKLING_TRY(json.only_keys({"view", "window", "features"}));
  ViewSpec view;
  INKLING_ASSIGN(const std::string name, json.text("view"));
  auto known = view_from_name(name);
  if (!known.ok()) return known.status().within(json.path() + ".view");
  view.view = *known;
  if (json.has("window")) {
    INKLING_ASSIGN(const std::int64_t window, json.integer("window", 1, kMaxWindow));
    view.window = static_cast<std::uint32_t>(window);
  }
  INKLING_TRY(features_from_json(json, "features", view.features));
  return view;
}

Status times_from_json(const JsonView& json, BlueprintSpec& spec) {
  constexpr std::int64_t kLongestGapMs = std::numeric_limits<std::int64_t>::max() / 4;
  if (json.has("session_gap_ms")) {
    INKLING_ASSIGN(spec.session_gap_ms, json.integer("session_gap_ms", kNoSessionGap, kLongestGapMs));
  }
  if (json.has("utc_offset_ms")) {
    constexpr std::int64_t kFarthestMs = 14 * 3'600'000;  // Kiribati; nobody lives farther from UTC
    INKLING_ASSIGN(spec.utc_offset_ms, json.integer("utc_offset_ms", -kFarthestMs, kFarthestMs));
  }
  return {};
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
  INKLING_TRY(json.only_keys({"session_gap_ms", "utc_offset_ms", "views", "statistics"}));
  BlueprintSpec spec;
  INKLING_TRY(times_from_json(json, spec));
  INKLING_ASSIGN(const auto views, json.elements("views"));
  for (const JsonView& element : views) {
    INKLING_ASSIGN(ViewSpec view, view_from_json(element));
    spec.views.push_back(std::move(view));
  }
  if (json.has("statistics")) INKLING_TRY(features_from_json(json, "statistics", spec.statistics));
  return spec;
}

}  // namespace inkling::feature
