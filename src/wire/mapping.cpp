#include "wire/mapping.h"

#include <algorithm>
#include <charconv>

#include "base/core/file_mistakes.h"
#include "base/core/suggest.h"
#include "base/files.h"
#include "wire/json_codec.h"
#include "wire/mapping_plan.h"

namespace inkling::wire {

struct Mapping::Plan : MappingPlan {};

namespace {

// A mapping file is written by hand.
constexpr std::uint64_t kMaxMappingBytes = std::uint64_t{1} << 20;

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

std::string field_place(const FieldPlan& field) {
  std::string place(field.target->name);
  if (field.columns.empty()) return place;
  place += " (column ";
  for (std::size_t i = 0; i < field.columns.size(); ++i) place += (i > 0 ? ", " : "") + field.columns[i].name;
  return place + ")";
}

void append_decimal(std::uint64_t value, std::string& out) {
  std::array<char, 24> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void append_template(const std::vector<TemplatePart>& parts, const MappingPlan& plan, Cells cells, std::uint64_t line,
                     std::string& out) {
  for (const TemplatePart& part : parts) {
    switch (part.kind) {
      case TemplatePart::Kind::kLiteral:
        out += part.literal;
        break;
      case TemplatePart::Kind::kFile:
        out += plan.file;
        break;
      case TemplatePart::Kind::kLine:
        append_decimal(line, out);
        break;
      case TemplatePart::Kind::kColumn:
        out += cells[part.column.index];
        break;
    }
  }
}

// Of a price that was just set: from that of `pieces` to that of one, to the nearest cent.
base::Status divide_price(std::string_view pieces, domain::Event& event) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(pieces.data(), pieces.data() + pieces.size(), count);
  if (error != std::errc() || end != pieces.data() + pieces.size() || count < 1) {
    return base::invalid_input("cannot be divided by " + shown_text(pieces) + " pieces; expected 1 or more");
  }
  std::visit(
      [count](auto& body) {
        if constexpr (requires { body.price->cents; }) {
          if (body.price) body.price->cents = body.price->cents / count + (body.price->cents % count * 2 >= count);
        }
      },
      event.body);
  return {};
}

base::Status set_from_cells(const FieldPlan& field, const MappingPlan& plan, Cells cells, std::uint64_t line,
                            domain::Event& event) {
  if (field.several) return field.target->set_cells(field, cells, event);
  if (!field.text_template.empty()) {
    std::string text;
    append_template(field.text_template, plan, cells, line, text);
    return set_field(field, text, event);
  }
  const std::string_view text = field.constant ? std::string_view(*field.constant) : cells[field.columns[0].index];
  INKLING_TRY(set_field(field, text, event));
  return field.per ? divide_price(cells[field.per->index], event) : base::Status();
}

base::Status make_id(const MappingPlan& plan, Cells cells, std::uint64_t line, std::string& id) {
  append_template(plan.id, plan, cells, line, id);
  if (!id.empty() && id.size() <= domain::kMaxIdBytes) return {};
  return base::invalid_input("id: " + shown_text(id) + " has " + std::to_string(id.size()) +
                             " bytes; expected 1 to 128");
}

bool is_below(std::string_view cell, double bound) {
  double number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc() && end == cell.data() + cell.size() && number < bound;
}

bool applies(const SkipRule& rule, std::string_view cell) {
  switch (rule.test) {
    case SkipRule::Test::kOneOf:
      return std::find(rule.texts.begin(), rule.texts.end(), cell) != rule.texts.end();
    case SkipRule::Test::kNotEquals:
      return cell != rule.texts[0];
    case SkipRule::Test::kStartsWith:
      return cell.starts_with(rule.texts[0]);
    case SkipRule::Test::kBelow:
      return is_below(cell, rule.bound);
    case SkipRule::Test::kEmpty:
      break;
  }
  return cell.empty();
}

const std::string* left_out_by(const MappingPlan& plan, Cells cells) {
  for (const SkipRule& rule : plan.skip) {
    if (applies(rule, cells[rule.column.index])) return &rule.label;
  }
  return nullptr;
}

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\t')) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.remove_suffix(1);
  return cell;
}

// The row's item as the one order line of a basket.
void make_basket_line(const MappingPlan& plan, Cells cells, Row& row) {
  row.basket.clear();
  for (const ColumnUse& column : plan.basket) {
    row.basket += cells[column.index];
    row.basket.push_back('\0');
  }
  auto& action = std::get<domain::Action>(row.event.body);
  action.lines.push_back({std::move(action.item), action.quantity, action.price, {}, {}});
  action.item.clear();
  action.quantity = 1;
  action.price.reset();
}

}  // namespace

