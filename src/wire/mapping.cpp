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

base::Status set_from_cells(const FieldPlan& field, Cells cells, domain::Event& event) {
  if (field.several) return field.target->set_cells(field, cells, event);
  return set_field(field, field.constant ? std::string_view(*field.constant) : cells[field.columns[0].index], event);
}

std::string field_place(const FieldPlan& field) {
  std::string place(field.target->name);
  if (field.constant) return place;
  place += " (column ";
  for (std::size_t i = 0; i < field.columns.size(); ++i) place += (i > 0 ? ", " : "") + field.columns[i].name;
  return place + ")";
}

void append_decimal(std::uint64_t value, std::string& out) {
  std::array<char, 24> digits;
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

base::Status make_id(const MappingPlan& plan, Cells cells, std::uint64_t line, std::string& id) {
  for (const IdPart& part : plan.id) {
    switch (part.kind) {
      case IdPart::Kind::kLiteral:
        id += part.literal;
        break;
      case IdPart::Kind::kFile:
        id += plan.file;
        break;
      case IdPart::Kind::kLine:
        append_decimal(line, id);
        break;
      case IdPart::Kind::kColumn:
        id += cells[part.column.index];
        break;
    }
  }
  if (!id.empty() && id.size() <= domain::kMaxIdBytes) return {};
  return base::invalid_input("id: " + shown_text(id) + " has " + std::to_string(id.size()) +
                             " bytes; expected 1 to 128");
}

bool left_out(const MappingPlan& plan, Cells cells) {
  return std::any_of(plan.skip.begin(), plan.skip.end(),
                     [&](const SkipRule& rule) { return cells[rule.column.index] == rule.equals; });
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

bool Mapping::has_header() const {
  return plan_->header;
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

base::Result<domain::Event> Mapping::event(const std::vector<std::string_view>& cells, std::uint64_t line,
                                           bool* skip) const {
  *skip = false;
  const MappingPlan& plan = *plan_;
  if (cells.size() != plan.column_count) {
    return base::invalid_input("the line has " + std::to_string(cells.size()) + " cells; expected " +
                               std::to_string(plan.column_count));
  }
  base::Result<domain::Event> result{empty_event(plan.items)};
  *skip = left_out(plan, cells);
  if (*skip) return result;
  for (const FieldPlan& field : plan.fields) {
    if (const base::Status status = set_from_cells(field, cells, *result); !status.ok()) {
      return status.within(field_place(field));
    }
  }
  INKLING_TRY(make_id(plan, cells, line, result->id));
  return result;
}

}  // namespace inkling::wire
