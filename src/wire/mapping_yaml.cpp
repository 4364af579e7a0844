// Reads and checks a mapping file. Every mistake is collected, so that a person mends them all in one go.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/core/suggest.h"
#include "base/core/utf8.h"
#include "wire/json_codec.h"
#include "wire/mapping_plan.h"
#include "wire/yaml_section.h"

namespace inkling::wire {
namespace {

constexpr std::array<std::string_view, 2> kFormats = {"csv", "tsv"};
constexpr std::array<std::string_view, 2> kFlags = {"true", "false"};
constexpr std::array<std::string_view, 2> kOrders = {"time", "file"};
constexpr std::array<std::string_view, 2> kEvents = {"action", "item"};
constexpr std::array<std::string_view, 2> kUnits = {"major", "minor"};
constexpr std::string_view kDefaultId = "{file}:{line}";

void read_time(Section& entry, FieldPlan& field) {
  const YAML::Node node = entry.take("time");
  const auto form = entry.scalar(node, entry.at("time"));
  if (!form) {
    if (!node.IsDefined() && !field.constant) {
      entry.add(entry.line(), entry.at("time"),
                "is missing; expected epoch_s, epoch_ms, iso8601 or a form such as \"%Y-%m-%d\"");
    }
    return;
  }
  auto parsed = TimeForm::parse(*form);
  if (parsed.ok()) {
    field.time = *std::move(parsed);
  } else {
    entry.add(node, entry.at("time"), parsed.status().message());
  }
}

void read_price(Section& entry, FieldPlan& field) {
  const YAML::Node unit_node = entry.take("unit");
  const auto unit = entry.choice("unit", kUnits);
  if (!unit_node.IsDefined()) {
    entry.add(entry.line(), entry.at("unit"), "is missing; expected major (12.50) or minor (1250)");
  }
  field.major = unit == "major";
  const YAML::Node node = entry.take("currency");
  const auto currency = entry.scalar(node, entry.at("currency"));
  if (!currency) return;
  const bool code = currency->size() == 3 &&
                    std::all_of(currency->begin(), currency->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code) {
    entry.add(node, entry.at("currency"),
              shown_text(*currency) + " is not an ISO 4217 code of three capitals, such as EUR");
  }
  field.currency = *currency;
}

void read_scale(Section& entry, FieldPlan& field) {
  const YAML::Node node = entry.take("scale");
  const auto text = entry.scalar(node, entry.at("scale"));
  if (!text) return;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, field.scale);
  if (error == std::errc() && stop == end && field.scale > 0 && std::isfinite(field.scale)) return;
  entry.add(node, entry.at("scale"), shown_text(*text) + " is not a number above 0");
}

// Each value must be one that the field takes, so a wrong one is told with its own line.
void read_values(Section& entry, FieldPlan& field, bool items) {
  const YAML::Node node = entry.take("values");
  if (!node.IsDefined()) return;
  const std::string place = entry.at("values");
  if (!node.IsMap() || node.size() == 0) {
    entry.add(node, place, "expected keys and values such as {fav: favourite}");
    return;
  }
  domain::Event scratch = empty_event(items);
  std::vector<std::pair<std::string, std::string>> values;
  for (const auto& pair : node) {
    const auto cell = entry.scalar(pair.first, place);
    if (!cell) continue;
    const auto value = entry.scalar(pair.second, place + "." + *cell);
    if (!value) continue;
    if (const auto status = set_field(field, *value, scratch); !status.ok()) {
      entry.add(pair.second, place + "." + *cell, status.message());
    }
    values.emplace_back(*cell, *value);
  }
  std::sort(values.begin(), values.end());
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i].first == values[i - 1].first) entry.add(node, place + "." + values[i].first, "is given twice");
  }
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
    const YAML::Node node = entry.take("column");
    if (node.IsDefined()) ++sources;
    if (auto name = entry.scalar(node, entry.at("column"))) {
      field.columns.push_back({*std::move(name), place, line_of(node)});
    }
    if (entry.take("constant").IsDefined()) ++sources;
    field.constant = entry.text("constant");
    choices = "column or constant";
  }
  if (field.target->set_cells != nullptr) {
    const auto names = entry.texts("columns");
    if (entry.take("columns").IsDefined()) ++sources;
    field.several = !names.empty();
    for (const auto& [name, line] : names) field.columns.push_back({name, place, line});
    choices = choices.empty() ? "columns" : "column, columns or constant";
    if (field.target->shape == Shape::kLocation && field.several && names.size() != 2) {
      entry.add(entry.line(), entry.at("columns"), "expected two, latitude and longitude");
    }
  }
  if (sources != 1) entry.add(entry.line(), place, "expected exactly one of the keys " + choices);
}

