// An event that JavaScript packed (web/sdk/src/packed_event.ts): the browser reads JSON, so the core that it loads
// does not. For actions, gestures, and the bare fact of a profile or link, whose contents no model reads; events of
// other types change nothing on a device and are not packed. Raw samples come by their own call. Not for writing, and
// not for sending anywhere: both sides of it are of one release.
//
// In order, numbers as base/core/byte_reader.h has them, texts with their length in front, lists with their count; a
// number that may be missing is 0, or itself plus one:
//   type (its place in kEventTypeNames), ts_ms, id, shopper, session
//   action:   its place in kActionKindNames, item, category [texts], page, stay_ms?, query, tag, request, quantity?,
//             price, lines [item, quantity?, price, promotions [texts], coupons [texts]], coupon, expires_ms?
//   gestures: place of the pointer, swipes [10 integers], taps [6 integers]
//   a price:  cents? and, where there are cents, currency
// Thread safety: pure. Cost: a few microseconds, allocates. Wasm-clean. Failure: kInvalidInput, and kTooLarge behind
// kMaxEventBytes, for whatever the wire would not take; what a refused event holds means nothing.
#pragma once

#include <cstddef>
#include <span>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::edge {

// Of one event, packed or as JSON: room for kMaxSamples rows.
inline constexpr std::size_t kMaxEventBytes = 256 * 1024;

// Into a fresh event.
[[nodiscard]] base::Status read_packed(std::span<const std::byte> bytes, domain::Event& event);

}  // namespace inkling::edge
