// The body of POST /v1/events as events: JSON Lines, one JSON object, or a JSON array of objects. All or nothing.
// Not for what an event may say: src/wire knows that. Thread safety: pure; one parser a thread is kept inside.
// Cost: that of wire::EventParser, about a microsecond an event.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "server/problem.h"

namespace inkling::server {

inline constexpr std::string_view kJsonLinesType = "application/x-ndjson";

struct ParsedEvents {
  std::vector<domain::Event> events;
  base::Status status;           // of the first bad event: "line 3: ts_ms: ..."
  std::uint64_t line = kNoLine;  // where that event begins, from 1
};

// How far ahead of the clock an event may be dated. A shopper's time never runs back, so one event of a far future
// would stop it for good.
struct FutureLimit {
  std::int64_t now_ms = 0;
  std::int64_t max_ahead_ms = std::numeric_limits<std::int64_t>::max();
};

// `content_type` is kJsonLinesType, kJsonType or "" (an array when it begins with '[', else JSON Lines).
// At least one event is required. Blank lines and "\r\n" are fine.
[[nodiscard]] ParsedEvents parse_events(std::string_view content_type, std::string_view body,
                                        const FutureLimit& limit = {});

}  // namespace inkling::server
