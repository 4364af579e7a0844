#include "sim/options.h"

#include <algorithm>

namespace inkling::sim {
namespace {

constexpr std::int64_t kLatestStartMs = 4'102'444'800'000;  // 2100-01-01

}  // namespace

base::Status check_range(const char* name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return base::Status::ok_status();
  return base::invalid_input("simulated marketplace: " + std::string(name) + ": " + std::to_string(value) +
                             " is not between " + std::to_string(least) + " and " + std::to_string(most) +
                             "; the nearest choice is " + std::to_string(std::clamp(value, least, most)));
}

base::Status check(const MarketplaceOptions& options) {
  INKLING_TRY(check_range("shoppers", options.shoppers, 1, kMostShoppers));
  INKLING_TRY(check_range("days", options.days, 1, kMostDays));
  INKLING_TRY(check_range("items", options.items, 1, kMostItems));
  INKLING_TRY(check_range("threads", options.threads, 0, kMostThreads));
  INKLING_TRY(check_range("start_ms", options.start_ms, 0, kLatestStartMs));
  if (!(options.coupon_share >= 0 && options.coupon_share <= 1)) {
    return base::invalid_input("simulated marketplace: coupon_share: " + std::to_string(options.coupon_share) +
                               " is not between 0 and 1");
  }
  if (options.feed_alone && (!options.feed || options.gestures)) {
    return base::invalid_input(std::string("simulated marketplace: feed: nothing but the feed is to be told, and ") +
                               (options.feed ? "gestures are on; leave them out" : "there is none"));
  }
  if (options.coupon_share > 0 && !options.gestures) {
    return base::invalid_input("simulated marketplace: coupon_share: coupons need gestures, which are off");
  }
  if (options.currency.size() == 3) return base::Status::ok_status();
  return base::invalid_input("simulated marketplace: currency: \"" + options.currency +
                             "\" is not an ISO 4217 code of three letters, such as EUR");
}

}  // namespace inkling::sim
