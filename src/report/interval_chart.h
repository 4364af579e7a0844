// One row a name: a value with its interval, beside a line that marks "no difference". For comparisons and ablations;
// also plain bars from the line to the value. Thread safety: pure function.
#pragma once

#include <string>
#include <vector>

#include "report/axis.h"
#include "report/line_chart.h"

namespace inkling::report {

struct IntervalRow {
  std::string name;
  double value = 0;
  double low = kNothing;
  double high = kNothing;
  std::string shown;                // the value as text at the row's end
  std::vector<double> single_dots;  // smaller: what the value is the mean of
};

struct IntervalChart {
  std::string title;
  std::string description;
  Axis x;
  std::vector<IntervalRow> rows;
  double zero = 0;    // where the line stands
  bool bars = false;  // from the line to the value
};

[[nodiscard]] std::string svg(const IntervalChart& chart);

}  // namespace inkling::report
