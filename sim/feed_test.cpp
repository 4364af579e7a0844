// The feed in the simulated log: whether the known truth can be found in what was shown and clicked.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "sim/event_log.h"
#include "sim/feed_policy.h"
#include "sim/marketplace.h"
#include "sim/persona.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;

struct Log {
  std::vector<domain::Event> events;
  std::map<std::string, FeedTruth> truths;
};

Log log_of(const MarketplaceOptions& options) {
  Log log;
  const base::Status status = Marketplace(options).generate(
      [&](domain::Event&& event) {
        log.events.push_back(std::move(event));
        return base::Status();
      },
      [&](const FeedTruth& truth) { log.truths[truth.request] = truth; });
  EXPECT_TRUE(status.ok()) << status.message();
  return log;
}

struct Cell {
  double shown = 0;
  double clicked = 0;
  double expected = 0;  // clicks, by the truth
  [[nodiscard]] double rate() const { return clicked / shown; }
};

struct Clicks {
  std::vector<Cell> by_rank = std::vector<Cell>(kFeedPageSize);
  Cell wanted;  // attraction of 0.3 and above
  Cell other;
};

Clicks clicks_of(const Log& log) {
  std::set<std::pair<std::string, std::string>> clicked;  // request, item
  for (const auto& event : log.events) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action != nullptr && action->action == ActionKind::kClick) clicked.emplace(action->request, action->item);
  }
  Clicks clicks;
  for (const auto& event : log.events) {
    const auto* impression = std::get_if<domain::Impression>(&event.body);
    if (impression == nullptr) continue;
    const FeedTruth& truth = log.truths.at(impression->request);
    for (std::size_t i = 0; i < impression->positions.size(); ++i) {
      const double is_click = clicked.contains({impression->request, impression->positions[i].item}) ? 1 : 0;
      const double expected = truth.examine_probs[i] * truth.attraction_probs[i];
      for (Cell* cell : {&clicks.by_rank[i], truth.attraction_probs[i] >= 0.3 ? &clicks.wanted : &clicks.other}) {
        cell->shown += 1;
        cell->clicked += is_click;
        cell->expected += expected;
      }
    }
  }
  return clicks;
}

const Log& shared_log() {
  static const Log log = log_of(small_options());
  return log;
}

TEST(Feed, every_answer_names_an_impression_of_the_same_visit_that_showed_the_item) {
  std::map<std::string, const domain::Event*> impressions;
  int answers = 0;
  for (const auto& event : shared_log().events) {
    if (const auto* impression = std::get_if<domain::Impression>(&event.body)) {
      EXPECT_EQ(impression->request, event.id);
      EXPECT_EQ(impression->scene, "feed");
      impressions[event.id] = &event;
      continue;
    }
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr || action->request.empty()) continue;
    ASSERT_TRUE(impressions.contains(action->request)) << event.id << " answers what was not shown yet";
    const domain::Event& shown = *impressions[action->request];
    EXPECT_EQ(shown.session, event.session);
    EXPECT_LE(shown.ts_ms, event.ts_ms);
    if (action->action != ActionKind::kClick) continue;
    const auto& positions = std::get<domain::Impression>(shown.body).positions;
    EXPECT_TRUE(std::any_of(positions.begin(), positions.end(),
                            [&](const auto& position) { return position.item == action->item; }));
    ++answers;
  }
  EXPECT_GT(impressions.size(), 2000U);
  EXPECT_GT(answers, 500);
}

TEST(Feed, feed_answers_lead_to_carts_and_purchases_too) {
  std::map<ActionKind, int> counts;
  for (const auto& event : shared_log().events) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action != nullptr && !action->request.empty()) ++counts[action->action];
  }
  for (const ActionKind kind : {ActionKind::kClick, ActionKind::kView, ActionKind::kSkip, ActionKind::kFavourite,
                                ActionKind::kCartAdd, ActionKind::kPurchase}) {
    EXPECT_GT(counts[kind], 0) << domain::action_name(kind);
  }
  EXPECT_EQ(counts[ActionKind::kSearch], 0);
  EXPECT_EQ(counts[ActionKind::kClick], counts[ActionKind::kView]) << "a click opens the item's page";
}

// A page ends with a purchase, so the last ranks are clicked a little less than their probabilities say.
TEST(Feed, clicks_come_as_often_as_the_truth_says_rank_by_rank) {
  const Clicks clicks = clicks_of(shared_log());
  for (const Cell& cell : clicks.by_rank) {
    EXPECT_NEAR(cell.clicked, cell.expected, 5 * std::sqrt(cell.expected) + 0.03 * cell.expected);
  }
  EXPECT_GT(clicks.by_rank[0].rate(), 2 * clicks.by_rank[4].rate());
  EXPECT_GT(clicks.by_rank[1].rate(), 1.3 * clicks.by_rank[8].rate());
}

TEST(Feed, attraction_shows_in_clicks_until_taste_is_switched_off) {
  EXPECT_GT(clicks_of(shared_log()).wanted.rate(), 3 * clicks_of(shared_log()).other.rate());
  MarketplaceOptions tasteless = small_options();
  tasteless.feed_model.taste = false;
  std::map<bool, Cell> by_taste;
  const Log log = log_of(tasteless);
  for (const auto& [request, truth] : log.truths) {
    for (const double prob : truth.attraction_probs) EXPECT_LT(prob, 0.3);
  }
  EXPECT_EQ(clicks_of(log).wanted.shown, 0);
}

