// JSON Lines of events through the codec and the fold: what parses is written canonically, reads back equal, and
// folds into a state that stays within its bound and survives its checkpoint: one that begins empty, and one that
// begins full, because no input of this length fills one.
#include "fuzz/property.h"
#include "state/event_samples.h"
#include "state/shopper_state.h"
#include "wire/event_json.h"

namespace inkling::fuzz {
namespace {

std::string canonical(const domain::Event& event) {
  std::string text;
  wire::write_event(event, text);
  return text;
}

void check_codec(wire::EventParser& parser, const domain::Event& event) {
  const std::string text = canonical(event);
  const auto again = parser.parse(text);
  must(again.ok(), "what was written parses", text);
  must(*again == event, "what was written is the same event", text);
  must(canonical(*again) == text, "the canonical text is a fixed point", text);
}

void check_state(const state::ShopperState& state) {
  const std::string bytes = state::encode(state);
  must(bytes.size() <= state::kMaxStateBytes, "a state has at most 16 KiB", std::to_string(bytes.size()));
  const auto again = state::decode(bytes);
  must(again.ok(), "a state that was folded decodes", again.ok() ? "" : again.status().message());
  must(state::encode(*again) == bytes, "encode(decode(x)) == x");
}

void check_lines(std::string_view lines) {
  wire::EventParser parser;
  static const state::ShopperState kFullest = state::fullest_state(domain::kMaxIdBytes);
  state::ShopperState state;
  state::ShopperState full = kFullest;
  while (!lines.empty()) {
    const auto event = parser.parse(take_until(lines, "\n"));
    if (!event.ok()) {
      must(!event.status().message().empty(), "a refusal says why");
      continue;
    }
    check_codec(parser, *event);
    for (state::ShopperState* one : {&state, &full}) {
      state::apply(*one, *event);
      check_state(*one);
    }
  }
}

}  // namespace
}  // namespace inkling::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  inkling::fuzz::check_lines(inkling::fuzz::as_text(data, size));
  return 0;
}
