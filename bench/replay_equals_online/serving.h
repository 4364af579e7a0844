// Serves the traffic as production would: a store on disk, a server, two HTTP connections that post events in batches
// and ask about their shoppers in between, warm shoppers that have to leave for want of memory, and restarts of both
// store and server. Two connections never post the same shopper's events. Which requests are sent depends on the seed
// only. Not for judging what was recorded. Throws what the HTTP client throws, and std::runtime_error on any answer
// that is not 200.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/core/clock.h"
#include "bench/replay_equals_online/recorder.h"
#include "bench/replay_equals_online/traffic.h"

namespace inkling::bench {

// Stands where it was set; may be moved while a store's own threads read it.
class MovedClock final : public base::Clock {
 public:
  [[nodiscard]] std::int64_t now_ms() const override { return now_ms_.load(); }
  void set(std::int64_t now_ms) { now_ms_.store(now_ms); }

 private:
  std::atomic<std::int64_t> now_ms_ = 0;
};

// One answer, and with it the recording behind it.
struct Asked {
  std::string shopper;
  std::uint64_t event_count = 0;  // of the shopper's events acknowledged by then, each id once
  double answered_prob = 0;
};

struct Served {
  std::vector<Asked> asked;
  std::uint64_t events_accepted = 0;
  std::uint64_t duplicates_dropped = 0;
  std::uint64_t repeated_after_restart = 0;  // duplicates whose first copy came before the store was opened again
  std::uint64_t requests = 0;
  std::uint64_t restarts = 0;
  std::uint64_t rebuilds = 0;          // sequences made anew from the journal, as the server counts them
  std::uint64_t memories_dropped = 0;  // while serving: warm shoppers that had to leave
};

struct ServingOptions {
  std::uint64_t seed = 1;
  std::string data_folder;
  std::uint64_t lives = 3;  // of store and server: one more than there are restarts
  std::size_t live_shopper_bytes = 2 << 20;
};

[[nodiscard]] Served serve(const Traffic& traffic, const std::shared_ptr<const Recorder>& recorder, MovedClock& clock,
                           const ServingOptions& options);

}  // namespace inkling::bench
