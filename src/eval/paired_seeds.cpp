#include "eval/paired_seeds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "eval/seeds.h"

namespace inkling::eval {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostTerms = 500;

// The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), by Lentz's method.
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  const auto away_from_zero = [](double value) { return std::fabs(value) < kTiny ? kTiny : value; };
  double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), result = d;
  for (int m = 1; m < kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double factor = 1;
    for (const double term : {even, odd}) {
      d = 1 / away_from_zero(1 + term * d);
      c = away_from_zero(1 + term / c);
      factor = c * d;
      result *= factor;
    }
    if (std::fabs(factor - 1) < 1e-15) break;
  }
  return result;
}

// Regularised.
double incomplete_beta(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double log_front =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
  const double front = std::exp(log_front);
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

// Two-sided: twice the chance of so few or fewer heads in `trials` fair throws.
double sign_test(std::size_t heads, std::size_t trials) {
  const std::size_t few = std::min(heads, trials - heads);
  double sum = 0;
  for (std::size_t k = 0; k <= few; ++k) {
    const auto n = static_cast<double>(trials), i = static_cast<double>(k);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) - n * std::log(2.0));
  }
  return std::min(1.0, 2 * sum);
}

}  // namespace

double student_p_value(double t, double degrees) {
  return incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

double student_quantile_95(double degrees) {
  double low = 0, high = 100;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (student_p_value(middle, degrees) > 0.05 ? low : high) = middle;
  }
  return (low + high) / 2;
}

base::Result<PairedSeeds> compare_seeds(std::span<const double> first, std::span<const double> second) {
  if (first.size() != second.size()) {
    return base::invalid_input("seeds: " + std::to_string(first.size()) + " values against " +
                               std::to_string(second.size()) + "; expected one of each a seed");
  }
  std::vector<double> differences;
  for (std::size_t i = 0; i < first.size(); ++i) differences.push_back(first[i] - second[i]);
  INKLING_ASSIGN(const SeedSummary summary, summarise_seeds(differences));
  PairedSeeds result;
  result.count = summary.count;
  result.mean = summary.mean;
  result.sd = summary.sd;
  result.wins = static_cast<std::size_t>(std::ranges::count_if(differences, [](double d) { return d > 0; }));
  const auto losses = static_cast<std::size_t>(std::ranges::count_if(differences, [](double d) { return d < 0; }));
  result.sign_p_value = sign_test(result.wins, result.wins + losses);
  result.low = result.high = result.t_p_value = kUnknown;
  if (result.count < 2) return result;
  const auto count = static_cast<double>(result.count);
  const double error = result.sd / std::sqrt(count);
  const double reach = student_quantile_95(count - 1) * error;
  result.low = result.mean - reach;
  result.high = result.mean + reach;
  const double sure = result.mean == 0 ? 1 : 0;  // where no difference varies
  result.t_p_value = error > 0 ? student_p_value(result.mean / error, count - 1) : sure;
  return result;
}

}  // namespace inkling::eval
