#include "report/heat_map.h"

#include <algorithm>
#include <cmath>

#include "report/canvas.h"
#include "report/markup.h"
#include "report/plot_frame.h"

namespace inkling::report {
namespace {

constexpr double kMostCell = 16;
constexpr double kLeastHeight = 24;

double top_of(const HeatMap& map) {
  if (map.high > map.low) return map.high;
  double top = map.low;
  for (const double value : map.values) top = std::isfinite(value) ? std::max(top, value) : top;
  return top > map.low ? top : map.low + 1;
}

PlotArea area_of(const HeatMap& map) {
  PlotArea area{24, map.column_groups.empty() ? 8.0 : 26.0, kPlotWidth - 36, 0};
  const double cell = area.width / static_cast<double>(std::max<std::size_t>(map.columns, 1));
  area.height = std::max(kLeastHeight, std::min(cell, kMostCell) * static_cast<double>(map.rows));
  if (map.rows == 1) area.height = kLeastHeight;
  return area;
}

void draw_groups(Canvas& canvas, const HeatMap& map, const PlotArea& area, double cell_width) {
  for (std::size_t g = 0; g < map.column_groups.size(); ++g) {
    const auto& [column, name] = map.column_groups[g];
    const std::size_t next = g + 1 < map.column_groups.size() ? map.column_groups[g + 1].first : map.columns;
    const double x = area.left + cell_width * static_cast<double>(column);
    canvas.line({x, area.top - 16}, {x, area.bottom()}, "axis");
    const bool fits = cell_width * static_cast<double>(next - column) > text_width(name) + 6;
    if (fits) canvas.text({x + 4, area.top - 6}, name, Anchor::kStart, "name");
  }
}

}  // namespace

std::string svg(const HeatMap& map) {
  const PlotArea area = area_of(map);
  const double cell_width = area.width / static_cast<double>(std::max<std::size_t>(map.columns, 1));
  const double cell_height = area.height / static_cast<double>(std::max<std::size_t>(map.rows, 1));
  const double top = top_of(map);
  Canvas canvas(kPlotWidth, area.bottom() + 24);
  canvas.box({area.left, area.top}, area.width, area.height, "ground");
  for (std::size_t i = 0; i < std::min(map.values.size(), map.rows * map.columns); ++i) {
    const double share = std::clamp((map.values[i] - map.low) / (top - map.low), 0.0, 1.0);
    if (!(share >= 0.004)) continue;  // as good as nothing, or not a number
    const auto row = static_cast<double>(i / map.columns), column = static_cast<double>(i % map.columns);
    canvas.box({area.left + cell_width * column, area.top + cell_height * row}, cell_width, cell_height, "cell", {},
               share);
  }
  draw_groups(canvas, map, area, cell_width);
  canvas.text({area.left + area.width / 2, area.bottom() + 16}, map.column_label, Anchor::kMiddle);
  canvas.upright_text({14, area.top + area.height / 2}, map.row_label);
  return canvas.svg(map.title, map.description);
}

}  // namespace inkling::report
