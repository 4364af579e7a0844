// What is true of simulated promotion days and told to nobody inside the simulation's world: for judging reports and
// models afterwards, never for training. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/days/ladder.h"

namespace inkling::sim::days {

// Why the shopper did what they did with one answer, position by position.
struct AnswerTruth {
  std::string request;
  std::vector<double> examine_probs;
  std::vector<double> attraction_probs;  // as they were when the answer came
};

// One question with all its answers: next pages, and the first one again after coming back from a detail page.
struct LookTruth {
  std::vector<std::string> requests;
  std::uint64_t positions = 0;  // of all answers
  std::uint64_t shown = 0;      // different goods
  std::uint64_t clicks = 0;
  std::uint64_t carts = 0;
};

// A line of an order that was put into the cart out of an answer.
struct AddedTruth {
  std::string request;
  std::int64_t cents = 0;
  std::int64_t added_ms = 0;
};

struct OrderTruth {
  std::string order;  // id of the event
  std::int64_t ts_ms = 0;
  Standing standing;  // of the whole order
  std::vector<AddedTruth> added;
};

struct TripTruth {
  std::string session;
  std::string arm;  // of the built-in policy; "" when a server answered
  std::vector<LookTruth> looks;
  std::optional<OrderTruth> order;
};

}  // namespace inkling::sim::days
