// What a warm shopper bought is what replay says, whatever happened meanwhile.
#include "server/personal_memory.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/core/random.h"
#include "basket/purchase_reader.h"
#include "scene/fixed_ranker.h"
#include "server/fake_scorer.h"
#include "server/fake_store.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {
namespace {

constexpr std::size_t kRoomy = 64 * 1024 * 1024;

Rankers one_ranker(const std::string& model = "ranker") {
  auto ranker = scene::fixed_ranker(model, "v3", {});
  return ranker.ok() ? Rankers{*std::move(ranker)} : Rankers();
}

domain::Event purchase_event(const std::string& id, const std::string& shopper, std::int64_t ts_ms,
                             const std::vector<std::string>& items) {
  domain::Action action;
  action.action = domain::ActionKind::kPurchase;
  for (const std::string& item : items) action.lines.emplace_back().item = item;
  domain::Event event;
  event.id = id;
  event.ts_ms = ts_ms;
  event.shopper = shopper;
  event.body = std::move(action);
  return event;
}

// As inkling train reads it: all of the journal, in the order of time.
basket::PersonalHistory replayed(const store::Store& store, const std::string& shopper) {
  std::vector<basket::Purchase> purchases;
  basket::PurchaseReader reader;
  EXPECT_TRUE(store
                  .read_journal(1,
                                [&](const store::JournalEntry& entry) {
                                  auto purchase = reader.read(entry.event);
                                  if (purchase && entry.event.shopper == shopper) purchases.push_back(*purchase);
                                  return true;
                                })
                  .ok());
  basket::order_by_time(purchases);
  basket::PersonalHistory history;
  for (const basket::Purchase& purchase : purchases) history.add(purchase);
  return history;
}

// Four shoppers who look and buy at random; one purchase in four comes late, some name nothing.
class RandomShop {
 public:
  explicit RandomShop(std::uint64_t seed) : random_(seed) {}

  [[nodiscard]] std::string shopper() { return "s" + std::to_string(random_.below(4)); }
  [[nodiscard]] bool chance(double prob) { return random_.chance(prob); }
  [[nodiscard]] std::vector<domain::Event> batch() {
    std::vector<domain::Event> events;
    for (std::uint64_t left = 1 + random_.below(4); left > 0; --left) events.push_back(event());
    return events;
  }

 private:
  domain::Event event() {
    const std::string id = "e" + std::to_string(++number_);
    clock_ms_ += 1 + static_cast<std::int64_t>(random_.below(5000));
    if (random_.chance(0.5)) {
      domain::Event view = view_event(shopper(), number_);
      view.id = id;
      return view;
    }
    std::vector<std::string> items;
    for (std::uint64_t left = random_.below(5); left > 0; --left)
      items.push_back("i" + std::to_string(random_.below(9)));
    const std::int64_t late_ms = random_.chance(0.25) ? static_cast<std::int64_t>(random_.below(60'000)) : 0;
    return purchase_event(id, shopper(), clock_ms_ - late_ms, items);
  }

  base::Random random_;
  std::uint64_t number_ = 0;
  std::int64_t clock_ms_ = 1'700'000'000'000;
};

TEST(PersonalMemoryProperty, is_what_replay_says_after_any_appends_evictions_and_restarts) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomShop shop(seed);
    FakeStore store;
    const std::size_t capacity = seed % 2 == 0 ? kRoomy : 0;  // with no room every shopper is evicted at once
    auto live = std::make_unique<LiveShoppers>(store, Scorers(), capacity, 0, one_ranker());
    std::size_t baskets = 0;
    for (int step = 0; step < 200; ++step) {
      const auto events = shop.batch();
      ASSERT_TRUE(store.append(events).ok());
      live->events_appended(events);
      if (shop.chance(0.05)) live = std::make_unique<LiveShoppers>(store, Scorers(), capacity, 0, one_ranker());
      const std::string shopper = shop.shopper();
      const auto lease = live->bring(shopper);
      ASSERT_TRUE(lease.ok());
      ASSERT_EQ(lease->history(), replayed(store, shopper)) << "seed " << seed << ", step " << step;
      baskets += lease->history().basket_count();
    }
    EXPECT_GT(baskets, 1000U);
  }
}

class PersonalMemoryTest : public testing::Test {
 protected:
  void append(const domain::Event& event) { ASSERT_TRUE(store_.append(std::vector{event}).ok()); }
  state::ShopperState state() { return *store_.shopper_state("anna"); }

