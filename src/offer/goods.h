// Goods as quotes see them: what decides which promotions count, and what they cost. Views only: whoever makes one
// keeps the texts alive. Not for what the catalogue knows beside that. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace inkling::offer {

struct Goods {
  std::string_view item;
  std::string_view shop;                  // "": none is known, and no promotion of a shop counts
  std::span<const std::string> category;  // path, top first
  std::int64_t price_cents = 0;           // of one piece, after its own discount
  std::string_view currency;              // "": the marketplace's own
};

inline constexpr std::int64_t kMaxQuantity = 1'000'000;

struct CartLine {
  Goods goods;
  std::int64_t quantity = 1;
  bool ticked = true;
};

}  // namespace inkling::offer