std::optional<FieldPlan> read_field(const YAML::Node& node, const Target& target, Section& fields, bool items,
                                    std::int64_t utc_offset_ms) {
  const std::string place = fields.at(target.name);
  FieldPlan field;
  field.target = &target;
  field.utc_offset_ms = utc_offset_ms;
  const bool needs_keys = target.shape == Shape::kTime || target.shape == Shape::kPrice || target.set_text == nullptr;
  if (!node.IsMap() && !needs_keys) {
    auto name = fields.scalar(node, place);
    if (!name) return std::nullopt;
    field.columns.push_back({*std::move(name), place, line_of(node)});
    return field;
  }
  if (!node.IsMap()) {
    fields.add(node, place,
               target.shape == Shape::kTime    ? "expected {column: name, time: form}"
               : target.shape == Shape::kPrice ? "expected {column: name, unit: major or minor, currency: EUR}"
                                               : "expected {columns: [names]}");
    return std::nullopt;
  }
  Section entry(node, place, fields.mistakes());
  read_source(entry, place, field);
  read_options(entry, field, items);
  entry.finish();
  if (field.constant && fields.mistakes().empty()) {
    domain::Event scratch = empty_event(items);
    if (const auto status = set_field(field, *field.constant, scratch); !status.ok()) {
      fields.add(node, entry.at("constant"), status.message());
    }
  }
  return field;
}

void read_fields(Section& root, MappingPlan& plan) {
  const YAML::Node node = root.take("fields");
  if (!node.IsDefined()) {
    root.add(root.line(), "fields", "is missing; expected event fields and their columns");
    return;
  }
  Section fields(node, "fields", root.mistakes());
  if (!fields.is_map()) return;
  for (const Target& target : plan.items ? item_targets() : action_targets()) {
    const YAML::Node entry = fields.take(target.name);
    if (entry.IsDefined()) {
      if (auto field = read_field(entry, target, fields, plan.items, plan.utc_offset_ms)) {
        plan.fields.push_back(*std::move(field));
      }
    } else if (target.required) {
      fields.add(fields.line(), fields.at(target.name),
                 std::string("is missing; every ") + (plan.items ? "item" : "action") + " needs it");
    }
  }
  fields.finish();
}

void read_skip(Section& root, MappingPlan& plan) {
  const YAML::Node node = root.take("skip");
  if (!node.IsDefined()) return;
  if (!node.IsSequence()) {
    root.add(node, "skip", "expected a list such as [{column: quantity, equals: \"0\"}]");
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    Section rule(node[i], "skip[" + std::to_string(i) + "]", root.mistakes());
    const YAML::Node column_node = rule.take("column");
    const auto column = rule.text("column");
    const auto equals = rule.text("equals");
    const bool both = column_node.IsDefined() && rule.take("equals").IsDefined();
    if (rule.is_map() && !both)
      rule.add(rule.line(), "skip[" + std::to_string(i) + "]", "expected column and equals");
    rule.finish();
    if (column && equals) plan.skip.push_back({{*column, rule.at("column"), line_of(column_node), 0}, *equals});
  }
}

