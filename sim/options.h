// What the simulated marketplace is made of. Everything in sim/ is simulated: no person, shop or sale behind it is
// real.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"
#include "sim/feed_model.h"
#include "sim/gesture_signals.h"

namespace inkling::sim {

struct MarketplaceOptions {
  std::uint64_t seed = 1;
  std::uint32_t shoppers = 2000;
  std::uint32_t days = 14;
  std::int64_t start_ms = 1'735'689'600'000;  // 2025-01-01, midnight UTC
  std::uint32_t items = 2000;
  std::string currency = "EUR";
  bool feed = true;  // whether the shop has a page of suggestions; without it nothing else changes but moments
  // Tells nothing but goods, feeds and what names them: a large log of a feed at little cost. Everything told has the
  // id, the time and the bytes that it has among all the rest.
  bool feed_alone = false;
  FeedModel feed_model;
  bool gestures = false;    // whether moods (mood.h) rule visits and gestures are told; else everything is as without
  GestureSignals signals;   // of gestures
  double coupon_share = 0;  // of visits that begin with a coupon, by chance; needs gestures
  std::uint32_t threads = 0;  // that play shoppers; 0: as many as there are cores. Never changes what is told.
};

inline constexpr std::uint32_t kMostShoppers = 10'000'000;
inline constexpr std::uint32_t kMostDays = 3660;
inline constexpr std::uint32_t kMostItems = 1'000'000;
inline constexpr std::uint32_t kMostThreads = 256;

// kInvalidInput that names the option, the value, the range and the nearest choice, unless the value is inside.
[[nodiscard]] base::Status check_range(const char* name, std::int64_t value, std::int64_t least, std::int64_t most);
// Names the option that is out of its range, the value found and the range.
[[nodiscard]] base::Status check(const MarketplaceOptions& options);

}  // namespace inkling::sim
