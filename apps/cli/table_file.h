// A CSV file (plain, .gz or .zst) with a header and one row a session, as the values that models are taught and
// asked. Memory: one value a cell that is learnt from. Thread safety: plain values. Failure: the first bad cell with
// file, line, column and value; a column that is missing or that nobody named.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "apps/cli/table_spec.h"
#include "base/core/result.h"
#include "feature/value.h"

namespace inkling::cli {

struct Table {
  std::vector<std::string> sources;    // of each column: "column.<name>" for numbers, then "category.<name>"
  std::vector<feature::Value> values;  // [rows x sources]
  std::vector<std::uint8_t> labels;    // per row; empty when the file has no label column and none is needed
  std::vector<std::uint64_t> lines;    // where each row stands in the file

  [[nodiscard]] std::size_t row_count() const { return lines.size(); }
  [[nodiscard]] std::span<const feature::Value> row(std::size_t index) const {
    return std::span(values).subspan(index * sources.size(), sources.size());
  }
};

enum class TableUse : std::uint8_t {
  kTrain,  // every column must be named by the spec, the label must be there and have both values
  kScore,  // columns that the package does not know are skipped; the label may be missing
};

[[nodiscard]] base::Result<Table> read_table(const std::string& path, const TableSpec& spec, TableUse use);

}  // namespace inkling::cli
