// A histogram: upright bars over a numbered axis, each bin as wide as it reaches. Bins may be coloured apart.
// Thread safety: pure function. Cost: linear in the bins.
#pragma once

#include <string>
#include <vector>

#include "report/axis.h"
#include "report/line_chart.h"

namespace inkling::report {

struct Bar {
  double from = 0;  // on the x axis
  double to = 0;
  double value = 0;  // at least 0; what is not finite has no bar
  std::string hint;  // told when a pointer rests on it
  std::size_t colour = 0;
};

struct BarChart {
  std::string title;
  std::string description;
  Axis x;
  Axis y;  // begins at 0
  std::vector<Bar> bars;
  double marker = kNothing;  // an upright line, dashed
};

[[nodiscard]] std::string svg(const BarChart& chart);

}  // namespace inkling::report
