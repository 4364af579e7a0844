// Promotion days as a log: the same options tell the same, every answer fills the gap it was asked for, what shoppers
// do follows what was planted, and the books agree with the log.
#include "sim/days/promotion_days.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/core/clock.h"

namespace inkling::sim::days {
namespace {

struct Told {
  std::vector<domain::Event> events;
  std::vector<AnswerTruth> answers;
  std::vector<TripTruth> trips;

  [[nodiscard]] std::vector<const domain::Impression*> impressions() const {
    std::vector<const domain::Impression*> found;
    for (const auto& event : events) {
      if (const auto* impression = std::get_if<domain::Impression>(&event.body)) found.push_back(impression);
    }
    return found;
  }
};

MarketplaceOptions small_market(std::uint64_t seed = 1) {
  MarketplaceOptions market;
  market.seed = seed;
  market.shoppers = 400;
  market.days = 1;
  market.items = 800;
  return market;
}

DaysOptions two_days() {
  DaysOptions options;
  options.days = 2;
  return options;
}

Told tell(const DaysOptions& options, const MarketplaceOptions& market = small_market()) {
  Told told;
  const base::Status status = PromotionDays(market, options)
                                  .generate(
                                      [&](domain::Event&& event) {
                                        told.events.push_back(std::move(event));
                                        return base::Status();
                                      },
                                      [&](const AnswerTruth& truth) { told.answers.push_back(truth); },
                                      [&](const TripTruth& truth) { told.trips.push_back(truth); });
  EXPECT_TRUE(status.ok()) << status.message();
  return told;
}

DaysOptions without(const char* signal) {
  DaysOptions options = two_days();
  EXPECT_TRUE(switch_off(options.model, signal).ok());
  return options;
}

TEST(PromotionDays, the_same_options_tell_the_same) {
  const Told first = tell(two_days());
  EXPECT_GT(first.events.size(), 1000U);
  EXPECT_EQ(first.events, tell(two_days()).events);
  EXPECT_NE(first.events, tell(two_days(), small_market(2)).events);
}

TEST(PromotionDays, none_tell_nothing) {
  EXPECT_TRUE(tell(DaysOptions()).events.empty());
}

TEST(PromotionDays, follow_the_ordinary_days_in_order_of_time_with_ids_of_their_own) {
  const MarketplaceOptions market = small_market();
  const Told told = tell(two_days());
  const std::int64_t start_ms = market.start_ms + base::kDayMs;
  ASSERT_TRUE(std::holds_alternative<domain::Promotion>(told.events.front().body));
  std::set<std::string> ids;
  std::int64_t before_ms = start_ms;
  for (const auto& event : told.events) {
    EXPECT_GE(event.ts_ms, before_ms);
    before_ms = event.ts_ms;
    EXPECT_TRUE(event.id.starts_with("sim-days-")) << event.id;
    EXPECT_TRUE(ids.insert(event.id).second) << event.id;
  }
}

TEST(PromotionDays, every_answer_fills_the_gap_and_says_what_was_known) {
  const MarketplaceOptions market = small_market();
  const Catalogue catalogue(market);
  const Told told = tell(two_days());
  ASSERT_GT(told.impressions().size(), 100U);
  for (const domain::Impression* shown : told.impressions()) {
    EXPECT_EQ(shown->scene, "add-on");
    EXPECT_EQ(shown->promotion, "sim-cross-shop");
    ASSERT_EQ(shown->arms.size(), 1U);
    ASSERT_FALSE(shown->ticked.empty());
    ASSERT_GT(shown->gap_cents, 0);
    for (const auto& position : shown->positions) {
      EXPECT_GE(position.price->cents, shown->gap_cents);
      EXPECT_LE(2 * position.price->cents, 3 * shown->gap_cents);
      ASSERT_FALSE(position.recalls.empty());
      double sum = 0;
      for (const auto& recall : position.recalls) sum += recall.score;
      EXPECT_NEAR(sum, position.score, 1e-3);
      EXPECT_EQ(std::ranges::count(shown->ticked, position.item), 0);
    }
  }
}

// A cart kept beside the log must have just the ticks that answers say, and orders what was ticked.
TEST(PromotionDays, carts_follow_from_the_log) {
  std::map<std::string, std::map<std::string, bool>> carts;
  std::size_t orders = 0, unticks = 0;
  for (const auto& event : tell(two_days()).events) {
    auto& cart = carts[event.shopper];
    if (const auto* shown = std::get_if<domain::Impression>(&event.body)) {
      std::map<std::string, bool> said;
      for (const auto& item : shown->ticked) said[item] = true;
      for (const auto& item : shown->unticked) said[item] = false;
      ASSERT_EQ(said, cart);
    }
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr) continue;
    if (action->action == domain::ActionKind::kCartAdd) cart[action->item] = true;
    if (action->action == domain::ActionKind::kCartRemove) cart.erase(action->item);
    if (action->action == domain::ActionKind::kCartUntick) cart[action->item] = false;
    unticks += action->action == domain::ActionKind::kCartUntick ? 1 : 0;
    if (action->action != domain::ActionKind::kPurchase) continue;
    ++orders;
    for (const auto& line : action->lines) {
      ASSERT_TRUE(cart.contains(line.item) && cart[line.item]);
      cart.erase(line.item);
    }
    for (const auto& [item, ticked] : cart) EXPECT_FALSE(ticked);
  }
  EXPECT_GT(orders, 100U);
  EXPECT_GT(unticks, 20U);
}

TEST(PromotionDays, the_books_agree_with_the_log) {
  const Told told = tell(two_days());
  std::map<std::string, std::size_t> positions;
  std::map<std::string, const domain::Event*> by_id;
  for (const auto& event : told.events) {
    by_id[event.id] = &event;
    if (const auto* shown = std::get_if<domain::Impression>(&event.body)) {
      positions[shown->request] = shown->positions.size();
    }
  }
  EXPECT_EQ(told.answers.size(), positions.size());
  std::size_t added = 0;
  for (const TripTruth& trip : told.trips) {
    for (const LookTruth& look : trip.looks) {
      std::size_t sum = 0;
      for (const auto& request : look.requests) sum += positions.at(request);
      EXPECT_EQ(look.positions, sum);
      EXPECT_LE(look.shown, sum);
    }
    if (!trip.order) continue;
    std::int64_t cents = 0;
    for (const auto& line : std::get<domain::Action>(by_id.at(trip.order->order)->body).lines) {
      cents += line.quantity * line.price->cents;
    }
    EXPECT_EQ(trip.order->standing.sum_cents, cents);
    added += trip.order->added.size();
  }
  EXPECT_GT(added, 20U);
}

TEST(PromotionDays, coming_back_from_a_detail_page_shows_the_answer_again) {
  std::size_t again = 0;
  for (const TripTruth& trip : tell(two_days()).trips) {
    for (const LookTruth& look : trip.looks) again += look.positions - look.shown;
  }
  EXPECT_GT(again, 50U);
}

TEST(PromotionDays, without_thresholds_nobody_asks) {
  const Told told = tell(without("thresholds"));
  EXPECT_TRUE(told.impressions().empty());
  EXPECT_GT(told.events.size(), 1000U);
}

// Goods of the same question differ in attraction only by what was planted and by their appeal.
double spread_of(const DaysOptions& options) {
  double least = 1e9, most = 0;
  for (const AnswerTruth& truth : tell(options).answers) {
    for (const double prob : truth.attraction_probs) {
      least = std::min(least, prob);
      most = std::max(most, prob);
    }
  }
  return most / least;
}

TEST(PromotionDays, switched_off_signals_leave_appeal_alone) {
  DaysOptions options = two_days();
  for (const char* signal : {"price-fit", "complement", "need"}) {
    ASSERT_TRUE(switch_off(options.model, signal).ok());
  }
  EXPECT_LE(spread_of(options), 1.4 / 0.6 + 1e-9);
  EXPECT_GT(spread_of(two_days()), 20);
}

TEST(PromotionDays, refuses_options_that_cannot_be) {
  DaysOptions options = two_days();
  options.shuffled_arm = 1.5;
  EXPECT_FALSE(check(options).ok());
  options = two_days();
  options.ladder.tiers = {{100, 10}, {100, 20}};
  EXPECT_NE(check(options).message().find("tiers ascend"), std::string::npos);
  options.ladder.tiers.clear();
  EXPECT_FALSE(check(options).ok());
  EXPECT_NE(switch_off(options.model, "neeed").message().find("need"), std::string::npos);
}

}  // namespace
}  // namespace inkling::sim::days
