#include "wire/importer.h"

#include <simdjson.h>

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
      if (!more) return {};
      INKLING_TRY(take_record());
      tally_.line_done();
    }
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
    return event.ok() ? tally_.hand_on(*std::move(event)) : tally_.bad(line, event.status().message(), text);
  }

  const std::string& path_;
  Mapping mapping_;
  CsvReader records_;
  Tally& tally_;
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
