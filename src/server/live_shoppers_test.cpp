#include "server/live_shoppers.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "server/fake_scorer.h"
#include "server/fake_store.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {
namespace {


constexpr std::size_t kRoomy = 64 * 1024 * 1024;

class LiveShoppersTest : public testing::Test {
 protected:
  void append(const std::string& shopper, std::uint64_t from, std::uint64_t to) {
    std::vector<domain::Event> events;
    for (std::uint64_t n = from; n < to; ++n) events.push_back(view_event(shopper, n));
    ASSERT_TRUE(store_.append(events).ok());
    live_.events_appended(events);
  }

  static float prob(LiveShoppers& live, const ShopperLease& lease) {
    ScorerWorkspaces workspaces(live.scorers());
    ShopperKnowledge knowledge(live.scorers(), lease, workspaces, WorldSnapshot());
    const auto answer = knowledge.score("fake", 0);
    EXPECT_TRUE(answer.ok()) << answer.status().message();
    return answer.ok() ? answer->probs[0] : -1;
  }
  float prob(const std::string& shopper) {
    auto lease = live_.bring(shopper);
    EXPECT_TRUE(lease.ok());
    return prob(live_, *lease);
  }

  FakeStore store_;
  Scorers scorers_{std::make_shared<FakeScorer>()};
  LiveShoppers live_{store_, scorers_, kRoomy, 0};
};

TEST_F(LiveShoppersTest, a_shopper_never_seen_has_no_events) {
  auto lease = live_.bring("nobody");
  ASSERT_TRUE(lease.ok());
  EXPECT_EQ(lease->shopper_state().event_count, 0U);
}

TEST_F(LiveShoppersTest, catches_up_step_by_step_without_rebuilding) {
  for (std::uint64_t n = 0; n < 300; ++n) {
    append("anna", n, n + 1);
    ASSERT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(n + 1)) << n;
  }
  EXPECT_EQ(live_.statistics().rebuilds, 0U);
  EXPECT_EQ(live_.statistics().refreshes, 300U);
}

TEST_F(LiveShoppersTest, rebuilding_gives_what_catching_up_gives) {
  append("anna", 0, 10);
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(10));
  append("anna", 10, 400);  // more than the state's history holds
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(400));
  EXPECT_EQ(live_.statistics().rebuilds, 1U);
  append("anna", 400, 401);
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(401));
  EXPECT_EQ(live_.statistics().rebuilds, 1U);
}

TEST_F(LiveShoppersTest, a_new_memory_of_a_shopper_with_a_long_past_is_rebuilt) {
  append("anna", 0, 400);
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(400));
  EXPECT_EQ(live_.statistics().rebuilds, 1U);
  auto lease = live_.bring("anna");
  EXPECT_EQ(lease->shopper_state().event_count, 400U);
}

TEST_F(LiveShoppersTest, the_next_lease_sees_what_was_appended_before_it) {
  append("anna", 0, 1);
  EXPECT_FALSE(live_.try_lease("anna").has_value()) << "nothing was read yet";
  { ASSERT_TRUE(live_.bring("anna").ok()); }
  EXPECT_TRUE(live_.try_lease("anna").has_value());
  append("anna", 1, 2);
  EXPECT_FALSE(live_.try_lease("anna").has_value()) << "stale";
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(2));
  auto lease = live_.try_lease("anna");
  ASSERT_TRUE(lease.has_value());
  EXPECT_FLOAT_EQ(prob(live_, *lease), FakeScorer::expected_prob(2));
}

TEST_F(LiveShoppersTest, events_appended_during_a_lease_do_not_change_it) {
  append("anna", 0, 1);
  auto lease = live_.bring("anna");
  append("anna", 1, 2);
  EXPECT_FLOAT_EQ(prob(live_, *lease), FakeScorer::expected_prob(1));
}

TEST_F(LiveShoppersTest, a_lease_is_exclusive_and_may_end_on_another_thread) {
  append("anna", 0, 1);
  auto first = live_.bring("anna");
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(live_.try_lease("anna").has_value());
  std::thread second([&] { EXPECT_TRUE(live_.bring("anna").ok()); });
  std::thread release([lease = *std::move(first)]() mutable { const ShopperLease ends_here = std::move(lease); });
  second.join();
  release.join();
  EXPECT_TRUE(live_.try_lease("anna").has_value());
}

