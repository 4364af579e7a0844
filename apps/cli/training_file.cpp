#include "apps/cli/training_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "apps/cli/zoo.h"
#include "base/core/clock.h"
#include "base/core/file_mistakes.h"
#include "base/core/json_keys.h"
#include "base/core/suggest.h"
#include "base/files.h"
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

// A training file is written by hand.
constexpr std::uint64_t kMaxTrainingBytes = std::uint64_t{1} << 20;

// "none" or a duration -> milliseconds.
Status read_session_gap(const JsonView& file, Json& blueprint) {
  if (!file.has("session_gap")) return {};
  INKLING_ASSIGN(const std::string text, base::scalar_text(*file.member("session_gap")));
  if (text == "none") {
    blueprint.set("session_gap_ms", feature::kNoSessionGap);
    return {};
  }
  const auto gap_ms = sample::duration_ms(text);
  if (!gap_ms.ok()) return base::invalid_input("session_gap: " + gap_ms.status().message() + ", or none");
  blueprint.set("session_gap_ms", *gap_ms);
  return {};
}

// "+08:00" -> milliseconds.
Status read_utc_offset(const JsonView& file, Json& blueprint) {
  if (!file.has("utc_offset")) return {};
  INKLING_ASSIGN(const std::string text, base::scalar_text(*file.member("utc_offset")));
  const std::optional<std::int64_t> offset_ms = wire::parse_utc_offset(text);
  if (!offset_ms) {
    return base::invalid_input("utc_offset: \"" + text + "\" is not an offset; write it in quotes, like \"+08:00\"");
  }
  blueprint.set("utc_offset_ms", *offset_ms);
  return {};
}

// nullptr: there is no such name.
const models::ServingModel* serving_model(const std::string& name) {
  const auto entry = find_in_zoo(name);
  return entry.ok() ? entry->serving : nullptr;
}

Result<std::string> model_name(const JsonView& file) {
  if (!file.has("model")) return TrainingFile().model;
  INKLING_ASSIGN(std::string name, file.text("model"));
  INKLING_ASSIGN(const auto names, zoo_names());
  if (std::ranges::find(names, name) != names.end()) return name;
  return base::invalid_input("model: \"" + name + "\" is unknown; " + base::expected_one_of(name, names));
}

// The model that a wrong name probably means: its parameters are checked, so that one mistake hides no other.
std::string meant_model(const JsonView& file) {
  const auto name = file.text("model");
  const auto names = zoo_names();
  return name.ok() && names.ok() ? base::nearest(*name, *names) : "";
}

Status check_params(const JsonView& params, const std::string& model) {
  const auto entry = find_in_zoo(model);
  return entry.ok() ? entry->parameters.complete(params).status() : Status();
}

// What the file leaves out is the model's to choose, or else the published lists.
void complete_features(const JsonView& file, TrainingFile& training) {
  const models::ServingModel* model = serving_model(training.model);
  const bool own = model != nullptr && model->default_features != nullptr;
  const feature::BlueprintSpec defaults = own ? model->default_features() : feature::BlueprintSpec();
  if (!file.has("statistics")) training.blueprint.statistics = own ? defaults.statistics : default_statistics();
  if (file.has("views") || !own) return;
  training.blueprint.views = defaults.views;
  training.has_views = true;
}

// A journal has no columns of a table, and only models that say so know what to do with a value on its own scale.
Status check_statistics(const TrainingFile& training) {
  const models::ServingModel* model = serving_model(training.model);
  const bool raw_allowed = model == nullptr || model->takes_raw_numbers;
  base::Refusals refusals;
  for (std::size_t i = 0; i < training.blueprint.statistics.size(); ++i) {
    const FeatureSpec& statistic = training.blueprint.statistics[i];
    const std::string place = "statistics[" + std::to_string(i) + "].";
    if (feature::is_table_source(statistic.source)) {
      refusals.note(base::invalid_input(place + "source: \"" + statistic.source +
                                        "\" is a column of a table, which a "
                                        "journal does not have; tables are learnt from with inkling train --table"));
    }
    if (raw_allowed || statistic.encoder.kind != EncoderKind::kRaw) continue;
    refusals.note(base::invalid_input(place + "encoder.kind: \"raw\" is for trees, \"" + training.model +
                                      "\" needs numbers on one scale; expected number"));
  }
  return refusals.status();
}

void read_blueprint(const JsonView& file, TrainingFile& training, base::Refusals& refusals) {
  Json blueprint = Json::object();
  refusals.note(read_session_gap(file, blueprint));
  refusals.note(read_utc_offset(file, blueprint));
  training.has_views = file.has("views");
  for (const char* key : {"views", "statistics"}) {
    const Json* value = file.json().find(key);
    blueprint.set(key, value != nullptr ? *value : Json::array());
  }
  auto spec = feature::blueprint_from_json(JsonView(blueprint));
  if (!refusals.note(spec.status())) return;
  training.blueprint = *std::move(spec);
  complete_features(file, training);
  refusals.note(feature::Blueprint::make(training.blueprint).status());
  refusals.note(check_statistics(training));
}

}  // namespace

Result<TrainingFile> training_file_from(const JsonView& file, const std::string& model) {
  TrainingFile training;
  base::Refusals refusals;
  refusals.note(base::only_keys(file, kTrainingKeys));
  if (!file.json().is_object()) return refusals.status();
  const auto named = model_name(file);
  refusals.note(named.status());
  training.model = !model.empty() ? model : named.ok() ? *named : meant_model(file);
  read_blueprint(file, training, refusals);
  auto plan = sample::sample_plan_from_json(file, training.blueprint.utc_offset_ms);
  if (refusals.note(plan.status())) training.plan = *std::move(plan);
  if (const Json* params = file.json().find("params"); params != nullptr) {
    training.params = *params;
    refusals.note(check_params(JsonView(*params, "params"), training.model));
  }
  if (!refusals.empty()) return refusals.status();
  return training;
}

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

Result<TrainingFile> load_training_file(const std::string& path, const std::string& model) {
  if (path.empty()) {
    const Json nothing = Json::object();
    return training_file_from(JsonView(nothing), model);
  }
  INKLING_ASSIGN(const std::string text, base::read_file(path, kMaxTrainingBytes));
  base::FileMistakes mistakes(path);
  INKLING_ASSIGN(const base::YamlDocument document, base::YamlDocument::parse(text, path, {.mistakes = &mistakes}));
  auto training = training_file_from(document.view(), model);
  document.tell(training.status(), mistakes);
  INKLING_TRY(mistakes.status());
  return training;
}

}  // namespace inkling::cli
