#include "report/interval_chart.h"

#include <algorithm>
#include <cmath>

#include "report/canvas.h"
#include "report/plot_frame.h"

namespace inkling::report {
namespace {

constexpr double kRowHeight = 34;  // the name above its interval
constexpr double kSide = 22;       // half a tick text such as -0.02
constexpr std::size_t kMostTicks = 6;

FittedAxis fitted(const IntervalChart& chart) {
  std::vector<double> data = {chart.zero};
  for (const IntervalRow& row : chart.rows) {
    data.insert(data.end(), {row.value, row.low, row.high});
    data.insert(data.end(), row.single_dots.begin(), row.single_dots.end());
  }
  return {chart.x, data, kMostTicks};
}

class Drawing {
 public:
  explicit Drawing(const IntervalChart& chart)
      : chart_(chart),
        x_(fitted(chart)),
        area_{kSide, 8, kPlotWidth - 2 * kSide, kRowHeight * static_cast<double>(chart.rows.size())},
        canvas_(kPlotWidth, area_.bottom() + 40) {}

  std::string svg() {
    for (const Tick& tick : x_.ticks()) {
      const double at = x(tick.value);
      canvas_.line({at, area_.top}, {at, area_.bottom()}, "grid");
      canvas_.text({at, area_.bottom() + 16}, tick.text, Anchor::kMiddle);
    }
    canvas_.line({x(chart_.zero), area_.top}, {x(chart_.zero), area_.bottom()}, "axis");
    canvas_.text({area_.left + area_.width / 2, area_.bottom() + 34}, chart_.x.label, Anchor::kMiddle);
    for (std::size_t i = 0; i < chart_.rows.size(); ++i) row(i);
    return canvas_.svg(chart_.title, chart_.description);
  }

 private:
  [[nodiscard]] double x(double value) const { return area_.left + x_.share(value) * area_.width; }

  void row(std::size_t index) {
    const IntervalRow& row = chart_.rows[index];
    const double top = area_.top + kRowHeight * static_cast<double>(index);
    const double y = top + 24;
    const std::string colour = colour_class(index);
    canvas_.text({area_.left, top + 13}, row.name, Anchor::kStart, "name");
    canvas_.text({area_.right(), top + 13}, row.shown, Anchor::kEnd, "name");
    const double from = std::min(x(chart_.zero), x(row.value));
    if (chart_.bars) canvas_.box({from, y - 5}, std::fabs(x(row.value) - x(chart_.zero)), 10, "bar " + colour);
    canvas_.line({x(row.low), y}, {x(row.high), y}, "whisker " + colour);
    for (const double single : row.single_dots) canvas_.dot({x(single), y}, 2, "faint dot " + colour);
    if (!chart_.bars) canvas_.dot({x(row.value), y}, 4, "dot " + colour, row.name + " " + row.shown);
  }

  const IntervalChart& chart_;
  FittedAxis x_;
  PlotArea area_;
  Canvas canvas_;
};

}  // namespace

std::string svg(const IntervalChart& chart) {
  return Drawing(chart).svg();
}

}  // namespace inkling::report
