#include "sample/same_features.h"

#include <algorithm>
#include <vector>

#include "feature/encoder_keys.h"

namespace inkling::sample {
namespace {

using base::Json;
using base::Status;
using feature::FeatureSpec;

class Comparison {
 public:
  explicit Comparison(const std::string& parent_name) : parent_name_(parent_name) {}

  [[nodiscard]] Status same(const std::string& place, const Json& asked, const Json& parent) const {
    if (asked == parent) return {};
    return base::conflict(place + ": " + asked.to_text() + " is asked for, but " + parent_name_ +
                          " was trained with " + parent.to_text() +
                          "; --from goes on with the same features, or train without --from");
  }

  [[nodiscard]] Status same_encoder(const std::string& place, const feature::Encoder& asked,
                                    const feature::Encoder& parent) const {
    INKLING_TRY(same(place + ".kind", Json(feature::encoder_kind_name(asked.kind)),
                     Json(feature::encoder_kind_name(parent.kind))));
    const Json asked_json = feature::encoder_to_json(asked), parent_json = feature::encoder_to_json(parent);
    for (const feature::EncoderKey& key : feature::encoder_keys(asked.kind)) {
      if (key.fitted) continue;
      INKLING_TRY(
          same(place + "." + std::string(key.name), member(asked_json, key.name), member(parent_json, key.name)));
    }
    return {};
  }

  [[nodiscard]] Status same_list(const std::string& place, const std::vector<FeatureSpec>& asked,
                                 const std::vector<FeatureSpec>& parent) const {
    for (std::size_t i = 0; i < std::min(asked.size(), parent.size()); ++i) {
      const std::string at = place + "[" + std::to_string(i) + "]";
      INKLING_TRY(same(at + ".source", Json(asked[i].source), Json(parent[i].source)));
      INKLING_TRY(same_encoder(at + ".encoder", asked[i].encoder, parent[i].encoder));
    }
    return same(place, sources(asked), sources(parent));
  }

 private:
  static Json member(const Json& object, std::string_view key) {
    const Json* found = object.find(key);
    return found == nullptr ? Json() : *found;
  }
  static Json sources(const std::vector<FeatureSpec>& features) {
    Json names = Json::array();
    for (const FeatureSpec& feature : features) names.push(feature.source);
    return names;
  }
  const std::string& parent_name_;
};

Json view_names(const feature::BlueprintSpec& spec) {
  Json names = Json::array();
  for (const auto& view : spec.views) names.push(feature::view_name(view.view));
  return names;
}

}  // namespace

Status check_same_features(const feature::BlueprintSpec& asked, const feature::BlueprintSpec& parent,
                           const std::string& parent_name) {
  const Comparison comparison(parent_name);
  INKLING_TRY(comparison.same("views", view_names(asked), view_names(parent)));
  for (std::size_t v = 0; v < asked.views.size(); ++v) {
    const std::string place = "views[" + std::to_string(v) + "]";
    INKLING_TRY(comparison.same(place + ".window", Json(asked.views[v].window), Json(parent.views[v].window)));
    INKLING_TRY(comparison.same_list(place + ".features", asked.views[v].features, parent.views[v].features));
  }
  INKLING_TRY(comparison.same_list("statistics", asked.statistics, parent.statistics));
  INKLING_TRY(comparison.same("session_gap_ms", Json(asked.session_gap_ms), Json(parent.session_gap_ms)));
  return comparison.same("utc_offset_ms", Json(asked.utc_offset_ms), Json(parent.utc_offset_ms));
}

}  // namespace inkling::sample