void read_id(Section& root, MappingPlan& plan) {
  const YAML::Node node = root.take("id");
  const std::string text = root.scalar(node, "id").value_or(std::string(kDefaultId));
  const int line = node.IsDefined() ? line_of(node) : root.line();
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t open = std::min(text.find('{', i), text.size());
    if (open > i) plan.id.push_back({IdPart::Kind::kLiteral, text.substr(i, open - i), {}});
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) {
      root.add(line, "id", shown_text(text) + " opens a brace and never closes it");
      return;
    }
    const std::string name = text.substr(open + 1, close - open - 1);
    const auto kind = name == "file"   ? IdPart::Kind::kFile
                      : name == "line" ? IdPart::Kind::kLine
                                       : IdPart::Kind::kColumn;
    plan.id.push_back({kind, "", {name, "id", line, 0}});
    i = close + 1;
  }
  if (plan.id.empty()) root.add(line, "id", "is empty; the default is \"{file}:{line}\"");
}

void read_layout(Section& root, MappingPlan& plan) {
  const YAML::Node format_node = root.take("format");
  const auto format = root.choice("format", kFormats);
  if (!format_node.IsDefined()) root.add(root.line(), "format", "is missing; expected csv or tsv");
  plan.quoted = format != "tsv";
  plan.delimiter = plan.quoted ? ',' : '\t';
  const YAML::Node delimiter_node = root.take("delimiter");
  if (const auto delimiter = root.scalar(delimiter_node, "delimiter")) {
    if (delimiter->size() != 1 || delimiter->find_first_of("\"\r\n") != std::string::npos) {
      root.add(delimiter_node, "delimiter", shown_text(*delimiter) + " is not one character such as \";\"");
    } else {
      plan.delimiter = delimiter->front();
    }
  }
  plan.header = root.choice("header", kFlags) != "false";
  const YAML::Node columns_node = root.take("columns");
  for (auto& column : root.texts("columns")) plan.columns.push_back(std::move(column.first));
  if (plan.header && columns_node.IsDefined()) {
    root.add(columns_node, "columns", "is only for files without a header line (header: false)");
  }
  if (!plan.header && !columns_node.IsDefined()) {
    root.add(root.line(), "columns", "is missing; without a header line the mapping names the columns");
  }
}

void read_meaning(Section& root, MappingPlan& plan) {
  const YAML::Node offset_node = root.take("utc_offset");
  if (const auto text = root.scalar(offset_node, "utc_offset")) {
    const auto offset = parse_utc_offset(*text);
    if (!offset) root.add(offset_node, "utc_offset", shown_text(*text) + " is not an offset such as \"+08:00\"");
    plan.utc_offset_ms = offset.value_or(0);
  }
  plan.sorts_by_time = root.choice("order", kOrders) != "file";
  const YAML::Node event_node = root.take("event");
  plan.items = root.choice("event", kEvents) == "item";
  if (!event_node.IsDefined()) root.add(root.line(), "event", "is missing; expected action or item");
}

base::Result<MappingPlan> read_root(const YAML::Node& node, const std::string& shown_name) {
  Mistakes mistakes(shown_name);
  MappingPlan plan;
  plan.shown_name = shown_name;
  Section root(node, "", mistakes);
  if (root.is_map()) {
    read_layout(root, plan);
    read_meaning(root, plan);
    read_id(root, plan);
    read_fields(root, plan);
    read_skip(root, plan);
    root.finish();
  }
  if (!mistakes.empty()) return mistakes.status();
  if (!plan.header) INKLING_TRY(bind_columns(plan, shown_name, plan.columns));
  return plan;
}

}  // namespace

base::Result<MappingPlan> read_plan(std::string_view yaml, const std::string& shown_name) {
  if (const std::size_t valid = base::utf8_valid_bytes(yaml); valid < yaml.size()) {
    const auto line = 1 + std::count(yaml.begin(), yaml.begin() + static_cast<std::ptrdiff_t>(valid), '\n');
    return base::invalid_input(shown_name + ":" + std::to_string(line) + ": is not UTF-8");
  }
  try {
    return read_root(YAML::Load(std::string(yaml)), shown_name);
  } catch (const YAML::Exception& error) {
    return base::invalid_input(shown_name + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
  }
}

}  // namespace inkling::wire
