// Wilson's score interval of a share, 95 %, as if its cases were independent. Thread safety: pure function.
// Source: Wilson, "Probable inference, the law of succession, and statistical inference" (JASA, 1927).
#pragma once

#include <utility>

namespace inkling::eval {

// `rate`: 0 .. 1; `count`: of cases, above 0. Low and high.
[[nodiscard]] std::pair<double, double> wilson(double rate, double count);

}  // namespace inkling::eval
