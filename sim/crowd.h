// All shoppers of a marketplace, played by several threads at once and told in one order, (ts_ms, shopper index).
// Time is cut into windows: while one window is told, the threads play the next one, each its own shoppers. Nobody's
// events depend on anybody else's, so neither the number of threads nor the window's length changes what is told.
// Not for the catalogue. Thread safety: one caller; it alone runs the sink. Memory: the shoppers, and the events of
// two windows (about 100 000 each, or one for every four shoppers).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/core/result.h"
#include "sim/shopper.h"

namespace inkling::sim {

class Crowd {
 public:
  using Sink = std::function<base::Status(Told&&)>;

  // `options` and `catalogue` outlive the crowd.
  Crowd(const MarketplaceOptions& options, const Catalogue& catalogue);

  // The sink's error stops it and comes back; kUnavailable when a thread cannot be started.
  [[nodiscard]] base::Status tell_all(const Sink& on_told);

 private:
  // What some shoppers tell in one window, by (ts_ms, shopper index).
  struct Part {
    std::vector<Told> told;
    std::vector<std::uint32_t> order;
  };
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] Part play(Range shoppers, std::int64_t window_end_ms);
  [[nodiscard]] std::vector<Part> play_window(std::int64_t window_end_ms);
  static base::Status tell(std::vector<Part>&& parts, const Sink& on_told);

  std::int64_t start_ms_;
  std::int64_t end_ms_;
  std::int64_t window_ms_;
  std::vector<Shopper> shoppers_;
  std::vector<Range> ranges_;  // one a thread, together all shoppers in their order
};

}  // namespace inkling::sim
