#include "wire/importer.h"

#include <simdjson.h>

#include <algorithm>

#include "base/core/utf8.h"
#include "wire/csv.h"
#include "wire/event_json.h"
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
    if (bad_lines_ <= options_.max_bad_lines) return {};
    const std::string place = path_ + ":" + std::to_string(line) + ": ";
    if (options_.max_bad_lines == 0) return base::invalid_input(place + reason);
    return base::invalid_input(place + reason + " (bad line " + std::to_string(bad_lines_) + "; " +
                               std::to_string(options_.max_bad_lines) + " are allowed)");
  }

  base::Status hand_on(domain::Event&& event) {
    return options_.on_event ? options_.on_event(std::move(event)) : base::Status();
  }

  void line_done() {
    if (lines_.lines() < next_report_) return;
    next_report_ = lines_.lines() + kLinesAReport;
    report();
  }

  void report() const {
    if (options_.on_progress) options_.on_progress(progress());
  }

  [[nodiscard]] ImportProgress progress() const {
    return {lines_.bytes_read(), lines_.bytes_total(), lines_.lines(), bad_lines_};
  }

 private:
  const std::string& path_;
  const LineReader& lines_;
  const ImportOptions& options_;
  std::uint64_t bad_lines_ = 0;
  std::uint64_t next_report_ = kLinesAReport;
};

base::Status import_json(LineReader& lines, Tally& tally) {
  EventParser parser;
  while (true) {
    INKLING_ASSIGN(const bool more, lines.next());
    if (!more) return {};
    const std::string_view line = lines.line();
    if (line.find_first_not_of(" \t") != std::string_view::npos) {
      auto event = parser.parse(line);
      INKLING_TRY(event.ok() ? tally.hand_on(*std::move(event))
                             : tally.bad(lines.line_number(), event.status().message(), line));
    }
    tally.line_done();
  }
}

// Rows kept as they were written, to be handed on in the order of their times: 32 bytes a row more than their text.
class SortedRows {
 public:
  void add(std::int64_t ts_ms, std::uint64_t line, std::string_view text) {
    rows_.push_back({ts_ms, line, text_.size(), text.size()});
    text_ += text;
  }

  // Rows of the same time stay in the order of the file. `visit(line, text)`.
  template <typename Visit>
  base::Status in_order(Visit visit) {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.ts_ms < b.ts_ms; });
    for (const Row& row : rows_) {
      INKLING_TRY(visit(row.line, std::string_view(text_).substr(row.start, row.bytes)));
    }
    return {};
  }

 private:
  struct Row {
    std::int64_t ts_ms;
    std::uint64_t line;
    std::uint64_t start;
    std::uint64_t bytes;
  };
  std::vector<Row> rows_;
  std::string text_;
};

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
      if (!more) break;
      INKLING_TRY(take_record());
      tally_.line_done();
    }
    return rows_.in_order([this](std::uint64_t line, std::string_view text) { return hand_on_again(line, text); });
  }

 private:
  base::Status bind() {
    if (!mapping_.has_header()) return mapping_.bind(path_, mapping_.columns());
    INKLING_ASSIGN(const bool any, records_.next());
    if (!any) return base::invalid_input(path_ + " is empty; expected a header line with the names of the columns");
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
    bool skip = false;
    auto event = mapping_.event(records_.cells(), line, &skip);
    if (skip) return {};
    if (!event.ok()) return tally_.bad(line, event.status().message(), text);
    if (!mapping_.sorts_by_time()) return tally_.hand_on(*std::move(event));
    rows_.add(event->ts_ms, line, text);
    return {};
  }

  // A row is read twice: text is a tenth of an event's size, and all rows are held until the last one is known.
  base::Status hand_on_again(std::uint64_t line, std::string_view text) {
    records_.split(text);
    bool skip = false;
    INKLING_ASSIGN(domain::Event event, mapping_.event(records_.cells(), line, &skip));
    return tally_.hand_on(std::move(event));
  }

  const std::string& path_;
  Mapping mapping_;
  CsvReader records_;
  Tally& tally_;
  SortedRows rows_;
};

}  // namespace

base::Result<ImportProgress> import_file(const std::string& path, const Mapping* mapping,
                                         const ImportOptions& options) {
  INKLING_ASSIGN(LineReader lines, LineReader::open(path));
  Tally tally(path, lines, options);
  INKLING_TRY(mapping == nullptr ? import_json(lines, tally) : TableImport(path, *mapping, lines, tally).run());
  tally.report();
  return tally.progress();
}

}  // namespace inkling::wire
