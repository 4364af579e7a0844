// The event that tells what a scene showed to whom, and what was known then. Not for writing it: ImpressionWriter.
// Thread safety: pure. Cost: one copy of the answer's texts.
#pragma once

#include <cstdint>

#include "domain/event.h"
#include "index/world.h"
#include "scene/answer.h"
#include "scene/request.h"
#include "state/shopper_state.h"

namespace inkling::server {

// Which items lie in the cart, as the request says or, when it says nothing, as is known of the shopper.
struct ShownBesideCart {
  std::vector<std::string> ticked;
  std::vector<std::string> unticked;
};
[[nodiscard]] ShownBesideCart cart_of(const scene::Request& request, const state::ShopperState& state);

// Its id is the answer's request id; `world` is the one that the scene saw.
[[nodiscard]] domain::Event impression_of(const scene::Answer& answer, const scene::Request& request,
                                          ShownBesideCart cart, const index::World& world, std::int64_t now_ms);

}  // namespace inkling::server
