// The frame that charts share: axes with ticks, grid, labels and legend around an area for data. Internal to report.
#pragma once

#include <string>
#include <vector>

#include "report/axis.h"
#include "report/canvas.h"

namespace inkling::report {

struct LegendEntry {
  std::string name;
  std::string classes;  // of its line
};

struct PlotArea {
  double left = 48;
  double top = 12;
  double width = 376;
  double height = 232;
  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
};

inline constexpr double kPlotWidth = 440;
inline constexpr double kLegendRow = 18;

// Rows that a legend of this width needs, and drawing it from `top` on.
[[nodiscard]] std::size_t legend_rows(const std::vector<LegendEntry>& entries, double width);
void draw_legend(Canvas& canvas, const std::vector<LegendEntry>& entries, double left, double width, double top);

// Grid, ticks and axis labels. `with_x_grid`: upright lines too.
void draw_axes(Canvas& canvas, const PlotArea& area, const FittedAxis& x, const FittedAxis& y,
               const std::string& x_label, const std::string& y_label, bool with_x_grid);

[[nodiscard]] Place place_of(const PlotArea& area, const FittedAxis& x, const FittedAxis& y, double x_value,
                             double y_value);

}  // namespace inkling::report
