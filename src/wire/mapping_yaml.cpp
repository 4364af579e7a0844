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

// The number, unless there is none or it is wrong, which is then told.
std::optional<double> read_number(Section& entry, std::string_view key, std::string_view complaint) {
  const auto text = entry.text(key);
  if (!text) return std::nullopt;
  double number = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && stop == end && std::isfinite(number)) return number;
  entry.add(entry.at(key), shown_text(*text) + std::string(complaint));
  return std::nullopt;
}

std::optional<int> read_year(Section& entry) {
  const auto year = read_number(entry, "year", " is not a year");
  if (!year) return std::nullopt;
  if (*year == std::floor(*year) && *year >= 1970 && *year <= 2199) return static_cast<int>(*year);
  entry.add(entry.at("year"), "is out of range; expected 1970 to 2199");
  return std::nullopt;
}

void read_time(Section& entry, FieldPlan& field) {
  const auto year = read_year(entry);
  const base::Json* node = entry.take("time");
  std::vector<std::string> forms;
  if (node != nullptr && node->is_array()) {
    for (auto& form : entry.texts("time")) forms.push_back(std::move(form.first));
  } else if (auto form = entry.text("time")) {
    forms.push_back(*std::move(form));
  }
  if (node == nullptr && !field.constant) {
    entry.add(entry.at("time"), "is missing; expected epoch_s, epoch_ms, iso8601 or a form such as \"%Y-%m-%d\"");
  }
  if (forms.empty()) return;
  field.times.clear();
  for (const std::string& form : forms) {
    auto parsed = TimeForm::parse(form, year);
    if (parsed.ok()) {
      field.times.push_back(*std::move(parsed));
    } else {
      entry.add(entry.at("time"), parsed.status().message());
    }
  }
}

void read_price(Section& entry, FieldPlan& field) {
  if (entry.take("unit") == nullptr) {
    entry.add(entry.at("unit"), "is missing; expected major (12.50) or minor (1250)");
  }
  field.major = entry.choice("unit", kUnits) == "major";
  if (const auto per = entry.text("per")) field.per = {*per, entry.at("per"), entry.line_of("per"), 0};
  const auto currency = entry.text("currency");
  if (!currency) return;
  if (!domain::is_currency_code(*currency)) {
    entry.add(entry.at("currency"), shown_text(*currency) + " " + std::string(kNoCurrencyCode));
  }
  field.currency = *currency;
}

void read_scale(Section& entry, FieldPlan& field) {
  const auto scale = read_number(entry, "scale", " is not a number above 0");
  if (!scale) return;
  field.scale = *scale;
  if (*scale <= 0) entry.add(entry.at("scale"), shown_text(*entry.text("scale")) + " is not a number above 0");
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
  domain::Event scratch;
  reset_event(scratch, event_type(items));
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

// Braces name a column, {file} or {line}; everything else stands for itself.
std::vector<TemplatePart> read_template(Section& section, std::string_view key, const std::string& text) {
  std::vector<TemplatePart> parts;
  const int line = section.line_of(key);
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t open = std::min(text.find('{', i), text.size());
    if (open > i) parts.push_back({TemplatePart::Kind::kLiteral, text.substr(i, open - i), {}});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) {
      section.add(section.at(key), shown_text(text) + " opens a brace and never closes it");
      parts.push_back({TemplatePart::Kind::kLiteral, text.substr(open), {}});  // so that it is not also empty
      break;
    }
    const std::string name = text.substr(open + 1, close - open - 1);
    const auto kind = name == "file"   ? TemplatePart::Kind::kFile
                      : name == "line" ? TemplatePart::Kind::kLine
                                       : TemplatePart::Kind::kColumn;
    parts.push_back({kind, "", {name, section.at(key), line, 0}});
    i = close + 1;
  }
  return parts;
}

