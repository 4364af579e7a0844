// Lines over an axis, with intervals, as one SVG element: curves, trends, training. Colours and sizes come from the
// page (style.h); it stays readable from 340 pixels of width on.
// Thread safety: pure function. Cost: linear in the points.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "report/axis.h"

namespace inkling::report {

inline constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// A value that is not finite is a gap; so is a logarithmic axis' zero.
struct ChartPoint {
  double x = 0;
  double y = 0;
  double low = kNothing;  // of an interval around y
  double high = kNothing;
  std::string hint = {};  // told by a dot when a pointer rests on it
};

struct Series {
  std::string name;
  std::vector<ChartPoint> points = {};
  bool dashed = false;
  bool dots = false;  // a dot at each point, intervals as bars; without: intervals as a band
  std::size_t colour = kOwnColour;
  static constexpr std::size_t kOwnColour = std::numeric_limits<std::size_t>::max();  // by its place in the chart
};

struct LineChart {
  std::string title;        // for those who cannot see it, and above it
  std::string description;  // what it shows, in a sentence
  Axis x;
  Axis y;
  std::vector<Series> series;
  bool diagonal = false;    // where x = y, dashed
  double level = kNothing;  // a horizontal line, dashed
  std::string level_name;   // in the legend
  bool legend = true;       // none for a single series anyhow
};

[[nodiscard]] std::string svg(const LineChart& chart);

}  // namespace inkling::report