TEST_F(LiveShoppersTest, a_failing_store_is_told_and_read_again_next_time) {
  append("anna", 0, 3);
  store_.set_fault(base::io_error("the disk is gone"));
  EXPECT_EQ(live_.bring("anna").status().code(), base::ErrorCode::kIo);
  store_.set_fault(std::nullopt);
  EXPECT_FLOAT_EQ(prob("anna"), FakeScorer::expected_prob(3));
}

TEST_F(LiveShoppersTest, stays_within_its_bytes_and_forgets_the_least_recently_used) {
  constexpr std::size_t kCapacityBytes = 16 * 64 * 1024;
  LiveShoppers small(store_, scorers_, kCapacityBytes, kCapacityBytes);
  for (int i = 0; i < 1000; ++i) {
    const std::string shopper = "shopper-" + std::to_string(i);
    append(shopper, 0, 20);
    ASSERT_TRUE(small.bring(shopper).ok());
  }
  const auto statistics = small.statistics();
  EXPECT_LE(statistics.bytes, kCapacityBytes);
  EXPECT_GT(statistics.bytes, kCapacityBytes / 4);
  EXPECT_EQ(statistics.shoppers + statistics.evictions, 1000U);
  EXPECT_TRUE(small.try_lease("shopper-999").has_value());
  EXPECT_FALSE(small.try_lease("shopper-0").has_value());
  auto again = small.bring("shopper-0");
  EXPECT_FLOAT_EQ(prob(small, *again), FakeScorer::expected_prob(20));
}

TEST_F(LiveShoppersTest, what_is_too_large_to_keep_is_served_all_the_same) {
  LiveShoppers none(store_, scorers_, 0, 0);
  append("anna", 0, 5);
  auto lease = none.bring("anna");
  ASSERT_TRUE(lease.ok());
  EXPECT_FLOAT_EQ(prob(none, *lease), FakeScorer::expected_prob(5));
  EXPECT_EQ(none.statistics().bytes, 0U);
}

bool streams(LiveShoppers& live, const std::string& shopper) {
  auto lease = live.bring(shopper);
  return lease.ok() && FakeScorer::streams(*lease->memory(0));
}

TEST_F(LiveShoppersTest, a_shopper_whose_events_come_while_warm_is_hot) {
  LiveShoppers live(store_, scorers_, kRoomy, kRoomy);
  append("anna", 0, 3);
  append("bert", 0, 3);
  EXPECT_FALSE(streams(live, "anna"));
  EXPECT_FALSE(streams(live, "anna")) << "reading alone changes nothing";
  EXPECT_FALSE(streams(live, "bert"));
  append("anna", 3, 4);
  live.events_appended(std::vector{view_event("anna", 3)});
  EXPECT_TRUE(streams(live, "anna"));
  EXPECT_FALSE(streams(live, "bert"));
  EXPECT_EQ(live.statistics().hot_shoppers, 1U);
  EXPECT_EQ(live.statistics().hot_bytes, FakeScorer::kHotBytes);
  append("anna", 4, 400);  // more than the state's history holds: a memory made anew is hot again
  live.events_appended(std::vector{view_event("anna", 399)});
  EXPECT_TRUE(streams(live, "anna"));
  EXPECT_EQ(live.statistics().rebuilds, 1U);
  EXPECT_EQ(live.statistics().hot_bytes, FakeScorer::kHotBytes);
}

TEST_F(LiveShoppersTest, hot_shoppers_stay_within_their_bytes_and_the_least_recently_used_cool_down) {
  constexpr std::size_t kHotBytes = 16 * (2 * FakeScorer::kHotBytes + 1);  // two a shard
  LiveShoppers live(store_, scorers_, kRoomy, kHotBytes);
  constexpr int kShoppers = 200;
  std::uint64_t warm_bytes = 0;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < kShoppers; ++i) {
      const std::string shopper = "shopper-" + std::to_string(i);
      const auto n = static_cast<std::uint64_t>(round);
      append(shopper, n, n + 1);
      live.events_appended(std::vector{view_event(shopper, n)});
      ASSERT_TRUE(live.bring(shopper).ok());
      ASSERT_LE(live.statistics().hot_bytes, kHotBytes);
    }
    if (round == 0) warm_bytes = live.statistics().bytes;
  }
  const auto statistics = live.statistics();
  EXPECT_EQ(statistics.hot_shoppers, 32U);
  EXPECT_EQ(statistics.hot_bytes, 32 * FakeScorer::kHotBytes);
  EXPECT_EQ(statistics.shoppers, static_cast<std::uint64_t>(kShoppers));
  EXPECT_LT(statistics.bytes, warm_bytes + statistics.hot_bytes + kShoppers * sizeof(state::BrowseRecord) * 2);
  EXPECT_TRUE(streams(live, "shopper-199"));
  EXPECT_FALSE(streams(live, "shopper-0"));
  auto cooled = live.bring("shopper-0");
  EXPECT_FLOAT_EQ(prob(live, *cooled), FakeScorer::expected_prob(2));
}

