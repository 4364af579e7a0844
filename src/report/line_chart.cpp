#include "report/line_chart.h"

#include <algorithm>
#include <cmath>

#include "report/canvas.h"
#include "report/plot_frame.h"

namespace inkling::report {
namespace {

constexpr double kBelow = 44;  // tick labels and the axis' name
constexpr std::size_t kMostTicks = 6;

std::string classes_of(const LineChart& chart, std::size_t index) {
  const Series& series = chart.series[index];
  const std::size_t colour = series.colour == Series::kOwnColour ? index : series.colour;
  return colour_class(colour) + (series.dashed ? " dashed" : "");
}

std::vector<LegendEntry> legend_of(const LineChart& chart) {
  std::vector<LegendEntry> entries;
  if (!chart.legend) return entries;
  if (chart.series.size() > 1) {
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
      entries.push_back({chart.series[i].name, "curve " + classes_of(chart, i)});
    }
  }
  if (!chart.level_name.empty()) entries.push_back({chart.level_name, "level"});
  return entries;
}

FittedAxis fitted_x(const LineChart& chart) {
  std::vector<double> data;
  for (const Series& series : chart.series) {
    for (const ChartPoint& point : series.points) data.push_back(point.x);
  }
  return {chart.x, data, kMostTicks};
}

FittedAxis fitted_y(const LineChart& chart) {
  std::vector<double> data = {chart.level};
  for (const Series& series : chart.series) {
    for (const ChartPoint& point : series.points) data.insert(data.end(), {point.y, point.low, point.high});
  }
  return {chart.y, data, kMostTicks};
}

class Drawing {
 public:
  explicit Drawing(const LineChart& chart)
      : chart_(chart),
        legend_(legend_of(chart)),
        x_(fitted_x(chart)),
        y_(fitted_y(chart)),
        canvas_(kPlotWidth,
                area_.bottom() + kBelow + kLegendRow * static_cast<double>(legend_rows(legend_, area_.width))) {}

  std::string svg() {
    draw_axes(canvas_, area_, x_, y_, chart_.x.label, chart_.y.label, chart_.x.names.empty());
    if (chart_.diagonal) {
      const double low = std::max(x_.low(), y_.low()), high = std::min(x_.high(), y_.high());
      canvas_.line(place(low, low), place(high, high), "level");
    }
    if (std::isfinite(chart_.level)) {
      canvas_.line(place(x_.low(), chart_.level), place(x_.high(), chart_.level), "level");
    }
    for (std::size_t i = 0; i < chart_.series.size(); ++i) intervals(i);
    for (std::size_t i = 0; i < chart_.series.size(); ++i) curve(i);
    draw_legend(canvas_, legend_, area_.left, area_.width, area_.bottom() + kBelow - 4);
    return canvas_.svg(chart_.title, chart_.description);
  }

 private:
  [[nodiscard]] Place place(double x, double y) const { return place_of(area_, x_, y_, x, y); }

  void intervals(std::size_t index) {
    const Series& series = chart_.series[index];
    const std::string colour = classes_of(chart_, index);
    std::vector<Place> upper, lower;
    for (const ChartPoint& point : series.points) {
      upper.push_back(place(point.x, point.high));
      lower.push_back(place(point.x, point.low));
      if (series.dots) canvas_.line(lower.back(), upper.back(), "whisker " + colour);
    }
    if (!series.dots) canvas_.band(upper, lower, "band " + colour);
  }

  void curve(std::size_t index) {
    const Series& series = chart_.series[index];
    const std::string colour = classes_of(chart_, index);
    std::vector<Place> places;
    for (const ChartPoint& point : series.points) places.push_back(place(point.x, point.y));
    canvas_.path(places, "curve " + colour, series.name);
    if (!series.dots) return;
    for (std::size_t i = 0; i < places.size(); ++i) canvas_.dot(places[i], 3, "dot " + colour, series.points[i].hint);
  }

  const LineChart& chart_;
  PlotArea area_;
  std::vector<LegendEntry> legend_;
  FittedAxis x_;
  FittedAxis y_;
  Canvas canvas_;
};

}  // namespace

std::string svg(const LineChart& chart) {
  return Drawing(chart).svg();
}

}  // namespace inkling::report
