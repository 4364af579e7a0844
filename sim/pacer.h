// The clock that driven shoppers live by. A real one lets simulated time pass with, or faster than, the clock on the
// wall; a test's jumps. Thread safety: any thread.
#pragma once

#include <cstdint>

namespace inkling::sim {

class Pacer {
 public:
  virtual ~Pacer() = default;
  // Returns once the simulated time is ts_ms; false when the shop closes first, or has closed.
  [[nodiscard]] virtual bool wait_until(std::int64_t ts_ms) = 0;
  // The same for a stretch of real time, before something is tried again.
  [[nodiscard]] virtual bool pause(std::int64_t real_ms) = 0;
  // Closes the shop: nobody waits any longer.
  virtual void close() = 0;
  [[nodiscard]] virtual std::int64_t now_ms() const = 0;  // simulated
};

}  // namespace inkling::sim
