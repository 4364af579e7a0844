// State checkpoints: bytes that decode encode to the same bytes, within the bound, and what they hold goes on folding
// within it.
#include "fuzz/property.h"
#include "state/shopper_state.h"

namespace inkling::fuzz {
namespace {

domain::Event event_with(domain::EventBody body) {
  domain::Event event;
  event.id = "e";
  event.ts_ms = 1'700'000'000'000;
  event.shopper = "ann";
  event.session = std::string(domain::kMaxIdBytes, 's');
  event.body = std::move(body);
  return event;
}

domain::Action action(domain::ActionKind kind) {
  domain::Action action;
  action.action = kind;
  action.item = std::string(domain::kMaxIdBytes, 'i');
  action.category = {"top", "leaf"};
  action.page = "detail";
  action.price = domain::Money{1250, "EUR"};
  action.coupon = "coupon";
  action.expires_ms = 1'700'000'100'000;
  return action;
}

domain::Gestures gestures() {
  domain::Gestures gestures;
  gestures.swipes.resize(domain::kMaxSwipes);
  gestures.taps.resize(domain::kMaxTaps);
  return gestures;
}

void fold_and_check(state::ShopperState& state, const domain::Event& event) {
  state::apply(state, event);
  const std::string bytes = state::encode(state);
  must(bytes.size() <= state::kMaxStateBytes, "a state has at most 16 KiB", std::to_string(bytes.size()));
  const auto again = state::decode(bytes);
  must(again.ok(), "a state that was folded decodes", again.ok() ? "" : again.status().message());
}

void check(std::string_view bytes) {
  auto state = state::decode(bytes);
  if (!state.ok()) {
    must(!state.status().message().empty(), "a refusal says why");
    return;
  }
  must(state::encode(*state) == bytes, "encode(decode(x)) == x");
  must(bytes.size() <= state::kMaxStateBytes, "what decodes has at most 16 KiB");
  for (std::size_t kind = 0; kind < domain::kActionKindCount; ++kind) {
    fold_and_check(*state, event_with(action(static_cast<domain::ActionKind>(kind))));
  }
  fold_and_check(*state, event_with(gestures()));
  fold_and_check(*state, event_with(domain::Profile{{{"city", "Berlin"}}}));
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check(inkling::fuzz::as_text(data, size));
  return 0;
}
