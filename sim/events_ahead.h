// Events of a driven shopper that are decided and not told yet, in the order of time: told when they are over,
// gestures when their last one is. Thread safety: one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::sim {

using EventsAhead = std::deque<domain::Event>;

// When all of it has happened: gestures take their time.
[[nodiscard]] std::int64_t end_ms(const domain::Event& event);
// Tells what is over by now_ms, a post's fill at most, counts it and takes it off; what was told comes back. A
// failure is counted too, and nothing is taken off.
[[nodiscard]] base::Result<std::vector<domain::Event>> tell_due(EventsAhead& ahead, Shop& shop, std::int64_t now_ms,
                                                                Tally& tally);

}  // namespace inkling::sim
