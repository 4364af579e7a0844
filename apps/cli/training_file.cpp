#include "apps/cli/training_file.h"

#include <initializer_list>
#include <optional>
#include <utility>

#include "base/core/clock.h"
#include "base/yaml_document.h"
#include "wire/time_form.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;
using feature::Encoder;
using feature::EncoderKind;
using feature::FeatureSpec;
using feature::View;
using feature::ViewSpec;

FeatureSpec index(std::string source, std::uint32_t size) {
  Encoder encoder;
  encoder.kind = EncoderKind::kIndex;
  encoder.size = size;
  return {std::move(source), encoder};
}
FeatureSpec quantile(std::string source, std::uint32_t bins) {
  Encoder encoder;
  encoder.kind = EncoderKind::kQuantile;
  encoder.bins = bins;
  return {std::move(source), encoder};
}
FeatureSpec times(std::string source, std::uint32_t bins) {
  Encoder encoder;
  encoder.kind = EncoderKind::kLog;
  encoder.bins = bins;
  encoder.minimum = 20;
  encoder.maximum = static_cast<double>(base::kDayMs);
  return {std::move(source), encoder};
}
FeatureSpec names(std::string source) {
  Encoder encoder;
  encoder.kind = EncoderKind::kVocabulary;
  return {std::move(source), encoder};
}

ViewSpec swipe_view() {
  ViewSpec view{View::kSwipe, 100, {times("duration_ms", 16), times("gap_ms", 24)}};
  for (const char* place : {"tap_x", "tap_y", "start_x", "start_y", "end_x", "end_y", "length_x", "length_y"}) {
    view.features.push_back(quantile(place, 20));
  }
  view.features.push_back(index("page", 32));
  view.features.push_back(index("action", 32));
  view.features.push_back(index("direction_h", 3));
  view.features.push_back(index("direction_v", 3));
  return view;
}

ViewSpec tap_view() {
  return {View::kTap, 50, {index("page", 32), index("event", 32), index("button", 64)}};
}

ViewSpec browse_view() {
  return {View::kBrowse,
          50,
          {index("action", domain::kActionKindCount), names("top_category"), names("leaf_category"), names("page"),
           times("stay_ms", 24), index("timestamp", 144)}};
}

// "none" or a duration -> milliseconds.
Status read_session_gap(const JsonView& file, Json& blueprint) {
  if (!file.has("session_gap")) return {};
  INKLING_ASSIGN(const std::string text, file.text("session_gap"));
  if (text == "none") {
    blueprint.set("session_gap_ms", feature::kNoSessionGap);
    return {};
  }
  const auto gap_ms = sample::duration_ms(text);
  if (!gap_ms.ok()) return gap_ms.status().within("session_gap");
  blueprint.set("session_gap_ms", *gap_ms);
  return {};
}

// "+08:00" -> milliseconds.
Status read_utc_offset(const JsonView& file, Json& blueprint) {
  if (!file.has("utc_offset")) return {};
  INKLING_ASSIGN(const std::string text, file.text("utc_offset"));
  const std::optional<std::int64_t> offset_ms = wire::parse_utc_offset(text);
  if (!offset_ms) {
    return base::invalid_input("utc_offset: \"" + text + "\" is not an offset; write it in quotes, like \"+08:00\"");
  }
  blueprint.set("utc_offset_ms", *offset_ms);
  return {};
}

Status read_blueprint(const JsonView& file, TrainingFile& training) {
  Json blueprint = Json::object();
  INKLING_TRY(read_session_gap(file, blueprint));
  INKLING_TRY(read_utc_offset(file, blueprint));
  training.has_views = file.has("views");
  for (const char* key : {"views", "statistics"}) {
    const Json* value = file.json().find(key);
    blueprint.set(key, value != nullptr ? *value : Json::array());
  }
  INKLING_ASSIGN(training.blueprint, feature::blueprint_from_json(JsonView(blueprint)));
  if (!file.has("statistics")) training.blueprint.statistics = default_statistics();
  return feature::Blueprint::make(training.blueprint).status();
}

Result<TrainingFile> read(const JsonView& file) {
  INKLING_TRY(file.only_keys(
      {"model", "points", "horizons", "split", "session_gap", "utc_offset", "views", "statistics", "params"}));
  TrainingFile training;
  if (file.has("model")) {
    INKLING_ASSIGN(training.model, file.text("model"));
  }
  INKLING_TRY(read_blueprint(file, training));
  INKLING_ASSIGN(training.plan, sample::sample_plan_from_json(file, training.blueprint.utc_offset_ms));
  if (const Json* params = file.json().find("params"); params != nullptr) training.params = *params;
  return training;
}

}  // namespace

std::vector<ViewSpec> default_views(bool with_gestures) {
  if (!with_gestures) return {browse_view()};
  return {swipe_view(), tap_view(), browse_view()};
}

std::vector<FeatureSpec> default_statistics() {
  std::vector<FeatureSpec> statistics;
  for (const char* source :
       {"count.view.1h", "count.view.1d", "count.view.7d", "count.search.1d", "count.favourite.7d",
        "count.cart_add.1h", "count.cart_add.1d", "count.cart_add.7d", "count.checkout.1d", "count.purchase.7d",
        "count.purchase.30d", "recency.cart_add", "recency.purchase", "cart.items", "cart.cents", "active_days"}) {
    statistics.push_back({source, Encoder{}});
  }
  statistics.push_back(index("hour", 24));
  statistics.push_back(index("weekday", 7));
  return statistics;
}

Result<TrainingFile> load_training_file(const std::string& path) {
  if (path.empty()) {
    const Json nothing = Json::object();
    return read(JsonView(nothing));
  }
  INKLING_ASSIGN(base::YamlDocument loaded, base::YamlDocument::load(path));
  const auto document = std::make_shared<const base::YamlDocument>(std::move(loaded));
  auto training = read(document->view());
  if (!training.ok()) return document->located(training.status());
  training->document = document;
  return training;
}

}  // namespace inkling::cli
