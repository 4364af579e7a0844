#include "train/variants.h"

#include <algorithm>
#include <utility>

#include "base/yaml_document.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

Status read_views(const JsonView& json, Variant& variant) {
  if (!json.has("views")) return {};
  INKLING_ASSIGN(const auto elements, json.elements("views"));
  if (elements.empty()) return json.refuse("views is empty; name at least one, or leave it out");
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::string name, element.as_text());
    const auto view = feature::view_from_name(name);
    if (!view.ok()) return element.refuse(view.status().message());
    variant.views.push_back(*view);
  }
  return {};
}

Result<Variant> read_variant(const JsonView& json, const ParameterTable& parameters) {
  INKLING_TRY(json.only_keys({"meaning", "params", "views"}));
  Variant variant;
  if (json.has("meaning")) {
    INKLING_ASSIGN(variant.meaning, json.text("meaning"));
  }
  if (json.has("params")) {
    INKLING_ASSIGN(const JsonView params, json.member("params"));
    INKLING_TRY(parameters.complete(params).status());
    variant.params = params.json();
  }
  INKLING_TRY(read_views(json, variant));
  return variant;
}

std::string names_of(const std::vector<feature::View>& views) {
  std::string names;
  for (const feature::View view : views) names += (names.empty() ? "" : ", ") + std::string(feature::view_name(view));
  return names;
}

}  // namespace

Result<std::vector<Variant>> variants_from_yaml(std::string_view yaml, const std::string& model,
                                                const ParameterTable& parameters, const std::string& shown_name) {
  INKLING_ASSIGN(const base::YamlDocument document, base::YamlDocument::parse(yaml, shown_name));
  const Json::Object* members = document.root().if_object();
  if (members == nullptr) return document.located(document.view().refuse("expected name: {params, views} pairs"));
  std::vector<Variant> variants;
  for (const base::JsonMember& member : *members) {
    auto variant = read_variant(JsonView(member.value, member.key), parameters);
    if (!variant.ok()) return document.located(variant.status());
    variant->name = member.key;
    variant->model = model;
    variants.push_back(*std::move(variant));
  }
  return variants;
}

Json with_presets(const Json& given, const Variant& variant) {
  Json params = given.is_null() ? Json::object() : given;
  const Json::Object* presets = variant.params.if_object();
  if (presets == nullptr || !params.is_object()) return params;
  for (const base::JsonMember& preset : *presets) params.set(preset.key, preset.value);
  return params;
}

Status check_assignment(std::string_view assignment, const Variant& variant) {
  const std::string name(assignment.substr(0, assignment.find('=')));
  const Json* preset = variant.params.find(name);
  if (preset == nullptr) return {};
  return base::invalid_input("--set " + std::string(assignment) + ": the model " + variant.name + " is " +
                             variant.model + " with " + name + " " + preset->to_text() + "; to set it, use --model " +
                             variant.model);
}

Result<std::vector<feature::ViewSpec>> chosen_views(std::vector<feature::ViewSpec> views, const Variant& variant) {
  if (variant.views.empty()) return views;
  std::erase_if(views, [&](const feature::ViewSpec& view) {
    return std::ranges::find(variant.views, view.view) == variant.views.end();
  });
  if (!views.empty()) return views;
  return base::invalid_input("views: the model " + variant.name + " reads the view " + names_of(variant.views) +
                             ", which the training file leaves out");
}

}  // namespace inkling::train
