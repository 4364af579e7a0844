#include "scene/parameter_schema.h"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace inkling::scene {
namespace {

using base::Json;

Json bound(double value) {
  const bool whole = std::floor(value) == value && std::abs(value) < 0x1p53;
  return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

std::string_view type_name(ParameterType type) {
  switch (type) {
    case ParameterType::kBoolean:
      return "boolean";
    case ParameterType::kInteger:
      return "integer";
    case ParameterType::kNumber:
      return "number";
    case ParameterType::kText:
    case ParameterType::kTexts:
      break;
  }
  return "string";
}

}  // namespace

Json parameter_schema(const ParameterSpec& spec) {
  Json schema = Json::object();
  if (!spec.meaning.empty()) {
    schema.set("description",
               std::string(spec.meaning) + (spec.unit.empty() ? "" : " (" + std::string(spec.unit) + ")"));
  }
  Json value = Json::object();
  value.set("type", type_name(spec.type));
  if (type_name(spec.type) == "string") value.set("minLength", 1);
  if (std::isfinite(spec.min)) value.set("minimum", bound(spec.min));
  if (std::isfinite(spec.max)) value.set("maximum", bound(spec.max));
  if (!spec.choices.empty()) {
    Json choices = Json::array();
    for (const std::string_view choice : spec.choices) choices.push(choice);
    value.set("enum", std::move(choices));
  }
  if (spec.type == ParameterType::kTexts) {
    schema.set("type", "array");
    schema.set("items", std::move(value));
    return schema;
  }
  for (const auto& member : *value.if_object()) schema.set(member.key, member.value);
  return schema;
}

Json object_schema(Json members, std::span<const std::string_view> required) {
  Json schema = Json::object();
  schema.set("type", "object");
  schema.set("additionalProperties", false);
  if (!required.empty()) {
    Json names = Json::array();
    for (const std::string_view name : required) names.push(name);
    schema.set("required", std::move(names));
  }
  schema.set("properties", std::move(members));
  return schema;
}

Json parameters_schema(std::span<const ParameterSpec> specs) {
  Json members = Json::object();
  std::vector<std::string_view> required;
  for (const ParameterSpec& spec : specs) {
    members.set(spec.name, parameter_schema(spec));
    if (spec.required) required.push_back(spec.name);
  }
  return object_schema(std::move(members), required);
}

Json schema_document(std::string_view title, const Json& schema) {
  Json document = Json::object();
  document.set("$schema", "https://json-schema.org/draft/2020-12/schema");
  document.set("title", title);
  for (const auto& member : *schema.if_object()) document.set(member.key, member.value);
  return document;
}

}  // namespace inkling::scene
