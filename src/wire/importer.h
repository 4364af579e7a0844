// Reads a log file (JSON Lines, or CSV/TSV through a mapping file; plain, .gz or .zst) and hands on events.
// Bad lines never stop it before the limit: each is reported with file, line, field, value and what would be right.
// Events are handed on in the order of the file, one at a time: when Mapping::sorts_by_time(), the caller must sort
// them before it journals them (store::EventSorter does, in bounded memory).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/core/result.h"
#include "domain/event.h"
#include "wire/mapping.h"

namespace inkling::wire {

struct ImportProgress {
  std::uint64_t bytes_read = 0;  // of the file as it lies on disk
  std::uint64_t bytes_total = 0;
  std::uint64_t lines = 0;  // a header is none
  std::uint64_t bad_lines = 0;
};

struct BadLine {
  std::string file;
  std::uint64_t line = 0;  // 1-based, the header counts
  std::string reason;      // without file and line
  std::string text;        // the line as found (cut at 4096 bytes)
};

// How many bad lines are put aside before the run stops: a number, or a share of all lines.
struct BadLineLimit {
  std::uint64_t count = 0;
  double share = -1;  // below 0: the count decides

  // "100" or "0.5%".
  [[nodiscard]] static base::Result<BadLineLimit> parse(std::string_view text);
  // A share is judged while reading only once this many lines came, and in the end.
  static constexpr std::uint64_t kLinesOfAShare = 10'000;
  [[nodiscard]] bool exceeded(std::uint64_t bad_lines, std::uint64_t lines, bool at_end) const;
  [[nodiscard]] std::string text() const;
};

struct ImportOptions {
  BadLineLimit limit;  // one more stops the run with an error
  // Lines and bad lines of files that were read before and count for the limit; whether another file follows.
  ImportProgress earlier;
  bool more_files = false;
  std::function<base::Status(const domain::Event&)> check;  // of JSON Lines: what it refuses is a bad line
  std::function<base::Status(domain::Event&)> on_event;     // may take the event; an error stops the run
  std::function<void(std::string_view rule)> on_skip;       // a line that the mapping's skip rule leaves out
  std::function<void(const BadLine&)> on_bad_line;
  std::function<void(const ImportProgress&)> on_progress;  // every few thousand lines, and at the end
};

// What import_file would say of a file that cannot be opened, without reading from a pipe.
[[nodiscard]] base::Status check_file(const std::string& path);

// `mapping` null: the file is JSON Lines. The importer's result counts lines and bad lines.
[[nodiscard]] base::Result<ImportProgress> import_file(const std::string& path, const Mapping* mapping,
                                                       const ImportOptions& options);

}  // namespace inkling::wire
