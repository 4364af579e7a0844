// A mapping file as it is carried out: checked fields, each with where its value comes from and how it is read.
// Private to src/wire; made by mapping_yaml.cpp, carried out by mapping.cpp with the readers of mapping_fields.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/file_mistakes.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "wire/event_reset.h"
#include "wire/mapping.h"
#include "wire/time_form.h"

namespace inkling::wire {

// A column that the mapping names; `index` is set by bind_columns().
struct ColumnUse {
  std::string name;
  std::string place;  // in the mapping file: fields.item
  int line = 0;       // in the mapping file
  std::size_t index = 0;
};

// What a field holds, and so which keys its entry may have.
enum class Shape : std::uint8_t { kText, kChoice, kInteger, kTime, kPrice, kList, kLocation, kAttributes };

struct FieldPlan;
using Cells = std::span<const std::string_view>;

// An event field that a mapping can fill.
struct Target {
  std::string_view name;
  Shape shape;
  bool required;
  // From one text, which is not empty; null for the shapes that need several columns.
  base::Status (*set_text)(const FieldPlan& plan, std::string_view text, domain::Event& event);
  // From several cells; null for the others.
  base::Status (*set_cells)(const FieldPlan& plan, Cells cells, domain::Event& event);
};

[[nodiscard]] std::span<const Target> action_targets();
[[nodiscard]] std::span<const Target> item_targets();

// A piece of a template over {file}, {line} and {column}.
struct TemplatePart {
  enum class Kind : std::uint8_t { kLiteral, kFile, kLine, kColumn };
  Kind kind = Kind::kLiteral;
  std::string literal;
  ColumnUse column;
};

struct FieldPlan {
  const Target* target = nullptr;
  std::vector<ColumnUse> columns;                           // one, unless `several`
  bool several = false;                                     // given as `columns`
  std::optional<std::string> constant;                      // in place of columns
  std::vector<TemplatePart> text_template;                  // in place of columns; empty: none
  std::vector<std::pair<std::string, std::string>> values;  // cell -> value, sorted by cell; empty: as it is
  std::vector<std::string> missing;                         // cells that count as empty
  std::vector<TimeForm> times{TimeForm()};                  // tried in this order
  std::int64_t utc_offset_ms = 0;
  bool major = false;
  std::string currency;
  std::optional<ColumnUse> per;  // the price is that of so many pieces
  double scale = 0;              // 0: none, an integer is expected
  std::string split;             // "": the cell is one element
};

struct SkipRule {
  enum class Test : std::uint8_t { kOneOf, kNotEquals, kStartsWith, kBelow, kEmpty };
  ColumnUse column;
  Test test = Test::kOneOf;
  std::vector<std::string> texts;  // what the cell is compared with
  double bound = 0;                // kBelow; a cell that is no number is not below it
  std::string label;               // the rule in words, for counts
};

struct MappingPlan {
  std::string shown_name;  // of the mapping file
  bool quoted = true;
  char delimiter = ',';
  Header header = Header::kNamesColumns;
  bool trim = false;
  bool sorts_by_time = true;
  bool items = false;  // item events; else actions
  std::int64_t utc_offset_ms = 0;
  std::vector<std::string> columns;  // given in the mapping, when the file has no header
  std::vector<TemplatePart> id;
  std::vector<FieldPlan> fields;
  std::vector<SkipRule> skip;
  std::vector<ColumnUse> basket;

  std::string file;              // base name of the bound file
  std::size_t column_count = 0;  // of the bound file
};

template <typename Visit>
void for_each_column(std::vector<TemplatePart>& parts, Visit& visit) {
  for (TemplatePart& part : parts) {
    if (part.kind == TemplatePart::Kind::kColumn) visit(part.column);
  }
}

template <typename Visit>
void for_each_column(MappingPlan& plan, Visit visit) {
  for (FieldPlan& field : plan.fields) {
    for (ColumnUse& column : field.columns) visit(column);
    for_each_column(field.text_template, visit);
    if (field.per) visit(*field.per);
  }
  for (SkipRule& rule : plan.skip) visit(rule.column);
  for (ColumnUse& column : plan.basket) visit(column);
  for_each_column(plan.id, visit);
}

// Reads a value from its text, through the field's `values`. The error does not name the field.
[[nodiscard]] base::Status set_field(const FieldPlan& plan, std::string_view text, domain::Event& event);
// The type of the events that the mapping makes.
[[nodiscard]] inline std::size_t event_type(bool items) {
  return items ? kItemType : kActionType;
}

// The checked plan, or all mistakes, each with file:line.
[[nodiscard]] base::Result<MappingPlan> read_plan(std::string_view yaml, const std::string& shown_name);
// Looks up every column of the plan among the file's.
void find_columns(MappingPlan& plan, const std::string& file, std::span<const std::string> columns,
                  base::FileMistakes& mistakes);

}  // namespace inkling::wire
