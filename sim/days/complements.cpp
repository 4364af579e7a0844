#include "sim/days/complements.h"

#include "base/core/random.h"
#include "sim/streams.h"

namespace inkling::sim::days {
namespace {

constexpr std::int64_t kDearer = 2;  // a complement costs usually at most so many times its trigger
constexpr std::int64_t kAlwaysCheapCents = 6000;

bool may_follow(std::uint32_t trigger, std::uint32_t leaf) {
  const LeafCategory& first = leaf_categories()[trigger];
  const LeafCategory& second = leaf_categories()[leaf];
  return first.top != second.top && (second.usual_price_cents <= kDearer * first.usual_price_cents ||
                                     second.usual_price_cents <= kAlwaysCheapCents);
}

}  // namespace

Complements::Complements(std::uint64_t seed) {
  base::Random random = base::Random::stream(seed, kComplementStream);
  for (std::uint32_t trigger = 0; trigger < kLeafCount; ++trigger) {
    auto& own = after_[trigger];
    for (std::size_t i = 0; i < own.size();) {
      const auto leaf = static_cast<std::uint32_t>(random.below(kLeafCount));
      if (!may_follow(trigger, leaf) || (i > 0 && own[0] == leaf)) continue;
      own[i++] = leaf;
    }
  }
}

double Complements::of(std::uint32_t trigger_leaf, std::uint32_t leaf) const {
  const auto& own = after_[trigger_leaf];
  if (own[0] == leaf) return 1;
  return own[1] == leaf ? kSecondStrength : 0;
}

}  // namespace inkling::sim::days
