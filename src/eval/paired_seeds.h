// Whether one model beats another over several seeds (data sets, or trainings), each seed giving one figure for each.
// Not for the uncertainty inside one data set (bootstrap.h). Thread safety: pure function.
// Source: Student's paired t-test and the sign test; with few seeds both are weak, which their intervals show.
// Failure: kInvalidInput unless both have the same number of finite values, at least one.
#pragma once

#include <cstddef>
#include <span>

#include "base/core/result.h"

namespace inkling::eval {

struct PairedSeeds {
  std::size_t count = 0;
  double mean = 0;  // first minus second
  double sd = 0;    // of the differences; NaN for one seed, as are the next four
  double low = 0;   // 95 % interval of the mean by Student's t
  double high = 0;
  double t_p_value = 0;     // two-sided; 1 where no difference varies and the mean is 0
  std::size_t wins = 0;     // seeds where the first is better
  double sign_p_value = 0;  // two-sided, ties left out
};

[[nodiscard]] base::Result<PairedSeeds> compare_seeds(std::span<const double> first, std::span<const double> second);

// P(|T| > t) for Student's t with `degrees` degrees of freedom (at least 1).
[[nodiscard]] double student_p_value(double t, double degrees);
// The t with P(|T| > t) = 0.05.
[[nodiscard]] double student_quantile_95(double degrees);

}  // namespace inkling::eval
