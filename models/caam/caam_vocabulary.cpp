#include "models/caam/caam_vocabulary.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/core/clock.h"

namespace inkling::models::caam {
namespace {

std::uint32_t half_octaves(double value, std::uint32_t most) {
  return std::min(static_cast<std::uint32_t>(2 * std::log2(std::max(value, 1.0))), most);
}

std::uint32_t row_of(const std::vector<std::uint64_t>& names, std::uint64_t name) {
  const auto found = std::lower_bound(names.begin(), names.end(), name);
  if (found == names.end() || *found != name) return 0;
  return static_cast<std::uint32_t>(found - names.begin()) + 1;
}

}  // namespace

std::uint32_t price_bucket(std::int64_t price_cents) {
  if (price_cents < 0) return 0;
  return 1 + half_octaves(static_cast<double>(price_cents), kPriceBuckets - 2);
}

std::uint32_t age_bucket(std::int64_t age_ms) {
  return half_octaves(1 + static_cast<double>(age_ms) / static_cast<double>(base::kMinuteMs), kAgeBuckets - 1);
}

Vocabulary Vocabulary::of(Names names) {
  Vocabulary made;
  made.names_ = std::move(names);
  for (auto& list : made.names_) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    if (!list.empty() && list.front() == 0) list.erase(list.begin());
  }
  return made;
}

base::Result<Vocabulary> Vocabulary::make(Names names) {
  for (std::size_t table = 0; table < kNamed; ++table) {
    const auto& list = names[table];
    const bool increasing = std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()) == list.end();
    if (increasing && (list.empty() || list.front() != 0)) continue;
    return base::corrupt(std::string("tensor \"names.") + kItemTableNames[table] +
                         "\" must hold increasing hashes above 0");
  }
  Vocabulary made;
  made.names_ = std::move(names);
  return made;
}

ItemRows Vocabulary::item(const basket::ItemRef& item) const {
  return {row_of(names_[0], item.item), row_of(names_[1], item.leaf), row_of(names_[2], item.top),
          row_of(names_[3], item.shop), price_bucket(item.price_cents)};
}

StepRows Vocabulary::step(const basket::Behaviour& behaviour, std::int64_t now_ms) const {
  return {item(behaviour.item), static_cast<std::uint32_t>(behaviour.kind), age_bucket(now_ms - behaviour.ts_ms)};
}

}  // namespace inkling::models::caam
