#include "sim/marketplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/core/clock.h"
#include "sim/event_log.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;
using testing::HasSubstr;

MarketplaceOptions tiny_options() {
  MarketplaceOptions options;
  options.shoppers = 30;
  options.items = 100;
  options.days = 5;
  return options;
}

std::string text_of_all(const MarketplaceOptions& options) {
  std::string text;
  for (const auto& event : all_events(options)) text += text_of(event) + "\n";
  return text;
}

// One log for all tests that only read it.
const std::vector<domain::Event>& shared_log() {
  static const std::vector<domain::Event> log = all_events(small_options());
  return log;
}

TEST(Marketplace, same_seed_gives_the_same_bytes_and_another_seed_others) {
  MarketplaceOptions options = tiny_options();
  const std::string first = text_of_all(options);
  EXPECT_EQ(first, text_of_all(options));
  options.seed = 2;
  EXPECT_NE(first, text_of_all(options));
}

TEST(Marketplace, any_number_of_threads_tells_the_same_bytes) {
  MarketplaceOptions options = small_options();
  options.days = 10;  // more than one window
  options.threads = 1;
  const std::string alone = text_of_all(options);
  for (const std::uint32_t threads : {3U, 8U}) {
    options.threads = threads;
    EXPECT_TRUE(text_of_all(options) == alone) << threads << " threads";
  }
}

TEST(Marketplace, shoppers_own_events_do_not_depend_on_how_many_others_there_are) {
  MarketplaceOptions options = tiny_options();
  const auto texts_of_seventh = [](const MarketplaceOptions& some) {
    std::vector<std::string> texts;
    for (const auto& event : all_events(some)) {
      if (event.shopper == "shopper-7") texts.push_back(text_of(event));
    }
    return texts;
  };
  const auto alone = texts_of_seventh(options);
  options.shoppers = 90;
  EXPECT_FALSE(alone.empty());
  EXPECT_EQ(alone, texts_of_seventh(options));
}

TEST(Marketplace, items_come_first_then_actions_in_the_order_of_time) {
  const MarketplaceOptions options = small_options();
  const auto& events = shared_log();
  std::set<std::string> ids;
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(std::holds_alternative<domain::Item>(events[i].body), i < options.items) << i;
    EXPECT_TRUE(ids.insert(events[i].id).second) << events[i].id;
    ASSERT_LE(events[i == 0 ? 0 : i - 1].ts_ms, events[i].ts_ms) << i;
  }
  EXPECT_EQ(events.front().ts_ms, options.start_ms);
  EXPECT_LT(events.back().ts_ms, options.start_ms + options.days * base::kDayMs);
  EXPECT_GT(events.back().ts_ms, options.start_ms + (options.days - 1) * base::kDayMs);
}

TEST(Marketplace, ids_count_a_shoppers_events) {
  std::map<std::string, int> counts;
  for (const auto& event : shared_log()) {
    if (event.shopper.empty()) continue;
    ASSERT_EQ(event.id, "sim-" + event.shopper + "-" + std::to_string(counts[event.shopper]++));
  }
  EXPECT_GT(counts.size(), 390u);
}

TEST(Marketplace, purchased_items_were_put_in_the_cart_after_a_view) {
  int lines = 0;
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    std::set<std::string> viewed;
    std::set<std::string> in_cart;
    for (const auto& [ts_ms, session, action] : actions) {
      if (action.action == ActionKind::kView) viewed.insert(action.item);
      if (action.action == ActionKind::kCartRemove) {
        EXPECT_EQ(in_cart.erase(action.item), 1u);
      }
      if (action.action == ActionKind::kCartAdd) {
        EXPECT_EQ(viewed.count(action.item), 1u) << shopper << " put unseen goods in the cart";
        in_cart.insert(action.item);
      }
      for (const auto& line : action.lines) {
        ASSERT_EQ(in_cart.erase(line.item), 1u) << shopper << " bought what was not in the cart";
        EXPECT_GT(line.price->cents, 0);
        ++lines;
      }
    }
  }
  EXPECT_GT(lines, 100);
}

TEST(Marketplace, silence_of_half_an_hour_and_session_names_cut_alike) {
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    for (std::size_t i = 1; i < actions.size(); ++i) {
      const bool is_new = actions[i].session != actions[i - 1].session;
      ASSERT_EQ(is_new, actions[i].ts_ms - actions[i - 1].ts_ms > 30 * base::kMinuteMs) << shopper;
    }
  }
}

TEST(Marketplace, amounts_are_those_it_was_calibrated_to) {
  std::map<std::string, bool> session_buys;
  std::set<std::pair<std::string, std::int64_t>> active_days;
  std::size_t action_count = 0;
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    for (const auto& logged : actions) {
      session_buys[logged.session] |= logged.action.action == ActionKind::kPurchase;
      active_days.emplace(shopper, logged.ts_ms / base::kDayMs);
    }
    action_count += actions.size();
  }
  const auto buying = std::count_if(session_buys.begin(), session_buys.end(), [](const auto& s) { return s.second; });
  const double buying_share = static_cast<double>(buying) / static_cast<double>(session_buys.size());
  EXPECT_GT(buying_share, 0.03);
  EXPECT_LT(buying_share, 0.08);
  const double actions_a_day = static_cast<double>(action_count) / static_cast<double>(active_days.size());
  EXPECT_GT(actions_a_day, 30);
  EXPECT_LT(actions_a_day, 50);
}

