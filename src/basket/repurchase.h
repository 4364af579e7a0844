// How likely a shopper is to buy an item again now: whether it is an item that people buy again, times the rate at
// which this shopper does. The rate is that of a Poisson process with a Gamma prior, modified so that it dips right
// behind a purchase and peaks when the usual time has passed.
//
// With k purchases, s days between the first and the last, t days since the last, m the mean time between two:
//   rate = (k + 1) / (d + w),   d = s + 2 |m - t| while t < 2 m, and s + t from there on (the same at t = 2 m)
// The prior is one purchase in w days (RepurchasePrior::wait_days); m is the shopper's mean, with one interval of the
// item's usual cycle mixed in. Not a probability: a score, per day, to order items by. Thread safety: pure. Cost:
// O(1). Source: Bhagat, Muralidharan, Lobzhanidze, Vishwanath, "Buy It Again: Modeling Repeat Purchase
// Recommendations" (KDD 2018), modified Poisson-Gamma model; the fixed shape of the prior and the mixed-in interval
// are ours.
#pragma once

#include <cstdint>

#include "basket/co_basket.h"
#include "basket/personal_history.h"

namespace inkling::basket {

[[nodiscard]] float repurchase_score(const RepurchasePrior& prior, const PersonalItem& bought, std::int64_t now_ms);

// When it is usually due, in milliseconds since 1970.
[[nodiscard]] std::int64_t due_ms(const RepurchasePrior& prior, const PersonalItem& bought);

}  // namespace inkling::basket
