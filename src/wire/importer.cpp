#include "wire/importer.h"

#include <simdjson.h>

#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/core/utf8.h"
#include "wire/byte_source.h"
#include "wire/csv.h"
#include "wire/event_json.h"
#include "wire/json_text.h"
#include "wire/line_reader.h"

namespace inkling::wire {
namespace {

constexpr std::uint64_t kLinesAReport = 8192;
constexpr std::size_t kShownLineBytes = 4096;

// Counts lines, reports bad ones and stops at too many of them.
class Tally {
 public:
  Tally(const std::string& path, const LineReader& lines, const ImportOptions& options)
      : path_(path), lines_(lines), options_(options) {}

  base::Status bad(std::uint64_t line, const std::string& reason, std::string_view text) {
    ++bad_lines_;
    if (options_.on_bad_line) {
      options_.on_bad_line({path_, line, reason, std::string(base::utf8_cut(text, kShownLineBytes))});
    }
    if (!exceeded(false)) return {};
    const std::string place = path_ + ":" + std::to_string(line) + ": ";
    if (options_.limit.share < 0 && options_.limit.count == 0) return base::invalid_input(place + reason);
    return base::invalid_input(place + reason + " (bad line " +
                               std::to_string(options_.earlier.bad_lines + bad_lines_) + "; " +
                               options_.limit.text() + " are allowed)");
  }

  // Of the last file.
  base::Status judge() const {
    if (options_.more_files || !exceeded(true)) return {};
    return base::invalid_input(path_ + ": " + std::to_string(options_.earlier.bad_lines + bad_lines_) + " of " +
                               std::to_string(options_.earlier.lines + progress().lines) + " lines are bad; " +
                               options_.limit.text() + " are allowed");
  }

  base::Status check(const domain::Event& event) const {
    return options_.check ? options_.check(event) : base::Status();
  }
  base::Status hand_on(domain::Event& event) { return options_.on_event ? options_.on_event(event) : base::Status(); }
  void skipped(std::string_view rule) const {
    if (options_.on_skip) options_.on_skip(rule);
  }
  void header_read() { header_lines_ = lines_.lines(); }

  void line_done() {
    if (lines_.lines() < next_report_) return;
    next_report_ = lines_.lines() + kLinesAReport;
    report();
  }

  void report() const {
    if (options_.on_progress) options_.on_progress(progress());
  }

  [[nodiscard]] ImportProgress progress() const {
    return {lines_.bytes_read(), lines_.bytes_total(), lines_.lines() - header_lines_, bad_lines_};
  }

 private:
  [[nodiscard]] bool exceeded(bool at_end) const {
    return options_.limit.exceeded(options_.earlier.bad_lines + bad_lines_, options_.earlier.lines + progress().lines,
                                   at_end);
  }

  const std::string& path_;
  const LineReader& lines_;
  const ImportOptions& options_;
  std::uint64_t header_lines_ = 0;
  std::uint64_t bad_lines_ = 0;
  std::uint64_t next_report_ = kLinesAReport;
};

base::Status import_json(LineReader& lines, Tally& tally) {
  EventParser parser;
  domain::Event event;  // one for all lines, for its memory
  while (true) {
    INKLING_ASSIGN(const bool more, lines.next());
    if (!more) return {};
    const std::string_view line = lines.line();
    if (line.find_first_not_of(" \t") != std::string_view::npos) {
      base::Status read = parser.parse_into(line, event);
      if (read.ok()) read = tally.check(event);
      INKLING_TRY(read.ok() ? tally.hand_on(event) : tally.bad(lines.line_number(), read.message(), line));
    }
    tally.line_done();
  }
}

class TableImport {
 public:
  TableImport(const std::string& path, const Mapping& mapping, LineReader& lines, Tally& tally)
      : path_(path),
        mapping_(mapping.clone()),
        records_(lines, mapping.delimiter(), mapping.quoted()),
        tally_(tally) {}

  base::Status run() {
    INKLING_TRY(bind());
    while (true) {
      INKLING_ASSIGN(const bool more, records_.next());
      if (!more) return hand_on_basket();
      INKLING_TRY(take_record());
      tally_.line_done();
    }
  }

