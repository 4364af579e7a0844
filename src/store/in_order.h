// Checks that events come in the order of EventSorter, and makes up for what logs leave open: events of the same
// moment are held until the next moment begins and then handed on sorted. So a log in order of time needs no sorting
// on disk, and gives the same journal as if it had been sorted.
//
// Thread safety: one thread. Cost: two moves an event. Memory: the events of one moment, at most kMostHeld.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::store {

class InOrder {
 public:
  // A log of days rather than moments is sorted on disk instead.
  static constexpr std::size_t kMostHeld = 100'000;
  using Take = std::function<base::Status(domain::Event&)>;

  explicit InOrder(Take take) : take_(std::move(take)) {}

  // Takes the event. An error from `take` comes back. broken() when the event came too late or a moment has too many.
  [[nodiscard]] base::Status add(domain::Event& event);
  [[nodiscard]] bool broken() const { return broken_; }
  // Hands on what is held.
  [[nodiscard]] base::Status flush();

 private:
  Take take_;
  std::vector<domain::Event> held_;  // the first `count_`; the others are kept for their memory
  std::size_t count_ = 0;
  bool broken_ = false;
};

}  // namespace inkling::store
