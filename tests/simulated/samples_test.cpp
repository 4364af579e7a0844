// Training samples of simulated promotion days, held against the simulator's own books and against the report's
// reading of the same journal. SIMULATED.
#include <gtest/gtest.h>

#include <vector>

#include "base/core/hash.h"
#include "funnel/journal_follower.h"
#include "funnel/sample_maker.h"
#include "sim/days/promotion_days.h"
#include "sim/marketplace.h"

namespace inkling {
namespace {

using basket::AddOnSample;
using funnel::Deed;

struct Samples : testing::Test {
  Samples() {
    market.shoppers = 300;
    market.days = 1;
    market.items = 600;
    days.days = 2;
  }
  // Every look is a sample, so that books and samples can be added up side by side.
  void play(funnel::SampleOptions options = {.only_clicked = false}) {
    funnel::SampleMaker maker(std::move(options),
                              [this](AddOnSample&& sample) { samples.push_back(std::move(sample)); });
    const auto on_event = [&](domain::Event&& event) {
      maker.take(event);
      follower.take(event);
      return base::Status();
    };
    ASSERT_TRUE(sim::Marketplace(market).generate(on_event).ok());
    ASSERT_TRUE(sim::days::PromotionDays(market, days)
                    .generate(on_event, {}, [this](const auto& trip) { trips.push_back(trip); })
                    .ok());
    maker.finish();
    counts = maker.counts();
  }
  [[nodiscard]] std::uint64_t all(Deed deed) const { return counts.all[static_cast<std::size_t>(deed)]; }

  sim::MarketplaceOptions market;
  sim::days::DaysOptions days;
  std::vector<AddOnSample> samples;
  std::vector<sim::days::TripTruth> trips;
  funnel::SampleCounts counts;
  funnel::JournalFollower follower;
};

TEST_F(Samples, add_up_to_the_simulators_books) {
  play();
  std::uint64_t looks = 0, answers = 0, positions = 0, shown = 0, clicks = 0, carts = 0, buys = 0;
  for (const auto& trip : trips) {
    for (const auto& look : trip.looks) {
      looks += look.requests.empty() ? 0 : 1;
      answers += look.requests.size();
      positions += look.positions;
      shown += look.shown;
      clicks += look.clicks;
      carts += look.carts;
    }
    if (!trip.order) continue;
    for (const auto& line : trip.order->added) buys += trip.order->ts_ms - line.added_ms <= base::kDayMs ? 1 : 0;
  }
  ASSERT_GT(buys, 20U);
  EXPECT_EQ(counts.looks, looks);
  EXPECT_EQ(counts.answers, answers);
  EXPECT_EQ(counts.positions, positions);
  EXPECT_EQ(all(Deed::kShown), shown);
  EXPECT_EQ(counts.shown_again, positions - shown);
  EXPECT_EQ(all(Deed::kClicked), clicks + counts.carted_at_once);
  EXPECT_EQ(all(Deed::kCarted), carts);
  EXPECT_EQ(all(Deed::kBought), buys);
}

TEST_F(Samples, say_of_each_item_what_the_report_says) {
  play();
  ASSERT_EQ(samples.size(), follower.looks().size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const funnel::Look& look = follower.looks()[i];
    ASSERT_EQ(samples[i].now_ms, look.ts_ms);
    ASSERT_EQ(samples[i].offered.size(), look.shown.size());
    for (std::size_t k = 0; k < look.shown.size(); ++k) {
      const basket::OfferedItem& offered = samples[i].offered[k];
      ASSERT_EQ(offered.item.item, base::name_hash(follower.items().facts(look.shown[k].item).item));
      ASSERT_EQ(offered.clicked, look.shown[k].clicked || look.shown[k].carted);
      ASSERT_EQ(offered.carted, look.shown[k].carted);
      ASSERT_EQ(offered.bought, look.shown[k].bought);
    }
  }
}

TEST_F(Samples, stand_before_their_labels_and_within_their_bounds) {
  play();
  for (const AddOnSample& sample : samples) {
    EXPECT_EQ(sample.threshold_cents % 10'000, 0);
    EXPECT_LE(sample.gap_cents, sample.threshold_cents);
    ASSERT_LE(sample.behaviours.size(), basket::kMaxBehaviours);
    for (const auto& done : sample.behaviours) ASSERT_LE(done.ts_ms, sample.now_ms);
    for (const auto& offered : sample.offered) {
      ASSERT_GE(offered.item.price_cents, sample.gap_cents);
      ASSERT_NE(offered.item.leaf, 0U);
      ASSERT_GT(offered.recall_count, 0);
      ASSERT_TRUE(!offered.bought || offered.carted);
      ASSERT_TRUE(!offered.carted || offered.clicked);
    }
  }
}

TEST_F(Samples, of_a_feed_have_no_triggers_and_no_gap) {
  play({.scene = "feed"});
  ASSERT_GT(samples.size(), 50U);
  for (const AddOnSample& sample : samples) {
    ASSERT_TRUE(sample.ticked.empty());
    ASSERT_EQ(sample.gap_cents, 0);
    ASSERT_EQ(sample.threshold_cents, 0);
  }
}

}  // namespace
}  // namespace inkling
