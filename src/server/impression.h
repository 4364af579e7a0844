// The event that tells what a scene showed to whom, and what was known then. Not for writing it: ImpressionWriter.
// Thread safety: pure. Cost: one copy of the answer's texts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.h"
#include "index/world.h"
#include "scene/answer.h"
#include "scene/request.h"
#include "state/shopper_state.h"

namespace inkling::server {

// What the scene knew beside its answer: which items lie in the cart, as the request says or, when it says nothing,
// as is known of the shopper; and how probable a purchase within the hour is, when a stage said so.
struct KnownBeside {
  std::vector<std::string> ticked;
  std::vector<std::string> unticked;
  std::optional<float> intent_prob{};
};
[[nodiscard]] KnownBeside known_beside(const scene::Request& request, const state::ShopperState& state,
                                       std::optional<float> intent_prob);

// Its id is the answer's request id; `world` is the one that the scene saw.
[[nodiscard]] domain::Event impression_of(const scene::Answer& answer, const scene::Request& request,
                                          KnownBeside known, const index::World& world, std::int64_t now_ms);

}  // namespace inkling::server