  FakeStore store_;
};

TEST_F(PersonalMemoryTest, tells_of_just_the_purchases_that_the_state_has_folded) {
  append(purchase_event("1", "anna", 10, {"hat"}));
  const state::ShopperState early = state();
  append(purchase_event("2", "anna", 20, {"scarf"}));
  PersonalMemory memory;
  ASSERT_TRUE(memory.catch_up(store_, "anna", early).ok());
  EXPECT_EQ(memory.history().basket_count(), 1U);
  ASSERT_TRUE(memory.catch_up(store_, "anna", state()).ok());
  EXPECT_EQ(memory.history().basket_count(), 2U);
}

TEST_F(PersonalMemoryTest, starts_again_after_a_store_that_failed_in_the_middle) {
  append(purchase_event("1", "anna", 10, {"hat"}));
  PersonalMemory memory;
  ASSERT_TRUE(memory.catch_up(store_, "anna", state()).ok());
  append(purchase_event("2", "anna", 20, {"scarf"}));
  const state::ShopperState late = state();
  store_.fail_reading(base::io_error("the disk is gone"));
  EXPECT_EQ(memory.catch_up(store_, "anna", late).code(), base::ErrorCode::kIo);
  store_.fail_reading(std::nullopt);
  ASSERT_TRUE(memory.catch_up(store_, "anna", late).ok());
  EXPECT_EQ(memory.history(), replayed(store_, "anna"));
}

TEST_F(PersonalMemoryTest, counts_in_the_capacity_of_warm_shoppers) {
  std::vector<std::string> many;
  for (int i = 0; i < 1000; ++i) many.push_back("item-" + std::to_string(i));
  append(purchase_event("1", "anna", 10, many));
  LiveShoppers with(store_, Scorers(), kRoomy, 0, one_ranker()), without(store_, Scorers(), kRoomy, 0);
  ASSERT_TRUE(with.bring("anna").ok());
  ASSERT_TRUE(without.bring("anna").ok());
  EXPECT_GE(with.statistics().bytes, without.statistics().bytes + 1000 * sizeof(basket::PersonalItem));
}

TEST_F(PersonalMemoryTest, is_not_read_where_no_ranking_package_is_live) {
  append(purchase_event("1", "anna", 10, {"hat"}));
  LiveShoppers without(store_, Scorers(), kRoomy, 0);
  store_.fail_reading(base::io_error("nobody may read"));
  const auto lease = without.bring("anna");
  ASSERT_TRUE(lease.ok());
  EXPECT_EQ(lease->history().basket_count(), 0U);
}

TEST_F(PersonalMemoryTest, is_what_scenes_are_given_with_the_live_package) {
  append(purchase_event("1", "anna", 10, {"hat"}));
  LiveShoppers live(store_, Scorers(), kRoomy, 0, one_ranker("add_on"));
  const auto lease = live.bring("anna");
  ASSERT_TRUE(lease.ok());
  ScorerWorkspaces workspaces(live.scorers(), live.rankers());
  ShopperKnowledge knowledge(live.scorers(), *lease, workspaces, WorldSnapshot());
  const auto ranker = knowledge.ranker("add_on");
  ASSERT_TRUE(ranker.ok());
  EXPECT_EQ(ranker->package->model + " " + ranker->package->version, "add_on v3");
  EXPECT_EQ(ranker->history->basket_count(), 1U);
  EXPECT_EQ(knowledge.ranker("add_onn").status().message(),
            "model: no package of \"add_onn\" is live; live are: add_on");
  ScorerWorkspaces none(live.scorers());
  EXPECT_EQ(ShopperKnowledge(live.scorers(), *lease, none, WorldSnapshot()).ranker("add_on").status().message(),
            "model: no package of \"add_on\" is live; none is, of any model that orders candidates");
}

}  // namespace
}  // namespace inkling::server
