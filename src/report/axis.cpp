#include "report/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <tuple>

namespace inkling::report {
namespace {

// The smallest of 1, 2, 5 and 10 times a power of ten that is not below `rough`.
double nice_step(double rough) {
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

std::string tick_text(double value, double step) {
  const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 9);
  char text[64];
  const double shown = std::fabs(value) < step * 1e-6 ? 0 : value;
  if (std::fabs(shown) >= 1e6) {
    std::snprintf(text, sizeof(text), "%.3g", shown);
  } else {
    std::snprintf(text, sizeof(text), "%.*f", digits, shown);
  }
  return text;
}

std::vector<Tick> log_ticks(double low, double high, std::size_t most) {
  std::vector<Tick> ticks;
  for (const bool every : {true, false}) {
    ticks.clear();
    for (double power = std::pow(10.0, std::floor(std::log10(low))); power <= high * 1.0001; power *= 10) {
      for (const double factor : {1.0, 2.0, 5.0}) {
        const double value = factor * power;
        if (value < low * 0.9999 || value > high * 1.0001 || (!every && factor > 1)) continue;
        ticks.push_back({value, tick_text(value, std::min(value, 1.0) == 1.0 ? 1.0 : power)});
      }
    }
    if (ticks.size() <= most) break;
  }
  return ticks;
}

std::pair<double, double> range_of(const std::vector<double>& data, Scale scale) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (const double value : data) {
    if (!std::isfinite(value) || (scale == Scale::kLog && value <= 0)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) return {scale == Scale::kLog ? 0.1 : 0, 1};
  if (low < high) return {low, high};
  const double half = low == 0 ? 0.5 : std::fabs(low) * 0.1;
  return scale == Scale::kLog ? std::pair(low / 2, low * 2) : std::pair(low - half, high + half);
}

}  // namespace

std::vector<Tick> nice_ticks(double low, double high, std::size_t most, bool outside) {
  std::size_t gaps = std::max<std::size_t>(most, 2) - 1;
  for (;; --gaps) {
    const double step = nice_step((high - low) / static_cast<double>(std::max<std::size_t>(gaps, 1)));
    const auto first = outside ? std::floor(low / step + 1e-9) : std::ceil(low / step - 1e-9);
    const auto last = outside ? std::ceil(high / step - 1e-9) : std::floor(high / step + 1e-9);
    const auto count = static_cast<std::size_t>(std::max(last - first, 0.0)) + 1;
    if (count > std::max<std::size_t>(most, 2) && gaps > 1) continue;
    std::vector<Tick> ticks;
    for (std::size_t i = 0; i < count; ++i) {
      const double value = (first + static_cast<double>(i)) * step;
      ticks.push_back({value, tick_text(value, step)});
    }
    return ticks;
  }
}

FittedAxis::FittedAxis(const Axis& axis, const std::vector<double>& data, std::size_t most_ticks)
    : scale_(axis.scale) {
  if (!axis.names.empty()) {
    low_ = -0.5;
    high_ = static_cast<double>(axis.names.size()) - 0.5;
    for (std::size_t i = 0; i < axis.names.size(); ++i) ticks_.push_back({static_cast<double>(i), axis.names[i]});
    return;
  }
  const bool fixed = axis.low < axis.high;
  std::tie(low_, high_) = fixed ? std::pair(axis.low, axis.high) : range_of(data, scale_);
  if (scale_ == Scale::kLog) {
    ticks_ = log_ticks(low_, high_, most_ticks);
    return;
  }
  ticks_ = nice_ticks(low_, high_, most_ticks, !fixed);
  if (fixed) return;
  low_ = std::min(low_, ticks_.front().value);
  high_ = std::max(high_, ticks_.back().value);
}

double FittedAxis::share(double value) const {
  if (scale_ == Scale::kLinear) return (value - low_) / (high_ - low_);
  return (std::log(value) - std::log(low_)) / (std::log(high_) - std::log(low_));
}

}  // namespace inkling::report
