#include "wire/mapping_schema.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "wire/mapping_plan.h"
#include "wire/mapping_words.h"

namespace inkling::wire {
namespace {

using base::Json;

constexpr std::array<std::string_view, 12> kMappingKeys = {"format", "delimiter",  "header", "columns",
                                                           "trim",   "utc_offset", "order",  "event",
                                                           "id",     "fields",     "skip",   "basket"};

Json described(Json schema, std::string_view description) {
  schema.set("description", description);
  return schema;
}

// A scalar of any kind: the reader takes each as it is written.
Json scalar() {
  return Json::object().set("type", Json::array().push("string").push("number").push("boolean"));
}

Json list_of(Json element) {
  return Json::object().set("type", "array").set("minItems", 1).set("items", std::move(element));
}

Json one_of(std::span<const std::string_view> choices) {
  Json names = Json::array();
  for (const std::string_view choice : choices) names.push(choice);
  return Json::object().set("enum", std::move(names));
}

Json object_of(Json members, const std::vector<std::string_view>& required) {
  Json names = Json::array();
  for (const std::string_view name : required) names.push(name);
  Json schema = Json::object().set("type", "object").set("additionalProperties", false);
  if (!required.empty()) schema.set("required", std::move(names));
  return schema.set("properties", std::move(members));
}

void add_options(Shape shape, Json& members, std::vector<std::string_view>& required) {
  switch (shape) {
    case Shape::kText:
    case Shape::kChoice:
      members.set("values", described(Json::object().set("type", "object").set("minProperties", 1), "cell: value"));
      break;
    case Shape::kInteger:
      members.set("scale", described(Json::object().set("type", "number").set("exclusiveMinimum", 0),
                                     "what the cell is multiplied by"));
      break;
    case Shape::kTime:
      members.set("time", described(Json::object().set("anyOf", Json::array().push(scalar()).push(list_of(scalar()))),
                                    "epoch_s, epoch_ms, iso8601 or a form such as %Y-%m-%d %H:%M:%S; or several, the "
                                    "first that fits counts"));
      members.set("year", described(Json::object().set("type", "integer").set("minimum", 1970).set("maximum", 2199),
                                    "of times that name none"));
      break;
    case Shape::kPrice:
      members.set("unit", described(one_of(kUnits), "major: 12.50, minor: 1250"));
      members.set("currency", Json::object().set("type", "string").set("pattern", "^[A-Z]{3}$"));
      members.set("per", described(scalar(), "the column of the quantity that the price is for"));
      required.emplace_back("unit");
      break;
    case Shape::kList:
      members.set("split", described(scalar(), "the text between elements"));
      break;
    case Shape::kLocation:
    case Shape::kAttributes:
      break;
  }
}

Json field_schema(const Target& target) {
  Json members = Json::object();
  std::vector<std::string_view> required;
  if (target.set_text != nullptr) {
    members.set("column", scalar());
    members.set("constant", scalar());
    members.set("template", described(scalar(), "over {file}, {line} and {column}"));
    members.set("missing", described(list_of(scalar()), "cells that say nothing"));
  }
  if (target.set_cells != nullptr) members.set("columns", list_of(scalar()));
  add_options(target.shape, members, required);
  Json keys = object_of(std::move(members), required);
  const bool needs_keys = target.shape == Shape::kTime || target.shape == Shape::kPrice || target.set_text == nullptr;
  if (needs_keys) return keys;
  return Json::object().set("anyOf", Json::array().push(described(scalar(), "the column")).push(std::move(keys)));
}

Json fields_schema(std::span<const Target> targets) {
  Json members = Json::object();
  std::vector<std::string_view> required;
  for (const Target& target : targets) {
    members.set(target.name, field_schema(target));
    if (target.required) required.push_back(target.name);
  }
  return object_of(std::move(members), required);
}

// The fields depend on what the events are.
Json fields_of(std::string_view event, std::span<const Target> targets) {
  Json named = Json::object().set("event", Json::object().set("const", event));
  Json fields = Json::object().set("fields", fields_schema(targets));
  return Json::object()
      .set("if", Json::object().set("properties", std::move(named)))
      .set("then", Json::object().set("properties", std::move(fields)));
}

Json skip_schema() {
  Json members = Json::object();
  members.set("column", scalar());
  for (const std::string_view test : {"equals", "not_equals", "starts_with"}) members.set(test, scalar());
  members.set("one_of", list_of(scalar()));
  members.set("below", Json::object().set("type", "number"));
  members.set("empty", Json::object().set("const", true));
  members.set("why", described(scalar(), "what the skipped lines are counted as"));
  return list_of(object_of(std::move(members), {"column"}).set("minProperties", 2));
}

Json members_schema() {
  Json members = Json::object();
  members.set("format", described(one_of(kFormats), "csv: quotes as in RFC 4180; tsv: no quoting"));
  members.set("delimiter", Json::object().set("type", "string").set("minLength", 1).set("maxLength", 1));
  members.set("header",
              described(Json::object().set("enum", Json::array().push(true).push(false).push("ignore")),
                        "whether the first line names the columns; ignore: it is there and does not count"));
  members.set("columns", described(list_of(scalar()), "the names of the columns, for header: false or ignore"));
  members.set("trim", described(Json::object().set("type", "boolean"), "blanks around cells do not count"));
  members.set("utc_offset", described(Json::object().set("type", "string"), "of times without a zone, in quotes"));
  members.set("order", one_of(kOrders));
  members.set("event", one_of(kEvents));
  members.set("id", described(scalar(), "template over {file}, {line} and {column}"));
  members.set("fields", Json::object().set("type", "object"));
  members.set("skip", skip_schema());
  members.set("basket",
              described(list_of(scalar()), "neighbouring lines that agree in these columns are one purchase"));
  return members;
}

}  // namespace

std::span<const std::string_view> mapping_keys() {
  return kMappingKeys;
}

Json mapping_schema() {
  Json schema = Json::object();
  schema.set("$schema", "https://json-schema.org/draft/2020-12/schema");
  schema.set("title", "A mapping of Inkling: columns of a log to events");
  const Json keys = object_of(members_schema(), {"format", "event", "fields"});
  for (const auto& member : *keys.if_object()) schema.set(member.key, member.value);
  schema.set("allOf",
             Json::array().push(fields_of("action", action_targets())).push(fields_of("item", item_targets())));
  return schema;
}

}  // namespace inkling::wire
