// Which random stream of the seed belongs to whom, so that adding a shopper or an item changes nobody else.
#pragma once

#include <cstdint>

namespace inkling::sim {

inline constexpr std::uint64_t kCatalogueStream = 0;
// Shopper i draws from stream kFirstShopperStream + i.
inline constexpr std::uint64_t kFirstShopperStream = 1'000'000;
// What shopper i does with feeds, so that a shop without feeds tells the same about everything else.
inline constexpr std::uint64_t kFirstFeedStream = 1'000'000'000;
inline constexpr std::uint64_t kFirstCouponStream = 2'000'000'000;
inline constexpr std::uint64_t kFirstAppealStream = 3'000'000'000;
inline constexpr std::uint64_t kFirstMoodStream = 4'000'000'000;
inline constexpr std::uint64_t kFirstFingerStream = 5'000'000'000;
inline constexpr std::uint64_t kFirstDetailsStream = 6'000'000'000;
// What shopper i does on promotion days, and what the shop shows them then.
inline constexpr std::uint64_t kFirstTripStream = 7'000'000'000;
inline constexpr std::uint64_t kFirstAddOnStream = 8'000'000'000;
inline constexpr std::uint64_t kComplementStream = 9'000'000'000;

}  // namespace inkling::sim
