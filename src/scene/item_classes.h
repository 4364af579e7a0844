// What makes two items alike to a shopper who looks at a page: the same leaf category, the same shop, the same band
// of prices. Rerank stages share this one notion. Not for taste: nothing is learnt here.
//
// Thread safety: plain values; PriceBands is immutable. Cost: one or two look-ups an item, nothing allocates but
// PriceBands when it is made and the vectors that are handed out. Failure: none; what is not known is in no class.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "index/world.h"
#include "scene/exchange.h"
#include "scene/parameter.h"

namespace inkling::scene {

enum class ClassKind : std::uint8_t { kCategory, kShop, kPriceBand };
inline constexpr std::array<std::string_view, 3> kClassKindNames = {"category", "shop", "price_band"};
inline constexpr std::size_t kClassKinds = kClassKindNames.size();
// Shares of similarity(); together 1.
inline constexpr std::array<double, kClassKinds> kClassShares = {0.5, 0.3, 0.2};

struct ItemClasses {
  std::array<std::uint64_t, kClassKinds> of{};  // by ClassKind; 0: in no class of that kind

  bool operator==(const ItemClasses&) const = default;
};

// Bands whose high end is `ratio` times the low one (more for prices of a few cents, which are whole).
class PriceBands {
 public:
  // ratio 1.05 or more
  explicit PriceBands(double ratio);
  // From 1; prices below 1 cent share the first band.
  [[nodiscard]] std::uint64_t band(std::int64_t price_cents) const;

 private:
  std::vector<std::int64_t> edges_cents_;
};

// The parameter of stages that have bands.
inline constexpr ParameterSpec kPriceRatio = {.name = "price_ratio",
                                              .type = ParameterType::kNumber,
                                              .meaning = "high end of a price band over its low end",
                                              .default_text = "1.5",
                                              .min = 1.05,
                                              .max = 100};

// Of stages that weigh an item's score against its likeness to what stands in a window before it.
struct LikenessSettings {
  double relevance = 0;
  std::size_t window = 0;
  PriceBands bands;
};
inline constexpr ParameterSpec kLikenessWindow = {.name = "window",
                                                  .type = ParameterType::kInteger,
                                                  .unit = "items",
                                                  .meaning = "neighbouring places that a shopper sees at once",
                                                  .default_text = "6",
                                                  .min = 2,
                                                  .max = 20};
// Out of the parameters `relevance`, kLikenessWindow and kPriceRatio.
[[nodiscard]] LikenessSettings likeness_settings(const Parameters& parameters);

[[nodiscard]] ItemClasses classes_of(const index::World& world, std::uint32_t row, const PriceBands& bands);

// 0 .. 1: the shares of the kinds in which both are of one class.
[[nodiscard]] double similarity(const ItemClasses& a, const ItemClasses& b);

struct PageClasses {
  std::vector<ItemClasses> candidates;  // one a candidate
  std::vector<ItemClasses> before;      // of the newest items on the pages before, oldest first
};

// `before` at most as many as asked for, fewer where the cursor or the world knows fewer. A scene without filter/seen
// has no pages before.
[[nodiscard]] PageClasses classes_of_page(const Exchange& exchange, const PriceBands& bands, std::size_t before);

}  // namespace inkling::scene
