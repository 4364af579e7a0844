// Templates as JSON: the schema of their files, and what a form is drawn from.
#include <span>

#include "content/template_file.h"
#include "content/template_keys.h"

namespace inkling::content {
namespace {

using base::Json;

Json of_type(std::string_view type) {
  return Json::object().set("type", type);
}

Json list_of(Json items) {
  Json list = of_type("array");
  return list.set("items", std::move(items)).set("minItems", 1);
}

Json object_of(std::span<const KeySpec> keys);

Json type_of(std::string_view type) {
  if (type == "names") return object_of(kNamesKeys);
  if (type == "fields") return list_of(object_of(kFieldKeys));
  if (type == "options") return list_of(object_of(kOptionKeys));
  if (type == "texts") return list_of(Json::object().set("type", Json(Json::Array{"string", "number"})));
  if (type == "units") return of_type("object").set("additionalProperties", of_type("number"));
  if (type != "kind") return of_type(type);
  Json kinds = Json::array();
  for (const std::string_view kind : kFieldKindNames) kinds.push(kind);
  return Json::object().set("enum", std::move(kinds));
}

Json object_of(std::span<const KeySpec> keys) {
  Json properties = Json::object(), required = Json::array();
  for (const KeySpec& key : keys) {
    Json property = type_of(key.type);
    properties.set(key.name, property.set("description", key.meaning));
    if (key.required) required.push(key.name);
  }
  Json made = of_type("object");
  made.set("properties", std::move(properties));
  if (!required.if_array()->empty()) made.set("required", std::move(required));
  return made.set("additionalProperties", false);
}

Json field_json(const Field& field) {
  Json made = Json::object();
  made.set("field", field.id).set("name", names_json(field.name));
  made.set("kind", kFieldKindNames[static_cast<std::size_t>(field.kind)]).set("required", field.required);
  if (field.kind == FieldKind::kChoice) {
    Json options = Json::array();
    for (const Option& option : field.options) {
      options.push(Json::object().set("option", option.id).set("name", names_json(option.name)));
    }
    made.set("options", std::move(options));
  }
  if (field.kind == FieldKind::kNumber) made.set("unit", field.unit);
  if (field.kind == FieldKind::kNumber || field.kind == FieldKind::kMoney) {
    made.set("min", field.min).set("max", field.max);
  }
  return made;
}

}  // namespace

Json names_json(const Names& names) {
  return Json::object().set("en", names.en).set("zh", names.zh);
}

Json template_schema() {
  Json schema = Json::object();
  schema.set("$schema", "https://json-schema.org/draft/2020-12/schema").set("title", "A template of Inkling");
  const Json keys = object_of(kTemplateKeys);
  for (const base::JsonMember& member : *keys.if_object()) schema.set(member.key, member.value);
  return schema;
}

Json template_json(const Template& form) {
  Json fields = Json::array(), made = Json::object();
  for (const Field& field : form.fields) fields.push(field_json(field));
  made.set("template", form.id).set("name", names_json(form.name)).set("description", form.description);
  return made.set("price", form.price.empty() ? Json() : Json(form.price)).set("fields", std::move(fields));
}

}  // namespace inkling::content
