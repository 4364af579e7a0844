#include "report/bar_chart.h"

#include <cmath>

#include "report/canvas.h"
#include "report/plot_frame.h"

namespace inkling::report {
namespace {

constexpr double kBelow = 44;  // tick labels and the axis' name
constexpr std::size_t kMostTicks = 6;
constexpr double kBetween = 1.5;

FittedAxis fitted_x(const BarChart& chart) {
  std::vector<double> data = {chart.marker};
  for (const Bar& bar : chart.bars) data.insert(data.end(), {bar.from, bar.to});
  return {chart.x, data, kMostTicks};
}

FittedAxis fitted_y(const BarChart& chart) {
  std::vector<double> data = {0};
  for (const Bar& bar : chart.bars) data.push_back(bar.value);
  return {chart.y, data, kMostTicks};
}

}  // namespace

std::string svg(const BarChart& chart) {
  const PlotArea area;
  const FittedAxis x = fitted_x(chart);
  const FittedAxis y = fitted_y(chart);
  Canvas canvas(kPlotWidth, area.bottom() + kBelow);
  draw_axes(canvas, area, x, y, chart.x.label, chart.y.label, false);
  for (const Bar& bar : chart.bars) {
    const Place corner = place_of(area, x, y, bar.from, bar.value);
    const double width = place_of(area, x, y, bar.to, 0).first - corner.first - kBetween;
    canvas.box(corner, width, area.bottom() - corner.second, "bar " + colour_class(bar.colour), bar.hint);
  }
  if (std::isfinite(chart.marker)) {
    const double at = place_of(area, x, y, chart.marker, 0).first;
    canvas.line({at, area.top}, {at, area.bottom()}, "level");
  }
  return canvas.svg(chart.title, chart.description);
}

}  // namespace inkling::report
