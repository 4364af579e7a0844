// Reads and checks a mapping file. Every mistake is collected, so that a person mends them all in one go.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/core/suggest.h"
#include "wire/json_codec.h"
#include "wire/mapping_plan.h"
#include "wire/mapping_words.h"
#include "wire/money_text.h"
#include "wire/yaml_section.h"

namespace inkling::wire {
namespace {

constexpr std::string_view kDefaultId = "{file}:{line}";

void read_time(Section& entry, FieldPlan& field) {
  const auto form = entry.text("time");
  if (!form) {
    if (entry.take("time") == nullptr && !field.constant) {
      entry.add(entry.at("time"), "is missing; expected epoch_s, epoch_ms, iso8601 or a form such as \"%Y-%m-%d\"");
    }
    return;
  }
  auto parsed = TimeForm::parse(*form);
  if (parsed.ok()) {
    field.time = *std::move(parsed);
  } else {
    entry.add(entry.at("time"), parsed.status().message());
  }
}

void read_price(Section& entry, FieldPlan& field) {
  if (entry.take("unit") == nullptr) {
    entry.add(entry.at("unit"), "is missing; expected major (12.50) or minor (1250)");
  }
  field.major = entry.choice("unit", kUnits) == "major";
  const auto currency = entry.text("currency");
  if (!currency) return;
  if (!is_currency_code(*currency)) {
    entry.add(entry.at("currency"), shown_text(*currency) + " " + std::string(kNoCurrencyCode));
  }
  field.currency = *currency;
}

void read_scale(Section& entry, FieldPlan& field) {
  const auto text = entry.text("scale");
  if (!text) return;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, field.scale);
  if (error == std::errc() && stop == end && field.scale > 0 && std::isfinite(field.scale)) return;
  entry.add(entry.at("scale"), shown_text(*text) + " is not a number above 0");
}

// Each value must be one that the field takes, so a wrong one is told with its own line.
void read_values(Section& entry, FieldPlan& field, bool items) {
  const base::Json* node = entry.take("values");
  if (node == nullptr) return;
  const std::string place = entry.at("values");
  const base::Json::Object* pairs = node->if_object();
  if (pairs == nullptr || pairs->empty()) {
    entry.add(place, "expected keys and values such as {fav: favourite}");
    return;
  }
  domain::Event scratch = empty_event(items);
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& [cell, json] : *pairs) {
    const std::string here = place + "." + cell;
    const auto value = entry.scalar(&json, here);
    if (!value) continue;
    if (const auto status = set_field(field, *value, scratch); !status.ok()) entry.add(here, status.message());
    values.emplace_back(cell, *value);
  }
  std::sort(values.begin(), values.end());
  field.values = std::move(values);
}

void read_options(Section& entry, FieldPlan& field, bool items) {
  switch (field.target->shape) {
    case Shape::kText:
    case Shape::kChoice:
      read_values(entry, field, items);
      break;
    case Shape::kInteger:
      read_scale(entry, field);
      break;
    case Shape::kTime:
      read_time(entry, field);
      break;
    case Shape::kPrice:
      read_price(entry, field);
      break;
    case Shape::kList:
      if (auto split = entry.text("split")) field.split = *std::move(split);
      break;
    case Shape::kLocation:
    case Shape::kAttributes:
      break;
  }
}

// Exactly one of column, columns and constant, as far as the field's shape allows them.
void read_source(Section& entry, const std::string& place, FieldPlan& field) {
  int sources = 0;
  std::string choices;
  if (field.target->set_text != nullptr) {
    if (entry.take("column") != nullptr) ++sources;
    if (auto name = entry.text("column")) field.columns.push_back({*std::move(name), place, entry.line_of("column")});
    if (entry.take("constant") != nullptr) ++sources;
    field.constant = entry.text("constant");
    choices = "column or constant";
  }
  if (field.target->set_cells != nullptr) {
    const auto names = entry.texts("columns");
    if (entry.take("columns") != nullptr) ++sources;
    field.several = !names.empty();
    for (const auto& [name, line] : names) field.columns.push_back({name, place, line});
    choices = choices.empty() ? "columns" : "column, columns or constant";
    if (field.target->shape == Shape::kLocation && field.several && names.size() != 2) {
      entry.add(entry.at("columns"), "expected two, latitude and longitude");
    }
  }
  if (sources != 1) entry.add(place, "expected exactly one of the keys " + choices);
}

std::optional<FieldPlan> read_field(const base::Json& node, const Target& target, Section& fields, bool items,
                                    std::int64_t utc_offset_ms) {
  const std::string place = fields.at(target.name);
  FieldPlan field;
  field.target = &target;
  field.utc_offset_ms = utc_offset_ms;
  const bool needs_keys = target.shape == Shape::kTime || target.shape == Shape::kPrice || target.set_text == nullptr;
  if (!node.is_object() && !needs_keys) {
    auto name = fields.scalar(&node, place);
    if (!name) return std::nullopt;
    field.columns.push_back({*std::move(name), place, fields.line_of(target.name)});
    return field;
  }
  if (!node.is_object()) {
    fields.add(place, target.shape == Shape::kTime    ? "expected {column: name, time: form}"
                      : target.shape == Shape::kPrice ? "expected {column: name, unit: major or minor, currency: EUR}"
                                                      : "expected {columns: [names]}");
    return std::nullopt;
  }
  const std::size_t mistakes_before = fields.file().mistakes.size();
  Section entry(node, place, fields.file());
  read_source(entry, place, field);
  read_options(entry, field, items);
  entry.finish();
  if (field.constant && fields.file().mistakes.size() == mistakes_before) {
    domain::Event scratch = empty_event(items);
    if (const auto status = set_field(field, *field.constant, scratch); !status.ok()) {
      fields.add(entry.at("constant"), status.message());
    }
  }
  return field;
}

