// One axis of a chart: its range, its ticks, and where a value lies on it. Not for drawing (canvas.h).
// Thread safety: plain values. Source of the ticks: Heckbert, "Nice numbers for graph labels" (Graphics Gems, 1990).
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace inkling::report {

enum class Scale : unsigned char { kLinear, kLog };

struct Axis {
  std::string label;
  // Equal ends: the range is that of the data, widened to whole ticks.
  double low = 0;
  double high = 0;
  Scale scale = Scale::kLinear;    // a logarithm needs positive values; others are left out
  std::vector<std::string> names;  // positions 0, 1, 2 ... are called so instead of by their number
};

struct Tick {
  double value = 0;
  std::string text;
};

// An axis that knows its range.
class FittedAxis {
 public:
  // `data`: every value that is to lie on it. Values that are not finite change nothing.
  FittedAxis(const Axis& axis, const std::vector<double>& data, std::size_t most_ticks);

  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }
  [[nodiscard]] const std::vector<Tick>& ticks() const { return ticks_; }
  // 0 at the low end, 1 at the high one; not finite for what the axis cannot show.
  [[nodiscard]] double share(double value) const;

 private:
  double low_ = 0;
  double high_ = 1;
  Scale scale_;
  std::vector<Tick> ticks_;
};

// Round values from `low` to `high`, at most `most` (at least 2) of them, a step of 1, 2 or 5 times a power of ten
// apart; the ends lie at or outside the range when `outside` is asked for, inside otherwise.
[[nodiscard]] std::vector<Tick> nice_ticks(double low, double high, std::size_t most, bool outside);

}  // namespace inkling::report
