#include "basket/purchase_reader.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/core/hash.h"

namespace inkling::basket {
namespace {

using domain::Money;

domain::Event event_of(domain::Action action) {
  domain::Event event;
  event.id = "e";
  event.ts_ms = 7;
  event.shopper = "ann";
  event.body = std::move(action);
  return event;
}

domain::OrderLine line_of(const std::string& item, std::optional<Money> price = {}) {
  domain::OrderLine line;
  line.item = item;
  line.price = std::move(price);
  return line;
}

domain::Action purchase_of_lines(std::vector<domain::OrderLine> lines) {
  domain::Action action;
  action.action = domain::ActionKind::kPurchase;
  action.lines = std::move(lines);
  return action;
}

TEST(PurchaseReader, reads_the_lines_of_an_order_or_else_its_own_item) {
  PurchaseReader reader;
  const auto order = reader.read(event_of(purchase_of_lines({line_of("hat", Money{900, "EUR"}), line_of("scarf")})));
  ASSERT_TRUE(order.has_value());
  EXPECT_EQ(order->shopper, base::name_hash("ann"));
  EXPECT_EQ(order->ts_ms, 7);
  ASSERT_EQ(order->lines.size(), 2U);
  EXPECT_EQ(order->lines[0].item, base::name_hash("hat"));
  EXPECT_EQ(order->lines[0].price_cents, 900);
  EXPECT_EQ(order->lines[1].price_cents, kNoPrice);
  domain::Action single = purchase_of_lines({});
  single.item = "boots";
  const auto alone = reader.read(event_of(single));
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ(alone->lines.front().item, base::name_hash("boots"));
}

TEST(PurchaseReader, counts_prices_of_the_first_currency_only) {
  PurchaseReader reader;
  const auto order =
      reader.read(event_of(purchase_of_lines({line_of("hat", Money{900, "EUR"}), line_of("tent", Money{5, "USD"})})));
  ASSERT_TRUE(order.has_value());
  EXPECT_EQ(order->lines[1].price_cents, kNoPrice);
}

TEST(PurchaseReader, passes_over_what_is_no_purchase_and_what_names_nothing) {
  PurchaseReader reader;
  domain::Action view;
  view.item = "hat";
  EXPECT_FALSE(reader.read(event_of(view)).has_value());
  EXPECT_FALSE(reader.read(event_of(purchase_of_lines({}))).has_value());
  EXPECT_FALSE(reader.read(event_of(purchase_of_lines({line_of("")}))).has_value());
  domain::Event gesture;
  gesture.body = domain::Gestures{};
  EXPECT_FALSE(reader.read(gesture).has_value());
}

TEST(PurchaseOrder, is_that_of_time_and_within_a_moment_that_of_the_journal) {
  std::vector<Purchase> purchases = {{1, 20, {}}, {2, 10, {}}, {3, 20, {}}, {4, 10, {}}};
  order_by_time(purchases);
  std::vector<std::uint64_t> shoppers;
  for (const Purchase& purchase : purchases) shoppers.push_back(purchase.shopper);
  EXPECT_EQ(shoppers, (std::vector<std::uint64_t>{2, 4, 1, 3}));
}

}  // namespace
}  // namespace inkling::basket