TEST(Feed, without_position_bias_everything_is_examined) {
  MarketplaceOptions options = small_options();
  options.feed_model.position_bias = false;
  const Log log = log_of(options);
  const Clicks clicks = clicks_of(log);
  for (const auto& [request, truth] : log.truths) {
    for (const double prob : truth.examine_probs) ASSERT_EQ(prob, 1);
  }
  // Popular goods are shown on top and are no more attractive for it.
  EXPECT_LT(clicks.by_rank[0].rate(), 1.3 * clicks.by_rank[8].rate());
}

TEST(Feed, without_it_a_log_holds_no_impression_and_everything_else_as_before) {
  MarketplaceOptions options = small_options();
  options.feed = false;
  const Log log = log_of(options);
  EXPECT_TRUE(log.truths.empty());
  for (const auto& event : log.events) {
    EXPECT_FALSE(std::holds_alternative<domain::Impression>(event.body));
    const auto* action = std::get_if<domain::Action>(&event.body);
    EXPECT_TRUE(action == nullptr || action->request.empty());
  }
  // The feed adds to a log, and not much.
  EXPECT_GT(shared_log().events.size(), log.events.size());
  EXPECT_LT(shared_log().events.size(), log.events.size() * 5 / 4);
}

TEST(Feed, alone_it_is_told_as_among_all_the_rest) {
  MarketplaceOptions options = small_options();
  const Log& all = shared_log();
  options.feed_alone = true;
  const Log alone = log_of(options);
  std::vector<domain::Event> expected;
  for (const auto& event : all.events) {
    const auto* action = std::get_if<domain::Action>(&event.body);
    if (action == nullptr || !action->request.empty()) expected.push_back(event);
  }
  EXPECT_EQ(alone.events, expected);
  EXPECT_EQ(alone.truths.size(), all.truths.size());
  EXPECT_LT(3 * alone.events.size(), all.events.size());
  options.feed = false;
  EXPECT_NE(check(options).message().find("there is none"), std::string::npos);
}

TEST(FeedModel, attraction_is_what_the_header_says) {
  const MarketplaceOptions options = small_options();
  const Catalogue catalogue(options);
  Persona persona(options, catalogue, 0);
  persona.intent.phase = Phase::kComparing;
  const std::uint32_t goods = 7;
  persona.intent.leaf = catalogue.at(goods).leaf;
  const FeedModel model;
  const double wanted = attraction_prob(model, catalogue, persona.beholder(), goods);
  const double steps = price_misfit(catalogue, persona.traits, goods) / 0.6;
  EXPECT_NEAR(wanted, 0.6 * (0.3 + 0.7 * std::exp(-steps * steps / 2)) * catalogue.appeal(goods), 1e-12);
  persona.see(goods);
  EXPECT_NEAR(attraction_prob(model, catalogue, persona.beholder(), goods), 0.3 * wanted, 1e-12);
  persona.seen.clear();
  persona.intent.phase = Phase::kBrowsing;
  persona.traits.tastes = {1, 1, catalogue.at(goods).leaf, 1};
  EXPECT_NEAR(attraction_prob(model, catalogue, persona.beholder(), goods), wanted / 0.6 * 0.5 * 0.55 * 0.85 * 0.85,
              1e-12);
  persona.traits.tastes = {1, 1, 1, 1};
  EXPECT_NEAR(attraction_prob(model, catalogue, persona.beholder(), goods), wanted / 0.6 * 0.5 * 0.10, 1e-12);
  EXPECT_DOUBLE_EQ(examine_prob(model, 1), 1);
  EXPECT_DOUBLE_EQ(examine_prob(model, 4), std::pow(4, -0.7));
}

TEST(FeedPolicy, shows_every_goods_once_and_the_popular_ones_more_often_and_higher) {
  const Catalogue catalogue(small_options());
  base::Random random(3);
  std::vector<double> popularity_at(kFeedPageSize);
  for (int visit = 0; visit < 300; ++visit) {
    std::vector<std::uint32_t> shown;
    for (int number = 0; number < 3; ++number) {
      const auto page = pick_page(catalogue, shown, random);
      ASSERT_EQ(page.size(), kFeedPageSize);
      for (std::size_t i = 0; i < page.size(); ++i) popularity_at[i] += catalogue.popularity(page[i].goods);
    }
    EXPECT_EQ(std::set<std::uint32_t>(shown.begin(), shown.end()).size(), 3 * kFeedPageSize);
  }
  EXPECT_GT(popularity_at[0], 2 * popularity_at[9]);
}

TEST(Catalogue, finds_its_items_and_no_others) {
  const Catalogue catalogue(small_options());
  EXPECT_EQ(catalogue.find("item-0"), 0U);
  EXPECT_EQ(catalogue.find("item-399"), 399U);
  for (const char* item : {"item-400", "item-", "item-4x", "goods-4", "", "item--1"}) {
    EXPECT_EQ(catalogue.find(item), std::nullopt) << item;
  }
}

}  // namespace
}  // namespace inkling::sim
