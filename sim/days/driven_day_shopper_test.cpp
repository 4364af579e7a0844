// Shoppers of promotion days against a shop that keeps what it is told: each question comes after all that was done
// before it, names the cart as the events make it, and what is done with an answer names that answer.
#include "sim/days/driven_day_shopper.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/days/add_on_policy.h"
#include "sim/driver.h"
#include "sim/fake_shop.h"

namespace inkling::sim::days {
namespace {

using domain::ActionKind;
using Cart = std::map<std::string, bool>;  // item, ticked

constexpr std::int64_t kStartMs = 1'790'000'000'000;

DriverOptions driven() {
  DriverOptions options;
  options.market.shoppers = 60;
  options.market.items = 400;
  options.market.start_ms = kStartMs;
  options.connections = 1;
  options.run = "r1";
  return options;
}

// Answers with goods of just about the gap of the cart that it was told of.
class DayShop final : public Shop {
 public:
  explicit DayShop(const DriverOptions& options) : catalogue_(options.market), policy_(catalogue_) {}

  base::Status post(std::span<const domain::Event> events) override {
    for (const domain::Event& event : events) {
      EXPECT_TRUE(ids.insert(event.id).second) << event.id;
      told.push_back(event);
      if (const auto* action = std::get_if<domain::Action>(&event.body)) fold(carts_[event.shopper], *action);
    }
    return {};
  }
  base::Result<FeedAnswer> feed(const FeedQuestion&) override { return base::not_found("no feed here"); }
  base::Result<CouponAnswer> coupon(const std::string&, const std::string&) override {
    return base::not_found("no coupon here");
  }
  base::Result<AddOnAnswer> add_on(const AddOnQuestion& question) override {
    Cart asked;
    std::int64_t sum_cents = 0;
    for (const AskedLine& line : question.cart) {
      asked[line.item] = line.ticked;
      if (line.ticked) sum_cents += line.quantity * catalogue_.at(*catalogue_.find(line.item)).price_cents;
    }
    EXPECT_EQ(asked, carts_[question.shopper]);
    EXPECT_EQ(question.promotion, "sim-cross-shop");
    scenes.insert(question.scene);
    if (refuses) return base::invalid_input("not today");
    AddOnAnswer answer;
    answer.page.request = "answer-" + std::to_string(++answers);
    answer.promotion = question.promotion;
    answer.gap_cents = standing(Ladder(), sum_cents).gap_cents() + error_cents;
    base::Random random(7);
    for (const Proposal& each : policy_.propose({answer.gap_cents, {}, {}, false}, {}, random)) {
      if (answer.page.items.size() < 10) answer.page.items.push_back(catalogue_.at(each.goods).item);
    }
    shown[answer.page.request] = {answer.page.items.begin(), answer.page.items.end()};
    return answer;
  }

  std::vector<domain::Event> told;
  std::set<std::string> ids;
  std::set<std::string> scenes;
  std::map<std::string, std::set<std::string>> shown;
  int answers = 0;
  bool refuses = false;
  std::int64_t error_cents = 0;

 private:
  static void fold(Cart& cart, const domain::Action& action) {
    if (action.action == ActionKind::kCartAdd) cart[action.item] = true;
    if (action.action == ActionKind::kCartUntick) cart[action.item] = false;
    if (action.action == ActionKind::kCartRemove) cart.erase(action.item);
    if (action.action == ActionKind::kPurchase) {
      for (const auto& line : action.lines) cart.erase(line.item);
    }
  }
  Catalogue catalogue_;
  AddOnPolicy policy_;
  std::map<std::string, Cart> carts_;
};

// Lends a shop to the driver, which owns what it opens.
class Lent final : public Shop {
 public:
  explicit Lent(Shop& shop) : shop_(shop) {}
  base::Status post(std::span<const domain::Event> events) override { return shop_.post(events); }
  base::Result<FeedAnswer> feed(const FeedQuestion& question) override { return shop_.feed(question); }
  base::Result<AddOnAnswer> add_on(const AddOnQuestion& question) override { return shop_.add_on(question); }
  base::Result<CouponAnswer> coupon(const std::string& shopper, const std::string& session) override {
    return shop_.coupon(shopper, session);
  }

 private:
  Shop& shop_;
};

Counts play(DayShop& shop, const DriveDays& drive = {}) {
  const DriverOptions options = driven();
  JumpingPacer pacer(kStartMs, kStartMs + 2 * base::kDayMs);
  Tally tally;
  const base::Status status = sim::drive(
      options, [&] { return std::make_unique<Lent>(shop); }, pacer, tally, day_shoppers(options, drive));
  EXPECT_TRUE(status.ok()) << status.message();
  return tally.counts();
}

std::uint64_t asked(const Counts& counts) {
  return counts.answered[static_cast<std::size_t>(Call::kAddOn)];
}

TEST(DrivenDayShopper, asks_with_the_cart_that_it_has_told) {
  DayShop shop(driven());
  const Counts counts = play(shop);
  EXPECT_EQ(counts.error_count(), 0U);
  EXPECT_GT(asked(counts), 50U);
  EXPECT_EQ(asked(counts), static_cast<std::uint64_t>(shop.answers));
  EXPECT_EQ(counts.events, shop.told.size());
  EXPECT_EQ(shop.scenes, std::set<std::string>{"add-on"});
}

TEST(DrivenDayShopper, acts_on_what_was_shown_and_names_the_answer) {
  DayShop shop(driven());
  const Counts counts = play(shop);
  std::size_t clicks = 0, carts = 0;
  for (const domain::Event& event : shop.told) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr || action->request.empty() || action->item.empty()) continue;
    EXPECT_TRUE(shop.shown.at(action->request).contains(action->item)) << action->item;
    clicks += action->action == ActionKind::kClick ? 1 : 0;
    carts += action->action == ActionKind::kCartAdd ? 1 : 0;
  }
  EXPECT_GT(clicks, 5U);
  EXPECT_GT(carts, 2U);
  EXPECT_GT(counts.of(ActionKind::kPurchase), 50U);
}

TEST(DrivenDayShopper, counts_gaps_that_are_not_its_own_and_goods_that_do_not_fill_them) {
  DayShop right(driven());
  const Counts fine = play(right);
  EXPECT_EQ(fine.other_gaps, 0U);
  EXPECT_EQ(fine.short_positions, 0U);
  DayShop wrong(driven());
  wrong.error_cents = -500;
  const Counts found = play(wrong);
  EXPECT_EQ(found.other_gaps, asked(found));
  EXPECT_GT(found.short_positions, 0U);
}

TEST(DrivenDayShopper, goes_on_without_an_answer) {
  DayShop shop(driven());
  shop.refuses = true;
  const Counts counts = play(shop, {{}, "another"});
  EXPECT_EQ(asked(counts), 0U);
  EXPECT_GT(counts.error_count(), 10U);
  EXPECT_GT(counts.of(ActionKind::kPurchase), 50U);
  EXPECT_EQ(shop.scenes, std::set<std::string>{"another"});
}

}  // namespace
}  // namespace inkling::sim::days
