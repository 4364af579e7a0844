#include "train/parameters.h"

#include <algorithm>
#include <cmath>

#include "base/core/file_mistakes.h"
#include "base/core/suggest.h"
#include "base/yaml_document.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status check_element(const Parameter& parameter, const JsonView& value) {
  if (parameter.type == "number") return value.as_number(parameter.low, parameter.high).status();
  return value
      .as_integer(static_cast<std::int64_t>(std::llround(parameter.low)),
                  static_cast<std::int64_t>(std::llround(parameter.high)))
      .status();
}

Status check_choice(const Parameter& parameter, const JsonView& value) {
  INKLING_ASSIGN(const std::string text, value.as_text());
  if (std::find(parameter.choices.begin(), parameter.choices.end(), text) != parameter.choices.end()) return {};
  return value.refuse("\"" + text + "\" is not allowed; " + base::expected_one_of(text, parameter.choices));
}

Status check_value(const Parameter& parameter, const JsonView& value) {
  if (parameter.type == "boolean") return value.as_boolean().status();
  if (parameter.type == "choice") return check_choice(parameter, value);
  if (parameter.type != "integers") return check_element(parameter, value);
  INKLING_ASSIGN(const auto elements, value.as_elements());
  base::Refusals refusals;
  for (const JsonView& element : elements) refusals.note(check_element(parameter, element));
  return refusals.status();
}

Status read_limits(const JsonView& json, Parameter& parameter) {
  if (parameter.type == "choice") {
    INKLING_ASSIGN(const auto choices, json.elements("choices"));
    for (const JsonView& choice : choices) {
      INKLING_ASSIGN(std::string text, choice.as_text());
      parameter.choices.push_back(std::move(text));
    }
    return {};
  }
  if (parameter.type == "boolean") return {};
  INKLING_ASSIGN(const auto range, json.elements("range"));
  if (range.size() != 2) return json.refuse("range must hold two numbers, the lowest and the highest");
  INKLING_ASSIGN(parameter.low, range[0].as_number());
  INKLING_ASSIGN(parameter.high, range[1].as_number());
  return {};
}

Result<Parameter> read_parameter(const JsonView& json) {
  INKLING_TRY(json.only_keys({"name", "meaning", "type", "unit", "range", "choices", "default", "of"}));
  Parameter parameter;
  INKLING_ASSIGN(parameter.name, json.text("name"));
  INKLING_ASSIGN(parameter.meaning, json.text("meaning"));
  INKLING_ASSIGN(parameter.type, json.text("type"));
  const std::vector<std::string_view> types = {"integer", "number", "boolean", "choice", "integers"};
  if (std::find(types.begin(), types.end(), parameter.type) == types.end()) {
    return json.refuse("type \"" + parameter.type + "\" is unknown; " + base::expected_one_of(parameter.type, types));
  }
  if (json.has("unit")) {
    INKLING_ASSIGN(parameter.unit, json.text("unit"));
  }
  if (json.has("of")) {
    INKLING_ASSIGN(const std::string of, json.text("of"));
    if (of != "training") return json.refuse("of: \"" + of + "\" is unknown; expected training, or nothing");
    parameter.of_training = true;
  }
  INKLING_TRY(read_limits(json, parameter));
  INKLING_ASSIGN(const JsonView value, json.member("default"));
  INKLING_TRY(check_value(parameter, value));
  parameter.default_value = value.json();
  return parameter;
}

}  // namespace

Result<ParameterTable> ParameterTable::parse(std::string_view params_yaml, const std::string& shown_name) {
  INKLING_ASSIGN(const base::YamlDocument document, base::YamlDocument::parse(params_yaml, shown_name));
  ParameterTable table;
  const auto elements = document.view().as_elements();
  if (!elements.ok()) return document.located(elements.status());
  for (const JsonView& element : *elements) {
    auto parameter = read_parameter(element);
    if (!parameter.ok()) return document.located(parameter.status());
    if (table.find(parameter->name).ok()) {
      return document.located(base::invalid_input(element.path() + ".name: \"" + parameter->name +
                                                  "\" is the name of another parameter already."));
    }
    table.parameters_.push_back(*std::move(parameter));
  }
  return table;
}

Result<const Parameter*> ParameterTable::find(std::string_view name) const {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) return &parameter;
    names.push_back(parameter.name);
  }
  return base::invalid_input("\"" + std::string(name) + "\" is no parameter of this model; " +
                             base::expected_one_of(name, names));
}

Result<Json> ParameterTable::complete(const JsonView& given) const {
  Json complete = Json::object();
  for (const Parameter& parameter : parameters_) complete.set(parameter.name, parameter.default_value);
  if (given.json().is_null()) return complete;
  const Json::Object* members = given.json().if_object();
  if (members == nullptr) return given.refuse("expected name: value pairs");
  base::Refusals refusals;
  for (const auto& member : *members) {
    const auto parameter = find(member.key);
    if (!refusals.note(parameter.status().within(given.path() + "." + member.key))) continue;
    INKLING_ASSIGN(const JsonView value, given.member(member.key));
    refusals.note(check_value(**parameter, value));
    complete.set(member.key, member.value);
  }
  if (!refusals.empty()) return refusals.status();
  return complete;
}

Status ParameterTable::set(std::string_view assignment, Json& params) const {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    return base::invalid_input("--set \"" + std::string(assignment) + "\": write name=value");
  }
  const std::string name(assignment.substr(0, equals));
  INKLING_ASSIGN(const Parameter* parameter, find(name));
  if (assignment.find_first_not_of(' ', equals + 1) == std::string_view::npos) {
    return base::invalid_input("--set " + std::string(assignment) + ": the value after = is missing");
  }
  INKLING_ASSIGN(const base::YamlDocument value,
                 base::YamlDocument::parse(assignment.substr(equals + 1), "--set " + name));
  INKLING_TRY(check_value(*parameter, JsonView(value.root(), "--set " + name)));
  params.set(name, value.root());
  return {};
}

}  // namespace inkling::train