TEST_F(LiveShoppersTest, nobody_is_hot_where_one_alone_would_take_more_than_all_may) {
  LiveShoppers live(store_, scorers_, kRoomy, 16 * (FakeScorer::kHotBytes - 1));
  for (std::uint64_t n = 0; n < 3; ++n) {
    append("anna", n, n + 1);
    live.events_appended(std::vector{view_event("anna", n)});
    EXPECT_FALSE(streams(live, "anna"));
  }
  EXPECT_EQ(live.statistics().hot_bytes, 0U);
}

TEST_F(LiveShoppersTest, counts_hits) {
  append("anna", 0, 1);
  { ASSERT_TRUE(live_.bring("anna").ok()); }
  { ASSERT_TRUE(live_.bring("anna").ok()); }
  { ASSERT_TRUE(live_.try_lease("anna").has_value()); }
  EXPECT_EQ(live_.statistics().hits, 2U);
  EXPECT_EQ(live_.statistics().refreshes, 1U);
}

TEST_F(LiveShoppersTest, readers_and_writers_of_one_shopper_agree_in_the_end) {
  std::vector<std::thread> threads;
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([this, writer] {
      for (std::uint64_t n = 0; n < 50; ++n) append("anna-" + std::to_string(writer), n, n + 1);
    });
    threads.emplace_back([this, writer] {
      std::uint64_t seen = 0;
      while (seen < 50) {
        auto lease = live_.bring("anna-" + std::to_string(writer));
        ASSERT_TRUE(lease.ok());
        const std::uint64_t count = lease->shopper_state().event_count;
        ASSERT_GE(count, seen);
        ASSERT_FLOAT_EQ(prob(live_, *lease), FakeScorer::expected_prob(count));
        seen = count;
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(LiveShoppersTest, unknown_models_are_named_with_those_that_are_live) {
  auto lease = live_.bring("anna");
  ScorerWorkspaces workspaces(scorers_);
  ShopperKnowledge knowledge(scorers_, *lease, workspaces, WorldSnapshot());
  const auto answer = knowledge.score("dipm", 0);
  EXPECT_EQ(answer.status().code(), base::ErrorCode::kNotFound);
  EXPECT_NE(answer.status().message().find("fake"), std::string::npos);
}

// A model that cannot follow any event.
class LostScorer final : public feature::Scorer {
 public:
  [[nodiscard]] const feature::ScorerInfo& info() const override { return real_.info(); }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override { return real_.new_memory(); }
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override {
    return real_.new_workspace();
  }
  [[nodiscard]] bool catch_up(const state::ShopperState&, feature::ScorerMemory&) const override { return false; }
  void score(const state::ShopperState&, const feature::ScorerMemory&, std::int64_t, feature::ScorerWorkspace&,
             std::span<float> probs) const override {
    probs[0] = 1;
  }

 private:
  FakeScorer real_{"lost"};
};

TEST_F(LiveShoppersTest, a_model_that_cannot_follow_is_unavailable_and_the_others_answer) {
  const Scorers both{std::make_shared<LostScorer>(), std::make_shared<FakeScorer>()};
  LiveShoppers live(store_, both, kRoomy, kRoomy);
  append("anna", 0, 4);
  auto lease = live.bring("anna");
  ASSERT_TRUE(lease.ok());
  ScorerWorkspaces workspaces(both);
  ShopperKnowledge knowledge(both, *lease, workspaces, WorldSnapshot());
  EXPECT_EQ(knowledge.score("lost", 0).status().code(), base::ErrorCode::kUnavailable);
  EXPECT_FLOAT_EQ(prob(live, *lease), FakeScorer::expected_prob(4));
}

}  // namespace
}  // namespace inkling::server
