#include "apps/cli/table_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/core/hash.h"
#include "base/core/suggest.h"
#include "feature/source.h"
#include "wire/csv.h"

namespace inkling::cli {
namespace {

using base::Result;
using base::Status;
using feature::Value;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool is_missing(std::string_view cell) {
  constexpr std::array<std::string_view, 6> kMissing = {"", "na", "nan", "null", "none", "?"};
  return std::ranges::find(kMissing, lower(cell)) != kMissing.end();
}

// Where the columns of the spec stand in the file.
struct Places {
  std::vector<std::size_t> numbers, categories;
  std::size_t label = kNone;
};

class TableReader {
 public:
  TableReader(const std::string& path, const TableSpec& spec, TableUse use) : path_(path), spec_(spec), use_(use) {}

  Result<Table> read() {
    INKLING_ASSIGN(wire::LineReader lines, wire::LineReader::open(path_));
    wire::CsvReader csv(lines, ',', true);
    INKLING_ASSIGN(const bool has_header, csv.next());
    if (!has_header) return base::invalid_input(path_ + ": is empty; a header line is expected");
    INKLING_TRY(bind({csv.cells().begin(), csv.cells().end()}));
    for (const std::string& name : spec_.numbers)
      table_.sources.push_back(std::string(feature::kColumnPrefix) + name);
    for (const std::string& name : spec_.categories) {
      table_.sources.push_back(std::string(feature::kCategoryPrefix) + name);
    }
    for (;;) {
      INKLING_ASSIGN(const bool more, csv.next());
      if (!more) break;
      INKLING_TRY(row(csv));
    }
    INKLING_TRY(check_rows());
    return std::move(table_);
  }

 private:
  Status bind(const std::vector<std::string>& header) {
    columns_ = header.size();
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (std::ranges::count(header, header[i]) > 1) {
        return base::invalid_input(path_ + ":1: column \"" + header[i] + "\" stands twice in the header");
      }
    }
    for (const std::string& name : spec_.numbers) INKLING_TRY(find(header, name, places_.numbers));
    for (const std::string& name : spec_.categories) INKLING_TRY(find(header, name, places_.categories));
    const auto label = std::ranges::find(header, spec_.label);
    if (label != header.end()) places_.label = static_cast<std::size_t>(label - header.begin());
    if (use_ == TableUse::kScore) return {};
    std::vector<std::size_t> found;
    if (places_.label == kNone) INKLING_TRY(find(header, spec_.label, found));
    for (const std::string& name : spec_.leave_out) INKLING_TRY(find(header, name, found));
    return check_all_named(header);
  }

  Status find(const std::vector<std::string>& header, const std::string& name,
              std::vector<std::size_t>& places) const {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) {
      return base::invalid_input(path_ + ":1: there is no column \"" + name + "\"; " +
                                 base::expected_one_of(name, header));
    }
    places.push_back(static_cast<std::size_t>(found - header.begin()));
    return {};
  }

  // A column that slips in unseen may be the answer itself.
  [[nodiscard]] Status check_all_named(const std::vector<std::string>& header) const {
    for (const std::string& name : header) {
      const auto in = [&](const std::vector<std::string>& names) {
        return std::ranges::find(names, name) != names.end();
      };
      if (name == spec_.label || in(spec_.numbers) || in(spec_.categories) || in(spec_.leave_out)) continue;
      return base::invalid_input(path_ + ":1: the spec does not say what column \"" + name +
                                 "\" is; expected it in numbers, categories or leave_out");
    }
    return {};
  }

  Status row(const wire::CsvReader& csv) {
    line_ = csv.line_number();
    if (!csv.mistake().empty()) return refuse(csv.mistake());
    if (csv.cells().size() != columns_) {
      return refuse(fmt::format("has {} cells, the header {}", csv.cells().size(), columns_));
    }
    for (std::size_t i = 0; i < places_.numbers.size(); ++i) {
      INKLING_ASSIGN(const Value value, number(csv.cells()[places_.numbers[i]], spec_.numbers[i]));
      table_.values.push_back(value);
    }
    for (const std::size_t place : places_.categories) {
      const std::string_view cell = csv.cells()[place];
      table_.values.push_back(is_missing(cell) ? Value::none() : Value::of_name(base::name_hash(cell)));
    }
    if (places_.label != kNone) {
      INKLING_ASSIGN(const std::uint8_t label, label_of(csv.cells()[places_.label]));
      table_.labels.push_back(label);
    }
    table_.lines.push_back(line_);
    return {};
  }

  [[nodiscard]] Status refuse(const std::string& what) const {
    return base::invalid_input(fmt::format("{}:{}: {}", path_, line_, what));
  }

  [[nodiscard]] Result<Value> number(std::string_view cell, const std::string& column) const {
    if (is_missing(cell)) return Value::none();
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value)) {
      return refuse(fmt::format("column \"{}\": \"{}\" is no number; expected one, or nothing for a missing value{}",
                                column, cell, " (names belong into categories)"));
    }
    return Value::of(value);
  }

  [[nodiscard]] Result<std::uint8_t> label_of(std::string_view cell) const {
    if (!spec_.positive.empty() && !cell.empty()) return std::uint8_t{cell == spec_.positive};
    constexpr std::array<std::string_view, 4> kYes = {"1", "true", "yes", "y"}, kNo = {"0", "false", "no", "n"};
    const std::string word = lower(cell);
    if (std::ranges::find(kYes, word) != kYes.end()) return std::uint8_t{1};
    if (std::ranges::find(kNo, word) != kNo.end()) return std::uint8_t{0};
    return refuse(
        fmt::format("column \"{}\": \"{}\" is no label; expected 1, true, yes, y or 0, false, no, n, or a "
                    "spec whose `positive` says what stands for yes",
                    spec_.label, cell));
  }

  [[nodiscard]] Status check_rows() const {
    if (table_.row_count() == 0) return base::invalid_input(path_ + ": has a header and no rows");
    if (use_ == TableUse::kScore) return {};
    const auto positives = std::ranges::count(table_.labels, std::uint8_t{1});
    if (positives > 0 && static_cast<std::size_t>(positives) < table_.row_count()) return {};
    return base::invalid_input(fmt::format("{}: column \"{}\" says {} in all {} rows; there is nothing to learn",
                                           path_, spec_.label, positives > 0 ? "yes" : "no", table_.row_count()));
  }

  const std::string& path_;
  const TableSpec& spec_;
  TableUse use_;
  Places places_;
  std::size_t columns_ = 0;
  std::uint64_t line_ = 0;
  Table table_;
};

}  // namespace

Result<Table> read_table(const std::string& path, const TableSpec& spec, TableUse use) {
  return TableReader(path, spec, use).read();
}

}  // namespace inkling::cli
