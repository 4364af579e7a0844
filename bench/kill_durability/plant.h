// Faults put into a sound journal on purpose, one after the other, so that the judge is seen to find each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bench/kill_durability/judge.h"

namespace inkling::bench {

struct Planted {
  std::string what;
  std::uint64_t found = 0;  // by the count that this fault belongs to
};

// `world` is taken to be sound and to hold at least a hundred acknowledged events.
[[nodiscard]] std::vector<Planted> plant_and_judge(std::span<const ClientLedger* const> ledgers, const World& world);

}  // namespace inkling::bench
