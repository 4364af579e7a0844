// One trip of a simulated shopper to the shop on promotion days: fills the cart, looks at what is missing to the next
// step, asks for add-ons while they help, ticks, and pays or leaves. Answers come from outside, one at a time: from a
// policy (add_on_policy.h) or from a server. Not for when trips happen nor for what attracts (promotion_model.h).
//
//   fill() .. while wants_answer(): look_at(an answer) .. pay()
//
// Ownership: what it is given outlives it. Thread safety: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "sim/days/basket.h"
#include "sim/days/options.h"
#include "sim/days/truth.h"
#include "sim/deeds.h"
#include "sim/feed_page.h"
#include "sim/persona.h"

namespace inkling::sim::days {

inline constexpr int kMostAddOnPages = 6;  // of one question
inline constexpr int kMostLooks = 4;       // of one trip

class Trip {
 public:
  Trip(const DaysWorld& world, Persona& persona, Basket& basket, base::Random& random, std::int64_t start_ms);

  // What goes before the first question.
  [[nodiscard]] std::vector<TimedAction> fill();
  [[nodiscard]] bool wants_answer() const { return wants_ != Wants::kNothing; }
  // Whether the list is asked for from its beginning; else the next page of the answer before.
  [[nodiscard]] bool wants_first_page() const { return wants_ != Wants::kNextPage; }
  // Whether that list is a new one, for another cart.
  [[nodiscard]] bool wants_new_list() const { return wants_ == Wants::kAnswer; }
  // What follows from an answer that was there at now_ms(), in the order of time; all of it names the request.
  [[nodiscard]] std::vector<TimedAction> look_at(const FeedPage& page);
  // No answer came.
  void give_up() { wants_ = Wants::kNothing; }
  // The end of the trip: an order or nothing.
  [[nodiscard]] std::vector<TimedAction> pay();

  [[nodiscard]] std::int64_t now_ms() const { return deeds_.now_ms(); }
  [[nodiscard]] Standing standing() const {
    return world_.standing_of(basket_.ticked_cents(world_.catalogue), now_ms());
  }
  [[nodiscard]] const Basket& basket() const { return basket_; }
  [[nodiscard]] const std::vector<std::uint32_t>& recent_leaves() const { return recent_leaves_; }
  // The truth about an answer, before it is looked at.
  [[nodiscard]] AnswerTruth truth(const FeedPage& page) const;
  // About the trip, once it is paid; the order has no id yet.
  [[nodiscard]] const TripTruth& truth() const { return truth_; }

 private:
  enum class Wants : std::uint8_t { kNothing, kAnswer, kNextPage, kSameAgain };

  void tidy();
  void add_some();
  void look_around();
  void maybe_ask();
  void pass(std::size_t rank, const FeedPage& page);
  void answer(std::uint32_t goods, double suits, const std::string& request);
  void take(std::uint32_t goods, const std::string& request);
  void swap_ticks();
  void put_in_cart(std::uint32_t goods, const std::string& request, const char* page);
  void set_tick(BasketLine& line, bool ticked);
  void order();
  [[nodiscard]] std::uint32_t next_leaf();
  [[nodiscard]] double pays_prob() const;
  [[nodiscard]] double suits(std::uint32_t goods) const;
  [[nodiscard]] double attracts(std::uint32_t goods, double suitability) const;
  [[nodiscard]] bool wants_step(double eagerness);

  const DaysWorld& world_;
  Basket& basket_;
  base::Random& random_;
  const Traits& traits_;
  Deeds deeds_;
  Wants wants_ = Wants::kNothing;
  int pages_ = 0;                             // of the question
  std::vector<std::uint32_t> needs_;          // leaves
  std::vector<std::uint32_t> recent_leaves_;  // of what was viewed in this trip
  std::unordered_set<std::uint32_t> passed_;  // positions gone past, of the question
  std::unordered_set<std::uint32_t> shown_;   // of the question
  TripTruth truth_;
};

}  // namespace inkling::sim::days
