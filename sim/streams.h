// Which random stream of the seed belongs to whom, so that adding a shopper or an item changes nobody else.
#pragma once

#include <cstdint>

namespace inkling::sim {

inline constexpr std::uint64_t kCatalogueStream = 0;
// Shopper i draws from stream kFirstShopperStream + i.
inline constexpr std::uint64_t kFirstShopperStream = 1'000'000;

}  // namespace inkling::sim
