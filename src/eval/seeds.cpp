#include "eval/seeds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace inkling::eval {

base::Result<SeedSummary> summarise_seeds(std::span<const double> values) {
  if (values.empty()) return base::invalid_input("there are no seeds to summarise.");
  SeedSummary summary{values.size(), 0, std::numeric_limits<double>::quiet_NaN(), values[0], values[0]};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      return base::invalid_input("seed " + std::to_string(i) + ": the value is not a finite number.");
    }
    summary.mean += values[i] / static_cast<double>(values.size());
    summary.lowest = std::min(summary.lowest, values[i]);
    summary.highest = std::max(summary.highest, values[i]);
  }
  if (values.size() < 2) return summary;
  double squares = 0;
  for (const double value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.sd = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return summary;
}

}  // namespace inkling::eval
