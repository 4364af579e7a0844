// One event of the wire form (docs/formats.md), read on the device from base's small JSON: src/wire reads bulk logs
// with simdjson and may not run in a browser. A test holds the two to the same answers. Not for writing events.
//
// What a shopper's state rests on is read whole: actions, gestures (raw samples too), profiles, links. Of items,
// promotions, campaigns and impressions, which change no state, only the envelope is checked and the body stays
// empty. Members that are not known are dropped. Thread safety: pure functions. Cost: some microseconds, allocates.
// Wasm-clean. Failure: kInvalidInput that names member, value found and what would be right.
#pragma once

#include <string_view>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::edge {

// At most kMaxEventBytes (packed_event.h).
[[nodiscard]] base::Result<domain::Event> read_event(std::string_view json);

}  // namespace inkling::edge
