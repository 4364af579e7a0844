// One visit of a simulated shopper to the marketplace: from the hidden intent to a series of actions.
// Not for when visits happen (shopper.h) nor for what the intent becomes between them (intent.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/intent.h"
#include "sim/traits.h"

namespace inkling::sim {

// An action and when it was told. A view is told when it ends, for only then is its stay known.
struct TimedAction {
  std::int64_t ts_ms = 0;
  domain::Action action;
};

struct CartEntry {
  std::uint32_t goods = 0;
  std::int64_t quantity = 1;
};
inline constexpr std::size_t kMostCartEntries = 12;

// What a visit reads and changes of the shopper. All references outlive the visit.
struct VisitContext {
  const Catalogue& catalogue;
  const Traits& traits;
  Intent& intent;
  std::vector<CartEntry>& cart;
  base::Random& random;
};

class Visit {
 public:
  Visit(VisitContext context, std::int64_t start_ms) : context_(context), now_ms_(start_ms) {}

  // Plays the whole visit. The first action is told at start_ms or, being a view, when that view ends.
  [[nodiscard]] std::vector<TimedAction> play() &&;

 private:
  void play_look_around();
  void play_compare();
  void play_buy();

  void view(std::uint32_t goods);
  void search(std::uint32_t leaf);
  void favourite(std::uint32_t goods);
  void put_in_cart(std::uint32_t goods);
  void take_out_of_cart(std::size_t entry);
  [[nodiscard]] std::uint32_t choose(std::uint32_t goods);
  [[nodiscard]] bool check_out(std::uint32_t wanted);
  void purchase(std::uint32_t wanted);
  void tidy_cart();

  [[nodiscard]] std::uint32_t any_leaf();
  [[nodiscard]] std::uint32_t suitable(std::uint32_t leaf);
  [[nodiscard]] std::uint32_t candidate();
  [[nodiscard]] std::uint64_t step_count(double mean);
  void tell(domain::ActionKind kind, const char* page, std::optional<std::uint32_t> goods);
  void wait(double mean_ms);

  VisitContext context_;
  std::int64_t now_ms_;
  std::optional<std::uint32_t> last_viewed_;
  std::vector<TimedAction> told_;
};

}  // namespace inkling::sim
