#include "report/plot_frame.h"

#include <algorithm>

namespace inkling::report {
namespace {

constexpr double kSampleWidth = 18;  // the stroke before a name
constexpr double kEntryGap = 14;

double entry_width(const LegendEntry& entry) {
  return kSampleWidth + 5 + text_width(entry.name) + kEntryGap;
}

// Calls place(entry, x, row) for every entry; the number of rows.
template <typename Visit>
std::size_t flow(const std::vector<LegendEntry>& entries, double width, const Visit& place) {
  double x = 0;
  std::size_t row = 0;
  for (const LegendEntry& entry : entries) {
    const double wide = entry_width(entry);
    if (x > 0 && x + wide > width + kEntryGap) {
      x = 0;
      ++row;
    }
    place(entry, x, row);
    x += wide;
  }
  return entries.empty() ? 0 : row + 1;
}

}  // namespace

std::size_t legend_rows(const std::vector<LegendEntry>& entries, double width) {
  return flow(entries, width, [](const LegendEntry&, double, std::size_t) {});
}

void draw_legend(Canvas& canvas, const std::vector<LegendEntry>& entries, double left, double width, double top) {
  flow(entries, width, [&](const LegendEntry& entry, double x, std::size_t row) {
    const double y = top + kLegendRow * (static_cast<double>(row) + 0.5);
    canvas.line({left + x, y}, {left + x + kSampleWidth, y}, entry.classes + " key");
    canvas.text({left + x + kSampleWidth + 5, y + 4}, entry.name, Anchor::kStart, "name");
  });
}

void draw_axes(Canvas& canvas, const PlotArea& area, const FittedAxis& x, const FittedAxis& y,
               const std::string& x_label, const std::string& y_label, bool with_x_grid) {
  for (const Tick& tick : y.ticks()) {
    const double at = area.bottom() - y.share(tick.value) * area.height;
    canvas.line({area.left, at}, {area.right(), at}, "grid");
    canvas.text({area.left - 6, at + 4}, tick.text, Anchor::kEnd);
  }
  double free_from = -1;  // names that would run into the one before are left out
  for (const Tick& tick : x.ticks()) {
    const double at = area.left + x.share(tick.value) * area.width;
    if (with_x_grid) canvas.line({at, area.top}, {at, area.bottom()}, "grid");
    const double half = text_width(tick.text) / 2;
    if (at - half < free_from) continue;
    canvas.text({at, area.bottom() + 16}, tick.text, Anchor::kMiddle);
    free_from = at + half + 4;
  }
  canvas.line({area.left, area.bottom()}, {area.right(), area.bottom()}, "axis");
  canvas.text({area.left + area.width / 2, area.bottom() + 34}, x_label, Anchor::kMiddle);
  canvas.upright_text({12, area.top + area.height / 2}, y_label);
}

Place place_of(const PlotArea& area, const FittedAxis& x, const FittedAxis& y, double x_value, double y_value) {
  return {area.left + x.share(x_value) * area.width, area.bottom() - y.share(y_value) * area.height};
}

}  // namespace inkling::report
