// Whether what a device says of itself may stand in for the server's own score. Not for how many offers may rest on
// it: that is the allowance of the stage that decides.
//
// The server's score counts where the server knows as much as the device: it holds at least as many gestures of that
// session, or its bounded history is full of them. Otherwise the hint counts, if it is of this session and of a
// version that devices are given. Thread safety: pure. Cost: one pass over the shopper's session.
#pragma once

#include <string_view>

#include "base/core/clock.h"
#include "scene/exchange.h"

namespace inkling::scene {

inline constexpr std::int64_t kHintSessionGapMs = 30 * base::kMinuteMs;  // silence that ends a session

// A code why the request's hint does not stand in for `intent`; "" when it may. The request has a hint.
//   other_session     it is not of the request's session
//   other_model       another model answered this target here
//   other_target      it is of another target
//   unknown_version   devices are not given this version
//   server_knows      the server holds as many gestures of that session
[[nodiscard]] std::string_view refusal_of_hint(const Exchange& exchange, const IntentProb& intent);

}  // namespace inkling::scene
