// What became of the requests of one phase. Thread safety: none.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace inkling::bench {

// Latencies in steps of 2 %, from a microsecond to hours: exact enough for a percentile, and of one size.
class Latencies {
 public:
  void add(std::int64_t us);
  [[nodiscard]] std::int64_t quantile_us(double share) const;
  [[nodiscard]] std::int64_t most_us() const { return most_us_; }

 private:
  static constexpr std::size_t kSteps = 1200;
  std::array<std::uint64_t, kSteps> counts_{};
  std::uint64_t count_ = 0;
  std::int64_t most_us_ = 0;
};

struct Tally {
  std::uint64_t due = 0;       // arrivals
  std::uint64_t answered = 0;  // 200 with items
  std::uint64_t empty = 0;     // 200 without
  std::uint64_t timeouts = 0;
  std::uint64_t broken = 0;                        // connection or answer
  std::map<unsigned, std::uint64_t> statuses;      // other than 200
  std::map<std::string, std::uint64_t> fallbacks;  // rungs that answered; "" for the scene as written
  Latencies latencies;                             // of all that were answered 200, from when they were due
  std::int64_t most_late_us = 0;                   // of the generator itself, behind its own timetable

  void answer(unsigned status, std::string_view body, std::int64_t us);
  [[nodiscard]] std::string json(std::string_view phase, double seconds) const;
};

}  // namespace inkling::bench
