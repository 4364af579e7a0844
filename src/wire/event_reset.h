// Empties an event for the next line of a log, keeping the memory of its texts. Private to src/wire.
// Thread safety: plain function. Cost: no allocation for a line of the same type as the one before.
#pragma once

#include <cstddef>

#include "domain/event.h"

namespace inkling::wire {

// `type` is an index of domain::kEventTypeNames.
void reset_event(domain::Event& event, std::size_t type);

inline constexpr std::size_t kItemType = 0;
inline constexpr std::size_t kActionType = 6;
static_assert(domain::kEventTypeNames[kItemType] == "item" && domain::kEventTypeNames[kActionType] == "action");

}  // namespace inkling::wire