void find_columns(MappingPlan& plan, const std::string& file, std::span<const std::string> columns,
                  base::FileMistakes& mistakes) {
  for_each_column(plan, [&](ColumnUse& use) {
    const auto found = std::find(columns.begin(), columns.end(), use.name);
    use.index = static_cast<std::size_t>(found - columns.begin());
    if (found == columns.end()) {
      mistakes.add(use.line, use.place + ": no column " + shown_text(use.name) + " in " + file + "; " +
                                 base::expected_one_of(use.name, columns));
    } else if (std::find(found + 1, columns.end(), use.name) != columns.end()) {
      mistakes.add(use.line, use.place + ": column " + shown_text(use.name) + " stands twice in " + file);
    }
  });
}

Mapping::Mapping(std::unique_ptr<Plan> plan) : plan_(std::move(plan)) {}
Mapping::Mapping(Mapping&&) noexcept = default;
Mapping& Mapping::operator=(Mapping&&) noexcept = default;
Mapping::~Mapping() = default;

base::Result<Mapping> Mapping::load(const std::string& path) {
  INKLING_ASSIGN(const std::string yaml, base::read_file(path, kMaxMappingBytes));
  return parse(yaml, path);
}

base::Result<Mapping> Mapping::parse(std::string_view yaml, const std::string& shown_name) {
  INKLING_ASSIGN(MappingPlan plan, read_plan(yaml, shown_name));
  return Mapping(std::make_unique<Plan>(Plan{std::move(plan)}));
}

Mapping Mapping::clone() const {
  return Mapping(std::make_unique<Plan>(*plan_));
}

Header Mapping::header() const {
  return plan_->header;
}
bool Mapping::has_baskets() const {
  return !plan_->basket.empty();
}
bool Mapping::sorts_by_time() const {
  return plan_->sorts_by_time;
}
char Mapping::delimiter() const {
  return plan_->delimiter;
}
bool Mapping::quoted() const {
  return plan_->quoted;
}
const std::vector<std::string>& Mapping::columns() const {
  return plan_->columns;
}

base::Status Mapping::bind(const std::string& file, const std::vector<std::string>& columns) {
  plan_->file = base_name(file);
  plan_->column_count = columns.size();
  base::FileMistakes mistakes(plan_->shown_name);
  find_columns(*plan_, file, columns, mistakes);
  return mistakes.status();
}

base::Status Mapping::read(std::span<const std::string_view> cells, std::uint64_t line, Row& row) const {
  const MappingPlan& plan = *plan_;
  if (cells.size() != plan.column_count) {
    return base::invalid_input("the line has " + std::to_string(cells.size()) + " cells; expected " +
                               std::to_string(plan.column_count));
  }
  std::vector<std::string_view> without_blanks;
  if (plan.trim) {
    without_blanks.assign(cells.begin(), cells.end());
    for (std::string_view& cell : without_blanks) cell = trimmed(cell);
    cells = without_blanks;
  }
  reset_event(row.event, event_type(plan.items));
  row.skipped_by = left_out_by(plan, cells);
  if (row.skipped_by != nullptr) return {};
  for (const FieldPlan& field : plan.fields) {
    if (const base::Status status = set_from_cells(field, plan, cells, line, row.event); !status.ok()) {
      return status.within(field_place(field));
    }
  }
  INKLING_TRY(make_id(plan, cells, line, row.event.id));
  if (!plan.basket.empty()) make_basket_line(plan, cells, row);
  return {};
}

}  // namespace inkling::wire
