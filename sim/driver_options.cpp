#include "sim/driver_options.h"

namespace inkling::sim {

base::Status check(const DriverOptions& options) {
  INKLING_TRY(check(options.market));
  INKLING_TRY(check_range("connections", options.connections, 1, kMostConnections));
  INKLING_TRY(check_range("page_size", options.page_size, 1, kMostPageSize));
  if (options.market.coupon_share > 0) {
    return base::invalid_input("simulated marketplace: coupon_share: a running shop gives its coupons itself");
  }
  if (!options.run.empty()) return base::Status::ok_status();
  return base::invalid_input("simulated marketplace: run: is empty; it tells this run's events from any other's");
}

}  // namespace inkling::sim