// Exactly one of column, columns, constant and template, as far as the field's shape allows them.
void read_source(Section& entry, const std::string& place, FieldPlan& field) {
  int sources = 0;
  std::string choices;
  if (field.target->set_text != nullptr) {
    if (entry.take("column") != nullptr) ++sources;
    if (auto name = entry.text("column")) field.columns.push_back({*std::move(name), place, entry.line_of("column")});
    if (entry.take("constant") != nullptr) ++sources;
    field.constant = entry.text("constant");
    if (entry.take("template") != nullptr) ++sources;
    if (const auto text = entry.text("template")) {
      field.text_template = read_template(entry, "template", *text);
      if (text->empty()) entry.add(entry.at("template"), "is empty");
    }
    choices = "column, constant or template";
    for (auto& cell : entry.texts("missing")) field.missing.push_back(std::move(cell.first));
  }
  if (field.target->set_cells != nullptr) {
    const auto names = entry.texts("columns");
    if (entry.take("columns") != nullptr) ++sources;
    field.several = !names.empty();
    for (const auto& [name, line] : names) field.columns.push_back({name, place, line});
    choices = choices.empty() ? "columns" : "column, columns, constant or template";
    for (const auto& [name, line] : names) {
      if (field.target->shape != Shape::kAttributes || name.size() <= domain::kMaxIdBytes) continue;
      entry.add(entry.at("columns"), shown_text(name) + " has more than the 128 bytes of an attribute's name");
    }
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
    domain::Event scratch;
    reset_event(scratch, event_type(items));
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

// What the rule compares its cell with; nothing when the key is not there.
bool read_skip_test(Section& rule, SkipRule& skip) {
  using Test = SkipRule::Test;
  int tests = 0;
  const auto one = [&](std::string_view key, Test test) {
    if (rule.take(key) == nullptr) return;
    ++tests;
    skip.test = test;
    if (auto text = rule.text(key)) {
      skip.label = skip.column.name + " " + std::string(key) + " " + *text;
      skip.texts.push_back(*std::move(text));
    }
  };
  one("equals", Test::kOneOf);
  one("not_equals", Test::kNotEquals);
  one("starts_with", Test::kStartsWith);
  one("below", Test::kBelow);
  if (skip.test == Test::kBelow) skip.bound = read_number(rule, "below", " is not a number").value_or(0);
  one("empty", Test::kEmpty);
  if (skip.test == Test::kEmpty) {
    skip.label = skip.column.name + " is empty";
    if (rule.choice("empty", std::array<std::string_view, 1>{"true"}) != "true") return tests == 1;
  }
  if (rule.take("one_of") != nullptr) {
    ++tests;
    skip.label = skip.column.name + " is one of";
    for (auto& text : rule.texts("one_of")) {
      skip.label += " " + text.first;
      skip.texts.push_back(std::move(text.first));
    }
  }
  return tests == 1;
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
    if (!rule.is_map()) continue;
    SkipRule skip;
    const auto column = rule.text("column");
    if (column) skip.column = {*column, rule.at("column"), rule.line_of("column"), 0};
    const bool complete = read_skip_test(rule, skip) && rule.take("column") != nullptr;
    if (auto why = rule.text("why")) skip.label = *std::move(why);
    if (!complete) {
      rule.add(place, "expected column and one of equals, one_of, not_equals, starts_with, below and empty");
    }
    rule.finish();
    if (column) plan.skip.push_back(std::move(skip));
  }
}

void read_id(Section& root, MappingPlan& plan) {
  plan.id = read_template(root, "id", root.text("id").value_or(std::string(kDefaultId)));
  if (plan.id.empty()) root.add("id", "is empty; the default is \"{file}:{line}\"");
}

void read_basket(Section& root, MappingPlan& plan) {
  for (auto& [name, line] : root.texts("basket")) plan.basket.push_back({std::move(name), "basket", line, 0});
  if (plan.basket.empty()) return;
  if (plan.items) root.add("basket", "is for actions, not for items");
  const bool has_item = std::any_of(plan.fields.begin(), plan.fields.end(),
                                    [](const FieldPlan& field) { return field.target->name == "item"; });
  if (!has_item) root.add("basket", "needs the field item: the order lines are about items");
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
  const auto header = root.choice("header", kHeaders);
  plan.header = header == "false" ? Header::kNone : header == "ignore" ? Header::kIgnored : Header::kNamesColumns;
  plan.trim = root.choice("trim", kFlags) == "true";
  const bool has_columns = root.take("columns") != nullptr;
  for (auto& column : root.texts("columns")) plan.columns.push_back(std::move(column.first));
  if (plan.header == Header::kNamesColumns && has_columns) {
    root.add("columns", "is only for files whose header line does not name them (header: false or ignore)");
  }
  if (plan.header != Header::kNamesColumns && !has_columns) {
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
    read_basket(root, plan);
    root.finish();
  }
  if (plan.header != Header::kNamesColumns && !plan.columns.empty()) {
    find_columns(plan, shown_name, plan.columns, mistakes);
  }
  INKLING_TRY(mistakes.status());
  return plan;
}

}  // namespace inkling::wire
