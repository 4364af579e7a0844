// Follows what a scene showed through clicks and carts to orders, event by event in journal order. For reports and
// for choosing training samples; not for what shoppers are shown now.
//
// * Answers are joined to looks (look.h) and their items to deeds by the `request` that actions name.
// * An order line is credited to the look out of which the shopper put that item into the cart, unless it was taken
//   out since or that lies more than `credit_ms` back.
// * Orders are held against all promotions in force at that moment (src/offer), by the prices of their lines.
//
// Thread safety: one thread; results may be read from any once all events are taken. Memory: about 40 bytes a shown
// item, and the bounded history of each shopper. Cost: a few look-ups an event. Failure: none; what cannot be priced
// or belongs to nothing is left out and counted.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/clock.h"
#include "domain/event.h"
#include "funnel/cart_credit.h"
#include "funnel/item_book.h"
#include "funnel/look.h"
#include "funnel/order.h"
#include "offer/promotion_book.h"

namespace inkling::funnel {

struct FollowOptions {
  std::string scene = "add-on";
  std::int64_t credit_ms = base::kDayMs;
  std::int64_t look_gap_ms = 30 * base::kMinuteMs;
  std::size_t history = 50;  // of a shopper's last actions on items
};

class JournalFollower {
 public:
  explicit JournalFollower(FollowOptions options = {}) : options_(std::move(options)) {}

  void take(const domain::Event& event);

  [[nodiscard]] const std::vector<Look>& looks() const { return looks_; }
  [[nodiscard]] const std::vector<Order>& orders() const { return orders_; }
  [[nodiscard]] const ItemBook& items() const { return items_; }
  // "experiment: arm" of an arm's number.
  [[nodiscard]] const std::vector<std::string>& arms() const { return arms_; }
  [[nodiscard]] const std::vector<std::string>& promotions() const { return promotions_; }
  [[nodiscard]] std::uint64_t unpriced_orders() const { return unpriced_orders_; }
  // Events whose ids only the simulated marketplace gives.
  [[nodiscard]] std::uint64_t simulated_events() const { return simulated_events_; }
  [[nodiscard]] const FollowOptions& options() const { return options_; }

 private:
  struct Shopper {
    std::vector<std::uint32_t> history;  // items, oldest first
    std::uint64_t question = 0;          // of the newest look
    std::uint32_t look = 0;
    std::int64_t answered_ms = 0;
    CartCredit credit;
  };

  void take_impression(const domain::Event& event, const domain::Impression& impression);
  void take_action(const domain::Event& event, const domain::Action& action);
  void take_order(const domain::Event& event, const domain::Action& action, Shopper& shopper);
  void credit(Order& order, Shopper& shopper, std::uint32_t item, std::int64_t cents);
  Look& look_of(const domain::Event& event, const domain::Impression& impression, Shopper& shopper);
  void show(Look& look, const domain::Impression& impression, const Shopper& shopper);
  void remember(Shopper& shopper, std::uint32_t item);
  [[nodiscard]] Shown* shown_in(std::uint64_t request, std::uint32_t item, std::uint32_t& look, std::uint32_t& place);
  [[nodiscard]] static std::uint32_t number_of(std::vector<std::string>& names, const std::string& name);

  FollowOptions options_;
  ItemBook items_;
  offer::PromotionShelf shelf_;
  std::unordered_map<std::string, Shopper> shoppers_;
  std::unordered_map<std::uint64_t, std::uint32_t> look_by_request_;  // by hashes of request ids
  std::vector<Look> looks_;
  std::vector<Order> orders_;
  std::vector<std::string> arms_;
  std::vector<std::string> promotions_;
  std::uint64_t unpriced_orders_ = 0;
  std::uint64_t simulated_events_ = 0;
};

}  // namespace inkling::funnel
