// One visit of a simulated shopper to the marketplace: from the hidden intent to a series of actions, all of them
// found alone. Not for when visits happen (shopper.h), what the intent becomes between them (intent.h), nor for what
// a shopper does with a feed (feed_look.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/deeds.h"

namespace inkling::sim {

class Visit {
 public:
  Visit(VisitContext context, std::int64_t start_ms) : context_(context), deeds_(context, start_ms) {}

  // Plays the whole visit. The first action is told at start_ms or, being a view, when that view ends.
  [[nodiscard]] std::vector<TimedAction> play() &&;
  // What is added to a visit whose shopper becomes resolved to buy at its end.
  [[nodiscard]] std::vector<TimedAction> play_change_of_mind() &&;

 private:
  void play_look_around();
  void play_compare();
  void play_buy();
  void play_resolved();

  void view(std::uint32_t goods);
  [[nodiscard]] std::uint32_t choose(std::uint32_t goods);
  void tidy_cart();

  [[nodiscard]] std::uint32_t any_leaf();
  [[nodiscard]] std::uint32_t suitable(std::uint32_t leaf);
  [[nodiscard]] std::uint32_t candidate();
  [[nodiscard]] std::uint64_t step_count(double mean);

  VisitContext context_;
  Deeds deeds_;
  std::optional<std::uint32_t> last_viewed_;
};

}  // namespace inkling::sim