struct Share {
  int hits = 0;
  int all = 0;
  void add(bool hit) { hits += hit ? 1 : 0, ++all; }
  [[nodiscard]] double value() const { return static_cast<double>(hits) / all; }
};

bool buys_within(const std::vector<LoggedAction>& actions, std::size_t from, std::int64_t horizon_ms) {
  for (std::size_t i = from + 1; i < actions.size() && actions[i].ts_ms <= actions[from].ts_ms + horizon_ms; ++i) {
    if (actions[i].action.action == ActionKind::kPurchase) return true;
  }
  return false;
}

TEST(Marketplace, cart_add_in_the_session_foretells_a_purchase_within_the_hour) {
  Share base_rate;
  Share after_cart_add;
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    std::string session_with_cart_add;
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].action.action == ActionKind::kPurchase) continue;
      if (actions[i].action.action == ActionKind::kCartAdd) session_with_cart_add = actions[i].session;
      const bool buys = buys_within(actions, i, base::kHourMs);
      base_rate.add(buys);
      if (session_with_cart_add == actions[i].session) after_cart_add.add(buys);
    }
  }
  EXPECT_GT(after_cart_add.value(), 2.5 * base_rate.value());
  EXPECT_LT(after_cart_add.value(), 0.8) << "a signal, not a certainty";
}

// Sessions cut from a shopper's actions, as index ranges.
std::vector<std::pair<std::size_t, std::size_t>> sessions_of(const std::vector<LoggedAction>& actions) {
  std::vector<std::pair<std::size_t, std::size_t>> sessions;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (i == 0 || actions[i].session != actions[i - 1].session) sessions.emplace_back(i, i);
    sessions.back().second = i + 1;
  }
  return sessions;
}

// The share of views spent on the most viewed leaf category.
double concentration(const std::vector<LoggedAction>& actions, std::pair<std::size_t, std::size_t> range) {
  std::map<std::string, int> leaves;
  int views = 0;
  int most = 0;
  for (std::size_t i = range.first; i < range.second; ++i) {
    if (actions[i].action.action != ActionKind::kView) continue;
    most = std::max(most, ++leaves[actions[i].action.category.back()]);
    ++views;
  }
  return views < 5 ? 0 : static_cast<double>(most) / views;
}

TEST(Marketplace, looking_at_one_kind_of_goods_foretells_a_purchase_within_the_day) {
  Share base_rate;
  Share after_concentration;
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    for (const auto& range : sessions_of(actions)) {
      const bool buys = buys_within(actions, range.second - 1, base::kDayMs);
      base_rate.add(buys);
      if (concentration(actions, range) > 0.6) after_concentration.add(buys);
    }
  }
  EXPECT_GT(after_concentration.all, 100);
  EXPECT_GT(after_concentration.value(), 1.8 * base_rate.value());
}

TEST(Marketplace, stays_are_longer_before_a_purchase) {
  double buying_ms = 0;
  double other_ms = 0;
  int buying_views = 0;
  int other_views = 0;
  for (const auto& [shopper, actions] : actions_by_shopper(shared_log())) {
    for (std::size_t i = 0; i < actions.size(); ++i) {
      const domain::Action& action = actions[i].action;
      if (action.action != ActionKind::kView) continue;
      const bool buys = buys_within(actions, i, base::kHourMs);
      (buys ? buying_ms : other_ms) += static_cast<double>(action.stay_ms);
      ++(buys ? buying_views : other_views);
    }
  }
  EXPECT_GT(buying_ms / buying_views, 1.3 * other_ms / other_views);
}

TEST(Marketplace, names_an_option_out_of_range_and_the_nearest_choice) {
  MarketplaceOptions options = tiny_options();
  options.shoppers = 0;
  const auto ignore = [](domain::Event&&) { return base::Status::ok_status(); };
  EXPECT_THAT(Marketplace(options).generate(ignore).message(),
              HasSubstr("shoppers: 0 is not between 1 and 10000000; the nearest choice is 1"));
  options = tiny_options();
  options.currency = "euro";
  EXPECT_THAT(Marketplace(options).generate(ignore).message(), HasSubstr("\"euro\""));
}

TEST(Marketplace, error_of_the_receiver_stops_it_and_comes_back) {
  int received = 0;
  const auto refuse = [&](domain::Event&&) {
    return ++received == 150 ? base::io_error("disk full") : base::Status::ok_status();
  };
  for (const std::uint32_t threads : {1U, 3U}) {
    MarketplaceOptions options = tiny_options();
    options.threads = threads;
    received = 0;
    EXPECT_EQ(Marketplace(options).generate(refuse).message(), "disk full");
    EXPECT_EQ(received, 150);
  }
}

TEST(Marketplace, smallest_marketplace_works) {
  MarketplaceOptions options;
  options.shoppers = options.items = options.days = 1;
  EXPECT_FALSE(all_events(options).empty());
}

}  // namespace
}  // namespace inkling::sim
