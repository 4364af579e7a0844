// Reads a log file (JSON Lines, or CSV/TSV through a mapping file; plain, .gz or .zst) and hands on events.
// Bad lines never stop it before `max_bad_lines`: each is reported with file, line, field, value and what would be
// right. Events are handed on in the order of the file, one at a time: when Mapping::sorts_by_time(), the
// caller must sort them before it journals them (store::EventSorter does, in bounded memory).
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/core/result.h"
#include "domain/event.h"
#include "wire/mapping.h"

namespace inkling::wire {

struct ImportProgress {
  std::uint64_t bytes_read = 0;    // of the file as it lies on disk
  std::uint64_t bytes_total = 0;
  std::uint64_t lines = 0;
  std::uint64_t bad_lines = 0;
};

struct BadLine {
  std::string file;
  std::uint64_t line = 0;          // 1-based, the header counts
  std::string reason;              // without file and line
  std::string text;                // the line as found (cut at 4096 bytes)
};

struct ImportOptions {
  std::uint64_t max_bad_lines = 0;                          // one more stops the run with an error
  std::function<base::Status(domain::Event&&)> on_event;    // an error stops the run
  std::function<void(const BadLine&)> on_bad_line;
  std::function<void(const ImportProgress&)> on_progress;   // every few thousand lines, and at the end
};

// `mapping` null: the file is JSON Lines. The importer's result counts lines and bad lines.
[[nodiscard]] base::Result<ImportProgress> import_file(const std::string& path, const Mapping* mapping,
                                                       const ImportOptions& options);

}  // namespace inkling::wire
