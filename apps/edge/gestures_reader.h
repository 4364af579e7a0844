// The body of a gestures event: swipes and taps, or raw samples, which become swipes and taps as src/wire does it.
// Internal to apps/edge.
#pragma once

#include "apps/edge/members.h"

namespace inkling::edge {

[[nodiscard]] base::Status read_gestures(const Members& members, domain::Gestures& gestures);

}  // namespace inkling::edge
