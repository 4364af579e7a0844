#include "eval/wilson.h"

#include <algorithm>
#include <cmath>

namespace inkling::eval {
namespace {

constexpr double kNormal95 = 1.959963984540054;

}  // namespace

std::pair<double, double> wilson(double rate, double count) {
  const double z2 = kNormal95 * kNormal95;
  const double centre = (rate + z2 / (2 * count)) / (1 + z2 / count);
  const double half = kNormal95 / (1 + z2 / count) * std::sqrt(rate * (1 - rate) / count + z2 / (4 * count * count));
  return {std::max(centre - half, 0.0), std::min(centre + half, 1.0)};
}

}  // namespace inkling::eval
