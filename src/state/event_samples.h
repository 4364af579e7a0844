// Events for the tests of this folder: plain ones by name, and random ones that try every bound.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/random.h"
#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::state {

[[nodiscard]] domain::Event action_event(std::int64_t ts_ms, domain::ActionKind kind, std::string item = "");
[[nodiscard]] domain::Event gesture_event(std::int64_t ts_ms, domain::Gestures gestures);
[[nodiscard]] domain::Event event_with(domain::Action action, std::int64_t ts_ms);

// Any event: every kind, times that run back or leap, absurd numbers, ids from short to longer than allowed.
[[nodiscard]] domain::Event random_event(base::Random& random, std::int64_t& now_ms);
[[nodiscard]] ShopperState random_state(std::uint64_t seed, std::size_t event_count);

// The largest state that events can make when every id has `id_bytes` bytes.
[[nodiscard]] ShopperState fullest_state(std::size_t id_bytes);

}  // namespace inkling::state
