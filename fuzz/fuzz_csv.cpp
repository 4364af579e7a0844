// CSV and TSV records. The first byte chooses the dialect, the rest is the file (plain, gzip or Zstandard). Cells
// that were read, written again in quotes, read as the same cells; and TSV cells joined are the line.
#include <array>
#include <vector>

#include "fuzz/memory_file.h"
#include "wire/csv.h"

namespace inkling::fuzz {
namespace {

using Cells = std::vector<std::string>;
using Records = std::vector<Cells>;

struct Dialect {
  char delimiter = ',';
  bool quoted = true;
};

std::string joined(const std::vector<std::string_view>& cells, char delimiter) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text += delimiter;
    text += cells[i];
  }
  return text;
}

std::string in_quotes(const Records& records, char delimiter) {
  std::string text;
  for (const Cells& cells : records) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      text += i > 0 ? std::string(1, delimiter) + '"' : "\"";
      for (const char c : cells[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    text += '\n';
  }
  return text;
}

Records read(std::string_view bytes, const Dialect& dialect) {
  const MemoryFile file(bytes);
  auto lines = wire::LineReader::open(file.path());
  if (!lines.ok()) return {};
  wire::CsvReader reader(*lines, dialect.delimiter, dialect.quoted);
  Records records;
  std::uint64_t last_line = 0;
  for (auto more = reader.next(); more.ok() && *more; more = reader.next()) {
    must(reader.line_number() > last_line, "every record begins behind the one before it");
    last_line = reader.line_number();
    if (!reader.mistake().empty()) continue;
    must(!reader.cells().empty(), "a record has a cell");
    if (!dialect.quoted) must(joined(reader.cells(), dialect.delimiter) == reader.text(), "TSV cells are the line");
    records.emplace_back(reader.cells().begin(), reader.cells().end());
  }
  return records;
}

void check(std::string_view input) {
  constexpr std::array<Dialect, 4> kDialects = {{{',', true}, {';', true}, {'\t', false}, {'|', false}}};
  const Dialect& dialect = kDialects[static_cast<unsigned char>(input.front()) % kDialects.size()];
  const Records records = read(input.substr(1), dialect);
  const std::string written = in_quotes(records, ',');
  must(read(written, {',', true}) == records, "cells written in quotes read as the same cells", written);
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
