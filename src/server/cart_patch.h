// The body of PATCH /v1/carts/{shopper}: changes of a cart, and the events that make them. The cart itself is a part
// of the shopper's state; only events change it.
// Thread safety: pure. Failure: kInvalidInput naming the member, what was found and what is allowed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::server {

inline constexpr std::size_t kMaxCartChanges = 200;
inline constexpr std::size_t kMaxPatchIdBytes = 120;  // the rest of an event id counts the patch's events
inline constexpr std::int64_t kMaxPatchQuantity = 1'000'000;

struct CartChange {
  enum class Kind : std::uint8_t { kAdd, kRemove, kTick, kUntick, kQuantity };
  std::string item;
  Kind kind = Kind::kAdd;
  std::int64_t quantity = 1;  // of kAdd and kQuantity
};

struct CartPatch {
  std::string id;
  std::string session;
  std::vector<CartChange> changes;
};

[[nodiscard]] base::Result<CartPatch> parse_cart_patch(std::string_view json);

// The shopper's actions that make the changes, one after another, to the cart in `state`, which is left changed by
// them. Their ids follow from the patch's, and every patch has at least one per change, so that the same patch sent
// again is dropped whole, whatever happened to the cart in between.
[[nodiscard]] std::vector<domain::Event> events_of(const CartPatch& patch, std::string_view shopper,
                                                   std::int64_t now_ms, state::ShopperState& state);

}  // namespace inkling::server
