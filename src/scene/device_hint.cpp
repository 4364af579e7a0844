#include "scene/device_hint.h"

#include <algorithm>

#include "feature/session.h"

namespace inkling::scene {

namespace {

bool server_knows(const state::ShopperState& state, const DeviceHint& hint, std::int64_t now_ms) {
  if (hint.gestures == 0) return true;
  if (state.session != hint.session) return false;
  const auto session = feature::summarise_session(state, std::max(now_ms, state.clock_ms), kHintSessionGapMs);
  const bool is_full = session.swipes == state::kSwipeHistory || session.taps == state::kTapHistory;
  return is_full || std::int64_t{session.swipes} + session.taps >= hint.gestures;
}

}  // namespace

std::string_view refusal_of_hint(const Exchange& exchange, const IntentProb& intent) {
  const DeviceHint& hint = *exchange.request.hint;
  if (hint.session != exchange.request.session) return "other_session";
  if (hint.target != intent.target) return "other_target";
  if (hint.model != intent.model) return "other_model";
  if (!exchange.knowledge.is_on_devices(hint.model, hint.version)) return "unknown_version";
  if (server_knows(exchange.knowledge.shopper_state(), hint, exchange.now_ms)) return "server_knows";
  return "";
}

}  // namespace inkling::scene
