// How far two groupings of the same things agree beyond chance: 1 when they are the same, 0 on average for groupings
// that know nothing of each other. Thread safety: pure function. Cost: sorts the pairs of groups.
// Source: Hubert and Arabie, "Comparing partitions" (Journal of Classification, 1985).
#pragma once

#include <cstdint>
#include <span>

namespace inkling::eval {

// Of one length; groups by any numbers. Two groupings that leave nothing to chance (both all alone or both all
// together) are the same: 1.
[[nodiscard]] double adjusted_rand_index(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other);

}  // namespace inkling::eval
