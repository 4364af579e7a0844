// An action in as few bytes as its fold needs, while it waits in memory for the rest of its shopper's events. Not a
// format: nothing of it reaches the disk. Thread safety: pure functions. Cost: one copy of its texts each way.
#pragma once

#include <cstddef>
#include <string>

#include "domain/event.h"

namespace inkling::store::rocks {

// Whether the event is an action without order lines: those are what logs are made of.
[[nodiscard]] bool packs(const domain::Event& event);
// Appends to `out`. What no state depends on is left out: the event's id and the members that nobody knows.
void pack_action(const domain::Event& event, std::string& out);
// Reads what was packed at `bytes` into `event`, whose body is an action; its memory is used again.
void unpack_action(const char* bytes, const std::string& shopper, domain::Event& event);

}  // namespace inkling::store::rocks
