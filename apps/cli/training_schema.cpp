#include "apps/cli/training_schema.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <type_traits>
#include <utility>

#include "apps/cli/training_file.h"
#include "apps/cli/zoo.h"
#include "feature/encoder_keys.h"
#include "feature/record_reader.h"
#include "feature/source_names.h"
#include "models/model.h"
#include "sample/sample_plan.h"
#include "sample/split_ranges.h"
#include "scene/parameter_schema.h"
#include "train/parameters.h"

namespace inkling::cli {
namespace {

using base::Json;
using feature::EncoderKey;
using feature::EncoderKind;

template <typename Names>
Json names_schema(const Names& names) {
  Json choices = Json::array();
  for (const auto& name : names) choices.push(std::string_view(name));
  Json schema = Json::object();
  schema.set("enum", std::move(choices));
  return schema;
}

Json constant(std::string_view value) {
  Json schema = Json::object();
  schema.set("const", value);
  return schema;
}

Json text(std::string_view description, std::string_view pattern) {
  Json schema = Json::object();
  schema.set("description", description);
  schema.set("type", "string");
  schema.set("pattern", pattern);
  return schema;
}

Json number(std::string_view type, double low, double high) {
  Json schema = Json::object();
  schema.set("type", type);
  schema.set("minimum", type == "integer" ? Json(static_cast<std::int64_t>(low)) : Json(low));
  schema.set("maximum", type == "integer" ? Json(static_cast<std::int64_t>(high)) : Json(high));
  return schema;
}

Json list_of(Json element, std::int64_t least, std::int64_t most = 0) {
  Json schema = Json::object();
  schema.set("type", "array");
  schema.set("minItems", least);
  if (most > 0) schema.set("maxItems", most);
  schema.set("items", std::move(element));
  return schema;
}

Json any_of(Json choices) {
  Json schema = Json::object();
  schema.set("anyOf", std::move(choices));
  return schema;
}

Json duration() {
  return text("a whole number and a unit: 90s, 15m, 1h, 3d, 2w", "^[1-9][0-9]{0,5}[smhdw]$");
}

Json encoder_value(const EncoderKey& key) {
  return std::visit(
      [&](auto member) {
        using Value = std::decay_t<decltype(std::declval<feature::Encoder>().*member)>;
        if constexpr (std::is_same_v<Value, bool>) {
          return Json(Json::object().set("type", "boolean"));
        } else if constexpr (std::is_same_v<Value, std::vector<double>>) {
          return list_of(Json::object().set("type", "number"), 0);
        } else {
          return number(std::is_same_v<Value, std::uint32_t> ? "integer" : "number", key.low, key.high);
        }
      },
      key.member);
}

Json encoder_schema(EncoderKind kind) {
  Json members = Json::object();
  members.set("kind", constant(feature::encoder_kind_name(kind)));
  std::vector<std::string_view> required = {"kind"};
  for (const EncoderKey& key : feature::encoder_keys(kind)) {
    if (key.fitted) continue;
    Json value = encoder_value(key);
    value.set("description", key.meaning);
    members.set(key.name, std::move(value));
    if (key.required) required.push_back(key.name);
  }
  return scene::object_schema(std::move(members), required);
}

// `numbers`: encoders that give numbers too, as statistics may.
Json feature_schema(const std::vector<std::string>& sources, bool numbers) {
  Json encoders = Json::array();
  for (const EncoderKind kind : feature::encoder_kinds()) {
    const bool id = kind != EncoderKind::kNumber && kind != EncoderKind::kRaw;
    if (numbers || id) encoders.push(encoder_schema(kind));
  }
  Json members = Json::object();
  members.set("source", names_schema(sources));
  members.set("encoder", any_of(std::move(encoders)));
  constexpr std::array<std::string_view, 2> kBoth = {"source", "encoder"};
  return scene::object_schema(std::move(members), kBoth);
}

Json views_schema() {
  Json views = Json::array();
  for (const feature::View view : {feature::View::kSwipe, feature::View::kTap, feature::View::kBrowse}) {
    Json members = Json::object();
    members.set("view", constant(feature::view_name(view)));
    members.set("window", number("integer", 1, feature::kMaxWindow));
    members.set("features", list_of(feature_schema(feature::view_source_names(view), false), 1,
                                    static_cast<std::int64_t>(feature::kMaxViewFeatures)));
    constexpr std::array<std::string_view, 2> kNeeded = {"view", "features"};
    views.push(scene::object_schema(std::move(members), kNeeded));
  }
  return list_of(any_of(std::move(views)), 0, feature::kViewCount);
}

Json points_schema() {
  Json members = Json::object();
  constexpr std::array<std::string_view, 2> kRules = {"action", "day_end"};
  members.set("at", names_schema(kRules));
  members.set("min_gap", duration());
  constexpr std::array<std::string_view, 1> kNeeded = {"at"};
  return scene::object_schema(std::move(members), kNeeded);
}

Json split_schema() {
  Json members = Json::object();
  for (const char* day : {"train_from", "train_until", "test_from", "test_until"}) {
    members.set(day, text("a day, inclusive", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"));
  }
  members.set("test_fraction", number("number", sample::kTestFractionRange[0], sample::kTestFractionRange[1]));
  members.set("validation", number("number", sample::kValidationRange[0], sample::kValidationRange[1]));
  return scene::object_schema(std::move(members), {});
}

Json parameter_value(const train::Parameter& parameter) {
  if (parameter.type == "boolean") return Json::object().set("type", "boolean");
  if (parameter.type == "choice") return names_schema(parameter.choices);
  if (parameter.type == "integers") return list_of(number("integer", parameter.low, parameter.high), 0);
  return number(parameter.type, parameter.low, parameter.high);
}

// Of the model that the file names; each model's parameters are described under its name.
Json params_of(const models::ServingModel& model) {
  const auto table = train::ParameterTable::parse(model.params_yaml, std::string(model.name));
  assert(table.ok());  // a test reads every model's table
  Json members = Json::object();
  if (!table.ok()) return scene::object_schema(std::move(members), {});
  for (const train::Parameter& parameter : table->parameters()) {
    Json value = parameter_value(parameter);
    value.set("description", parameter.meaning);
    value.set("default", parameter.default_value);
    members.set(parameter.name, std::move(value));
  }
  return scene::object_schema(std::move(members), {});
}

// `if` the file names this model or a variant, or none and this one is the default, `then` its parameters.
Json condition_for(const models::ServingModel& model, const std::vector<std::string>& names) {
  Json named = Json::object();
  named.set("properties",
            Json::object().set("model", names.size() == 1 ? constant(model.name) : names_schema(names)));
  if (model.name != TrainingFile().model) named.set("required", Json::array().push("model"));
  Json condition = Json::object();
  condition.set("if", std::move(named));
  condition.set("then", Json::object().set("properties", Json::object().set("params", params_of(model))));
  return condition;
}

Json member_schema(std::string_view key) {
  if (key == "points") return points_schema();
  if (key == "horizons") return list_of(duration(), 1, static_cast<std::int64_t>(feature::kMaxTargets));
  if (key == "more_actions") {
    return number("integer", sample::kMoreActionsRange[0], sample::kMoreActionsRange[1]);
  }
  if (key == "split") return split_schema();
  if (key == "session_gap") return any_of(Json::array().push(duration()).push(constant("none")));
  if (key == "utc_offset") return text("whose days; in quotes", "^(Z|[+-][0-9]{2}(:?[0-9]{2})?)$");
  if (key == "views") return views_schema();
  if (key == "statistics") return list_of(feature_schema(feature::statistic_source_names(), true), 0);
  return Json::object().set("type", "object");
}

}  // namespace

Json training_schema() {
  const auto entries = zoo();
  assert(entries.ok());  // a test trains by name
  std::vector<std::string> models;
  Json conditions = Json::array();
  for (const models::ServingModel* model : plugins::models()) {
    std::vector<std::string> names;
    for (const ZooEntry& entry : entries.ok() ? *entries : std::vector<ZooEntry>()) {
      if (entry.serving == model) names.push_back(entry.variant.name);
    }
    models.insert(models.end(), names.begin(), names.end());
    conditions.push(condition_for(*model, names));
  }
  Json members = Json::object();
  for (const std::string_view key : kTrainingKeys) {
    members.set(key, key == "model" ? names_schema(models) : member_schema(key));
  }
  Json schema = scene::object_schema(std::move(members), {});
  schema.set("allOf", std::move(conditions));
  return scene::schema_document("A training file of Inkling", schema);
}

}  // namespace inkling::cli
