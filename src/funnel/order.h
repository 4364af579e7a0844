// An order and where it stands between the steps of the promotions that counted for it. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inkling::funnel {

// Amounts are what the promotion's goods cost before it, as src/offer counts them.
struct OrderStep {
  std::uint32_t promotion = 0;  // number of a JournalFollower
  std::int64_t eligible_cents = 0;
  std::int64_t reached_cents = 0;  // the amount that the reached step asks for; 0: none is reached
  std::int64_t next_cents = 0;     // that of the next; 0: there is none

  [[nodiscard]] std::int64_t overshoot_cents() const { return eligible_cents - reached_cents; }
};

// A line that was put into the cart out of a look.
struct AddedLine {
  std::uint32_t look = 0;
  std::int64_t cents = 0;
};

struct Order {
  std::int64_t ts_ms = 0;
  std::int64_t cents = 0;  // of all lines, in the currency of the first
  std::string currency;
  std::vector<OrderStep> steps;
  std::vector<AddedLine> added;
};

}  // namespace inkling::funnel
