// A matrix as shades of one colour, from nothing at `low` to full at `high`. Thread safety: pure function.
#pragma once

#include <string>
#include <vector>

namespace inkling::report {

struct HeatMap {
  std::string title;
  std::string description;
  std::string row_label;
  std::string column_label;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values;  // [rows x columns]; what is not finite stays empty
  double low = 0;
  double high = 0;  // not above `low`: the largest value
  // Where a group of columns begins, and its name, which is left out where it has no room; empty: none.
  std::vector<std::pair<std::size_t, std::string>> column_groups;
};

// Cells beyond what `values` holds stay empty.
[[nodiscard]] std::string svg(const HeatMap& map);

}  // namespace inkling::report
