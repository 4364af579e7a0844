// What a simulated shopper can do in the shop, each deed told with its moment and the price it was seen at. Not for
// deciding what to do: visit.h and feed_look.h do that. Ownership: what the context refers to outlives the Deeds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/catalogue.h"
#include "sim/intent.h"
#include "sim/mood.h"
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
inline constexpr double kBetweenActionsMs = 6'000;

// What a visit reads and changes of the shopper. All references outlive the visit.
struct VisitContext {
  const Catalogue& catalogue;
  const Traits& traits;
  Intent& intent;
  std::vector<CartEntry>& cart;
  base::Random& random;
  Resolve* resolve = nullptr;  // decides whether something is bought; without one chance does, at the till
};

class Deeds {
 public:
  Deeds(VisitContext context, std::int64_t start_ms) : context_(context), now_ms_(start_ms) {}

  // All that follows came from the answer with this id; "" for what the shopper found alone.
  void set_request(std::string request) { request_ = std::move(request); }

  void click(std::uint32_t goods);
  void skip(std::uint32_t goods);
  void view(std::uint32_t goods);
  void search(std::uint32_t leaf);
  void favourite(std::uint32_t goods);
  void put_in_cart(std::uint32_t goods);
  void take_out_of_cart(std::size_t entry);
  // Whether the shopper went to the till with it and did not turn back there.
  [[nodiscard]] bool check_out(std::uint32_t wanted);
  void purchase(std::uint32_t wanted);
  void wait(double mean_ms);
  // Anything else, now; the caller fills in what more there is to tell. The reference holds until the next deed.
  domain::Action& tell(domain::ActionKind kind, const char* page, std::optional<std::uint32_t> goods);

  [[nodiscard]] bool empty() const { return told_.empty(); }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  [[nodiscard]] std::vector<TimedAction> take() { return std::exchange(told_, {}); }

 private:
  [[nodiscard]] bool check_out_resolved(std::uint32_t wanted);

  VisitContext context_;
  std::int64_t now_ms_;
  std::string request_;
  std::vector<TimedAction> told_;
};

}  // namespace inkling::sim
