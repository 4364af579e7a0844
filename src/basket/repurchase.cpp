#include "basket/repurchase.h"

#include <algorithm>
#include <cmath>

#include "base/core/clock.h"

namespace inkling::basket {
namespace {

double days(std::int64_t span_ms) {
  return static_cast<double>(std::max<std::int64_t>(span_ms, 0)) / static_cast<double>(base::kDayMs);
}

// Of the shopper's intervals, and one of the item's.
double mean_cycle_days(const RepurchasePrior& prior, const PersonalItem& bought) {
  return (days(bought.last_ms - bought.first_ms) + prior.cycle_days) / std::max(1.0, 1.0 * bought.purchases);
}

}  // namespace

float repurchase_score(const RepurchasePrior& prior, const PersonalItem& bought, std::int64_t now_ms) {
  const double mean = mean_cycle_days(prior, bought), since = days(now_ms - bought.last_ms);
  const double waited = since < 2 * mean ? 2 * std::abs(mean - since) : since;
  const double span = days(bought.last_ms - bought.first_ms) + waited + prior.wait_days;
  return static_cast<float>(prior.buy_again_prob * (bought.purchases + 1.0) / std::max(span, 1e-3));
}

std::int64_t due_ms(const RepurchasePrior& prior, const PersonalItem& bought) {
  return bought.last_ms +
         static_cast<std::int64_t>(mean_cycle_days(prior, bought) * static_cast<double>(base::kDayMs));
}

}  // namespace inkling::basket
