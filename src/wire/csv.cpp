#include "wire/csv.h"

#include <algorithm>

namespace inkling::wire {

base::Result<bool> CsvReader::next() {
  do {
    INKLING_ASSIGN(const bool more, lines_.next());
    if (!more) return false;
  } while (lines_.line().empty());
  mistake_.clear();
  if (quoted_) INKLING_TRY(gather());
  if (mistake_.empty()) split(lines_.line());
  // What followed an unbalanced quote may well be good lines: read them again, each for itself.
  if (!mistake_.empty()) lines_.shrink();
  return true;
}

// Extends the line while a quoted cell is open.
base::Status CsvReader::gather() {
  in_quotes_ = false;
  at_cell_start_ = true;
  std::size_t scanned = 0;
  while (true) {
    const std::string_view line = lines_.line();
    scan_quotes(line.substr(scanned));
    if (!in_quotes_) return {};
    // line() leaves a CR out that belongs to the cell once the line is extended; it changes nothing for the scan.
    scanned = line.size();
    bool more = scanned < kMaxRecordBytes;
    if (more) {
      INKLING_ASSIGN(more, lines_.extend());
    }
    if (!more) {
      mistake_ = "a quoted cell is opened and never closed";
      return {};
    }
  }
}

// A doubled quote closes and opens again, which comes to the same.
void CsvReader::scan_quotes(std::string_view part) {
  for (const char c : part) {
    if (in_quotes_) {
      in_quotes_ = c != '"';
    } else if (c == '"') {
      // Within a cell that began without one it is a mistake, which split() reports; it opens nothing.
      in_quotes_ = at_cell_start_;
    } else {
      at_cell_start_ = c == delimiter_;
    }
  }
}

void CsvReader::split(std::string_view record) {
  cells_.clear();
  mistake_.clear();
  if (quoted_ && record.find('"') != std::string_view::npos) {
    split_quoted(record);
  } else {
    split_plain(record);
  }
}

void CsvReader::split_plain(std::string_view record) {
  std::size_t start = 0;
  while (true) {
    const std::size_t end = record.find(delimiter_, start);
    if (end == std::string_view::npos) break;
    cells_.push_back(record.substr(start, end - start));
    start = end + 1;
  }
  cells_.push_back(record.substr(start));
}

void CsvReader::split_quoted(std::string_view record) {
  unescaped_.clear();
  unescaped_.reserve(record.size());
  std::size_t i = 0;
  while (mistake_.empty()) {
    if (i < record.size() && record[i] == '"') {
      i = take_quoted_cell(record, i);
    } else {
      const std::size_t end = std::min(record.find(delimiter_, i), record.size());
      cells_.push_back(record.substr(i, end - i));
      if (cells_.back().find('"') != std::string_view::npos) {
        fail("has a quote inside an unquoted value; quote the whole value and double the quotes in it");
      }
      i = end;
    }
    if (i >= record.size()) return;
    ++i;  // the delimiter
  }
}

// `i` is at the opening quote; the answer at the delimiter behind the closing one or at the end.
std::size_t CsvReader::take_quoted_cell(std::string_view record, std::size_t i) {
  const std::size_t unescaped_start = unescaped_.size();
  std::size_t start = i + 1;
  while (true) {
    const std::size_t quote = record.find('"', start);
    if (quote == std::string_view::npos) {
      cells_.push_back(record.substr(i));
      fail("is quoted and never closed");
      return record.size();
    }
    const bool doubled = quote + 1 < record.size() && record[quote + 1] == '"';
    if (doubled) {
      unescaped_.append(record, start, quote + 1 - start);
      start = quote + 2;
      continue;
    }
    if (unescaped_.size() == unescaped_start) {
      cells_.push_back(record.substr(start, quote - start));
    } else {
      unescaped_.append(record, start, quote - start);
      cells_.push_back(std::string_view(unescaped_).substr(unescaped_start));
    }
    if (quote + 1 < record.size() && record[quote + 1] != delimiter_) fail("goes on behind its closing quote");
    return quote + 1;
  }
}

void CsvReader::fail(std::string_view reason) {
  mistake_ = "cell " + std::to_string(cells_.size()) + " " + std::string(reason);
}

}  // namespace inkling::wire
