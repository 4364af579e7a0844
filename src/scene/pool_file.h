// A pool: goods that people choose for a recall (recall/pool), by a list or by a rule. A YAML file beside a scene:
//
//   pool: everyday                  # the name of the file
//   categories: [Coffee, Tea]       # leaf categories, as the last of an item's `category`
//   to_cents: 2000
//   starts: 2026-11-20T00:00:00+08:00
//
// or `items: [77, 91]`, in this order. The table of its keys is checked as parameters of stages are, and is its
// schema. Not for what the shopper wants: a pool is the same for all.
//
// Thread safety: plain value. Cost: read at start-up. Failure: kInvalidInput with every mistake, one sentence a line:
// "<file>:<line>: <key>: <what was found>; <what is allowed>"; kNotFound where there is no such file or folder.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "scene/price_fit.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxPoolBytes = 256 * 1024;
inline constexpr std::size_t kMaxPoolItems = 2000;
inline constexpr std::size_t kMaxPoolNames = 100;  // categories, and shops
inline constexpr std::size_t kMaxPools = 50;       // of one folder

enum class PoolOrder : std::uint8_t { kHot, kNewest };

struct Pool {
  std::string name;
  std::vector<std::string> items;       // not empty: a list, and nothing below but the times holds
  std::vector<std::string> categories;  // leaves; empty: any
  std::vector<std::string> shops;       // empty: any
  PriceRange prices;
  bool any_price = true;  // of goods without a price, too
  PoolOrder order = PoolOrder::kHot;
  std::int64_t starts_ms = std::numeric_limits<std::int64_t>::min();
  std::int64_t ends_ms = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool is_on(std::int64_t now_ms) const { return starts_ms <= now_ms && now_ms < ends_ms; }
};

[[nodiscard]] std::span<const std::string_view> pool_keys();

// `named`: what the pool must be called; "": anything. `shown_name` is what messages call the file.
[[nodiscard]] base::Result<Pool> parse_pool(std::string_view yaml, const std::string& shown_name,
                                            std::string_view named = {});
[[nodiscard]] base::Result<Pool> load_pool(const std::string& path);
// Every <folder>/*.yaml and *.yml, by name; the mistakes of all of them together.
[[nodiscard]] base::Result<std::vector<Pool>> load_pools(const std::string& folder);

// The published JSON Schema of the files.
[[nodiscard]] base::Json pool_schema();

}  // namespace inkling::scene