void read_fields(Section& root, MappingPlan& plan) {
  const base::Json* node = root.take("fields");
  if (node == nullptr) {
    root.add("fields", "is missing; expected event fields and their columns");
    return;
  }
  Section fields(*node, "fields", root.file());
  if (!fields.is_map()) return;
  for (const Target& target : plan.items ? item_targets() : action_targets()) {
    if (const base::Json* entry = fields.take(target.name)) {
      if (auto field = read_field(*entry, target, fields, plan.items, plan.utc_offset_ms)) {
        plan.fields.push_back(*std::move(field));
      }
    } else if (target.required) {
      fields.add(fields.at(target.name),
                 std::string("is missing; every ") + (plan.items ? "item" : "action") + " needs it");
    }
  }
  fields.finish();
}

void read_skip(Section& root, MappingPlan& plan) {
  const base::Json* node = root.take("skip");
  if (node == nullptr) return;
  const base::Json::Array* rules = node->if_array();
  if (rules == nullptr) {
    root.add("skip", "expected a list such as [{column: quantity, equals: \"0\"}]");
    return;
  }
  for (std::size_t i = 0; i < rules->size(); ++i) {
    const std::string place = "skip[" + std::to_string(i) + "]";
    Section rule((*rules)[i], place, root.file());
    const auto column = rule.text("column");
    const auto equals = rule.text("equals");
    const bool both = rule.take("column") != nullptr && rule.take("equals") != nullptr;
    if (rule.is_map() && !both) rule.add(place, "expected column and equals");
    rule.finish();
    if (column && equals) plan.skip.push_back({{*column, rule.at("column"), rule.line_of("column"), 0}, *equals});
  }
}

void read_id(Section& root, MappingPlan& plan) {
  const std::string text = root.text("id").value_or(std::string(kDefaultId));
  const int line = root.line_of("id");
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t open = std::min(text.find('{', i), text.size());
    if (open > i) plan.id.push_back({IdPart::Kind::kLiteral, text.substr(i, open - i), {}});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) {
      root.add("id", shown_text(text) + " opens a brace and never closes it");
      return;
    }
    const std::string name = text.substr(open + 1, close - open - 1);
    const auto kind = name == "file"   ? IdPart::Kind::kFile
                      : name == "line" ? IdPart::Kind::kLine
                                       : IdPart::Kind::kColumn;
    plan.id.push_back({kind, "", {name, "id", line, 0}});
    i = close + 1;
  }
  if (plan.id.empty()) root.add("id", "is empty; the default is \"{file}:{line}\"");
}

void read_layout(Section& root, MappingPlan& plan) {
  const auto format = root.choice("format", kFormats);
  if (root.take("format") == nullptr) root.add("format", "is missing; expected csv or tsv");
  plan.quoted = format != "tsv";
  plan.delimiter = plan.quoted ? ',' : '\t';
  if (const auto delimiter = root.text("delimiter")) {
    if (delimiter->size() != 1 || delimiter->find_first_of("\"\r\n") != std::string::npos) {
      root.add("delimiter", shown_text(*delimiter) + " is not one character such as \";\"");
    } else {
      plan.delimiter = delimiter->front();
    }
  }
  plan.header = root.choice("header", kFlags) != "false";
  const bool has_columns = root.take("columns") != nullptr;
  for (auto& column : root.texts("columns")) plan.columns.push_back(std::move(column.first));
  if (plan.header && has_columns) {
    root.add("columns", "is only for files without a header line (header: false)");
  }
  if (!plan.header && !has_columns) {
    root.add("columns", "is missing; without a header line the mapping names the columns");
  }
}

void read_meaning(Section& root, MappingPlan& plan) {
  if (const auto text = root.text("utc_offset")) {
    const auto offset = parse_utc_offset(*text);
    if (!offset) root.add("utc_offset", shown_text(*text) + " is not an offset such as \"+08:00\"");
    plan.utc_offset_ms = offset.value_or(0);
  }
  plan.sorts_by_time = root.choice("order", kOrders) != "file";
  plan.items = root.choice("event", kEvents) == "item";
  if (root.take("event") == nullptr) root.add("event", "is missing; expected action or item");
}

}  // namespace

base::Result<MappingPlan> read_plan(std::string_view yaml, const std::string& shown_name) {
  base::FileMistakes mistakes(shown_name);
  INKLING_ASSIGN(const base::YamlDocument document,
                 base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true, .mistakes = &mistakes}));
  CheckedFile file{document, mistakes};
  MappingPlan plan;
  plan.shown_name = shown_name;
  Section root(document.root(), "", file);
  if (root.is_map()) {
    read_layout(root, plan);
    read_meaning(root, plan);
    read_id(root, plan);
    read_fields(root, plan);
    read_skip(root, plan);
    root.finish();
  }
  if (!plan.header && !plan.columns.empty()) find_columns(plan, shown_name, plan.columns, mistakes);
  INKLING_TRY(mistakes.status());
  return plan;
}

}  // namespace inkling::wire
