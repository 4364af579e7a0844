// The machine's clock, for the program's own main() to hand down; everything below takes a Clock.
// Not for measuring durations: it jumps when the machine's time is set.
#pragma once

#include <chrono>

#include "base/core/clock.h"

namespace inkling::base {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
  }
};

}  // namespace inkling::base
