// The records of a CSV file (RFC 4180: quoted cells may hold delimiters, doubled quotes and line breaks) or of a TSV
// file (no quoting at all). Private to src/wire.
//
// A malformed record does not stop the reader: mistake() says what is wrong, and reading goes on behind its first
// line, so that one forgotten quote costs one line. Lines without a character are skipped. Cells and text are valid
// until next(). Thread safety: one thread. Cost: two passes over the bytes, no allocation once the buffers have
// grown. Failure: only the file's own (LineReader).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "wire/line_reader.h"

namespace inkling::wire {

// A record that a quoted cell makes longer than this has lost its closing quote.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{1} << 20;

class CsvReader {
 public:
  CsvReader(LineReader& lines, char delimiter, bool quoted) : lines_(lines), delimiter_(delimiter), quoted_(quoted) {}

  // Goes to the next record; false at the end.
  [[nodiscard]] base::Result<bool> next();

  [[nodiscard]] const std::vector<std::string_view>& cells() const { return cells_; }
  [[nodiscard]] const std::string& mistake() const { return mistake_; }
  [[nodiscard]] std::string_view text() const { return lines_.line(); }
  [[nodiscard]] std::uint64_t line_number() const { return lines_.line_number(); }

 private:
  [[nodiscard]] base::Status gather();
  void scan_quotes(std::string_view part);
  void split(std::string_view record);
  void split_plain(std::string_view record);
  void split_quoted(std::string_view record);
  std::size_t take_quoted_cell(std::string_view record, std::size_t i);
  void fail(std::string_view reason);  // of the last cell

  LineReader& lines_;
  char delimiter_;
  bool quoted_;
  bool in_quotes_ = false;  // where scan_quotes stands
  bool at_cell_start_ = true;
  std::vector<std::string_view> cells_;
  std::string unescaped_;  // cells with doubled quotes; never reallocated while a record is split
  std::string mistake_;
};

}  // namespace inkling::wire
