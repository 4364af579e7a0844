// How shoppers are played against a running shop.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "sim/options.h"

namespace inkling::sim {

struct DriverOptions {
  // seed, shoppers, items, currency, feed, feed_model; start_ms: the simulated time of the beginning. No days.
  MarketplaceOptions market;
  std::uint32_t connections = 4;
  std::uint64_t sessions = 0;  // visits begun, of all shoppers together; 0: no limit
  bool coupon = true;
  std::int64_t page_size = 10;
  std::string run;  // part of every event id; another one every time, or the shop takes the events for told
};

inline constexpr std::uint32_t kMostConnections = 256;
inline constexpr std::int64_t kMostPageSize = 200;

[[nodiscard]] base::Status check(const DriverOptions& options);

}  // namespace inkling::sim