 private:
  base::Status bind() {
    if (mapping_.header() == Header::kNone) return mapping_.bind(path_, mapping_.columns());
    INKLING_ASSIGN(const bool any, records_.next());
    tally_.header_read();
    if (!any) return base::invalid_input(path_ + " is empty; expected a header line with the names of the columns");
    if (mapping_.header() == Header::kIgnored) return mapping_.bind(path_, mapping_.columns());
    if (!records_.mistake().empty()) return base::invalid_input(path_ + ":1: " + records_.mistake());
    if (!base::valid_utf8(records_.text())) return base::invalid_input(path_ + ":1: is not UTF-8");
    return mapping_.bind(path_, {records_.cells().begin(), records_.cells().end()});
  }

  base::Status take_record() {
    const std::string_view text = records_.text();
    const std::uint64_t line = records_.line_number();
    if (!records_.mistake().empty()) return tally_.bad(line, records_.mistake(), text);
    if (!simdjson::validate_utf8(text.data(), text.size())) {
      const std::size_t byte = base::utf8_valid_bytes(text) + 1;
      return tally_.bad(line, "is not UTF-8: byte " + std::to_string(byte) + " belongs to no character", text);
    }
    if (const base::Status read = mapping_.read(records_.cells(), line, row_); !read.ok()) {
      return tally_.bad(line, read.message(), text);
    }
    if (row_.skipped_by != nullptr) {
      tally_.skipped(*row_.skipped_by);
      return {};
    }
    return mapping_.has_baskets() ? take_into_basket() : tally_.hand_on(row_.event);
  }

  // A row of the same basket as the one before adds its order line to that one's event.
  base::Status take_into_basket() {
    if (basket_open_ && row_.basket == basket_) {
      auto& lines = std::get<domain::Action>(row_.event.body).lines;
      std::get<domain::Action>(basket_event_.body).lines.push_back(std::move(lines.front()));
      return {};
    }
    INKLING_TRY(hand_on_basket());
    basket_ = row_.basket;
    basket_open_ = true;
    std::swap(basket_event_, row_.event);
    return {};
  }

  base::Status hand_on_basket() {
    if (!std::exchange(basket_open_, false)) return {};
    return tally_.hand_on(basket_event_);
  }

  const std::string& path_;
  Mapping mapping_;
  CsvReader records_;
  Tally& tally_;
  Row row_;
  bool basket_open_ = false;
  std::string basket_;
  domain::Event basket_event_;
};

}  // namespace

base::Result<BadLineLimit> BadLineLimit::parse(std::string_view text) {
  BadLineLimit limit;
  const char* const end = text.data() + text.size();
  if (text.ends_with('%')) {
    double percent = 0;
    const auto [stop, error] = std::from_chars(text.data(), end - 1, percent);
    limit.share = percent / 100;
    if (error == std::errc() && stop == end - 1 && percent >= 0 && percent <= 100) return limit;
  } else {
    const auto [stop, error] = std::from_chars(text.data(), end, limit.count);
    if (error == std::errc() && stop == end) return limit;
  }
  return base::invalid_input("\"" + std::string(text) +
                             "\" is no number of lines; expected a whole number such as 100, or 0% to 100%");
}

bool BadLineLimit::exceeded(std::uint64_t bad_lines, std::uint64_t lines, bool at_end) const {
  if (share < 0) return bad_lines > count;
  if (!at_end && lines < kLinesOfAShare) return false;
  return static_cast<double>(bad_lines) > share * static_cast<double>(lines);
}

std::string BadLineLimit::text() const {
  if (share < 0) return std::to_string(count);
  std::string percent;
  append_number(share * 100, percent);
  return percent + " %";
}

base::Status check_file(const std::string& path) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::directory &&
      kind != std::filesystem::file_type::not_found) {
    return {};
  }
  return open_bytes(path).status();
}

base::Result<ImportProgress> import_file(const std::string& path, const Mapping* mapping,
                                         const ImportOptions& options) {
  INKLING_ASSIGN(LineReader lines, LineReader::open(path));
  Tally tally(path, lines, options);
  INKLING_TRY(mapping == nullptr ? import_json(lines, tally) : TableImport(path, *mapping, lines, tally).run());
  INKLING_TRY(tally.judge());
  tally.report();
  return tally.progress();
}

}  // namespace inkling::wire
