// Puts the events of unordered logs into the order they happened in, when there are more of them than memory holds:
// sorted runs on disk, merged while they are read back. Not for live events, whose order is their arrival.
//
// Order: ts_ms, shopper, what it is (items first, so that a catalogue comes before the actions about it; then actions
// by kind), item, and last the order of add. So two files of one log give the same journal whichever is read first,
// up to events that agree in all but the last.
//
// Ownership: the runs live in a folder of their own under `temp_folder`, which goes with the sorter; what a killed
// process left there is removed by the next sorter.
// Thread safety: one thread at a time. Cost: each event is written and parsed once; memory stays near `memory_bytes`,
// plus 256 KiB a run while draining. Failure: kIo (disk full ...).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::store {

// That order, but for the last.
[[nodiscard]] bool sorts_before(const domain::Event& a, const domain::Event& b);

class EventSorter {
 public:
  static constexpr std::size_t kDefaultMemoryBytes = 128 * 1024 * 1024;

  [[nodiscard]] static base::Result<std::unique_ptr<EventSorter>> open(
      const std::string& temp_folder, std::size_t memory_bytes = kDefaultMemoryBytes);
  ~EventSorter();
  EventSorter(const EventSorter&) = delete;
  EventSorter& operator=(const EventSorter&) = delete;

  [[nodiscard]] base::Status add(const domain::Event& event);
  [[nodiscard]] std::uint64_t size() const;
  // Hands over all events in order; an error from `take` stops it and comes back.
  [[nodiscard]] base::Status drain(const std::function<base::Status(domain::Event&)>& take);

 private:
  class Runs;
  explicit EventSorter(std::unique_ptr<Runs> runs);
  std::unique_ptr<Runs> runs_;
};

}  // namespace inkling::store
