#include "server/world_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/core/hash.h"
#include "server/fake_store.h"

namespace inkling::server {
namespace {

domain::Event item_event(const std::string& item) {
  domain::Item facts;
  facts.item = item;
  return {.id = "told-" + item, .ts_ms = 1000, .shopper = {}, .session = {}, .body = facts, .unknown_json = {}};
}

domain::Event view_event_of(const std::string& item, int n) {
  domain::Action action;
  action.item = item;
  return {.id = "view-" + item + std::to_string(n),
          .ts_ms = 2000,
          .shopper = "ann",
          .session = {},
          .body = action,
          .unknown_json = {}};
}

class WorldKeeperTest : public testing::Test {
 protected:
  void append(const std::vector<domain::Event>& events) { ASSERT_TRUE(store_.append(events).ok()); }
  std::string hottest() {
    const auto world = keeper_.world();
    return world->hot().empty() ? "none" : world->facts(world->hot().front().row).item;
  }

  FakeStore store_;
  std::vector<std::string> log_lines_;
  WorldKeeper keeper_{store_, [this](std::string_view line) { log_lines_.emplace_back(line); }, 0};
};

TEST_F(WorldKeeperTest, has_an_empty_world_before_anything_was_told) {
  EXPECT_EQ(keeper_.world()->item_count(), 0U);
  ASSERT_TRUE(keeper_.read_journal(100).ok());
  EXPECT_EQ(keeper_.world()->name(), "w0");
}

TEST_F(WorldKeeperTest, reads_the_journal_and_then_follows_its_tail) {
  append({item_event("a"), item_event("b"), view_event_of("b", 1)});
  ASSERT_TRUE(keeper_.read_journal(100).ok());
  EXPECT_EQ(hottest(), "b");
  EXPECT_EQ(keeper_.world()->name(), "w3");
  keeper_.start();
  append({view_event_of("a", 1), view_event_of("a", 2)});
  keeper_.events_appended();
  keeper_.await(5);
  EXPECT_EQ(hottest(), "a");
  append({item_event("c")});
  keeper_.events_appended();
  keeper_.await(6);
  EXPECT_TRUE(keeper_.world()->find("c"));
  EXPECT_EQ(keeper_.statistics().sequence, 6U);
  EXPECT_EQ(keeper_.statistics().items, 3U);
}

TEST_F(WorldKeeperTest, starts_from_the_newest_events_and_takes_older_facts_from_the_catalogue) {
  append({item_event("a"), item_event("b"), view_event_of("a", 1), view_event_of("b", 1), view_event_of("ghost", 1)});
  ASSERT_TRUE(keeper_.read_journal(2).ok());
  EXPECT_EQ(keeper_.world()->sequence(), 5U);
  EXPECT_EQ(keeper_.world()->find("a"), std::nullopt) << "nothing happened to it in the part that was read";
  EXPECT_EQ(hottest(), "b");
  EXPECT_EQ(keeper_.world()->find("ghost"), std::nullopt) << "nobody ever told it";
}

domain::Event promotion_event(const std::string& id, const std::string& promotion, const std::string& definition) {
  return {.id = id,
          .ts_ms = 1000,
          .shopper = {},
          .session = {},
          .body = domain::Promotion{promotion, definition},
          .unknown_json = {}};
}

TEST_F(WorldKeeperTest, publishes_promotions_those_before_the_part_that_is_read_too) {
  const auto saves = [](int cents) {
    return R"({"every":{"spend_cents":100,"save_cents":)" + std::to_string(cents) + "}}";
  };
  append({promotion_event("1", "old", saves(1)), promotion_event("2", "told-twice", saves(2)),
          promotion_event("3", "told-twice", saves(3)), item_event("a"), promotion_event("4", "new", saves(4))});
  ASSERT_TRUE(keeper_.read_journal(2).ok());
  const auto offers = keeper_.snapshot().offers;
  ASSERT_EQ(offers->size(), 3U);
  EXPECT_TRUE(offers->find("old"));
  EXPECT_EQ(offers->promotion(*offers->find("told-twice")).tiers[0].save_cents, 3);
  keeper_.start();
  append({promotion_event("5", "old", R"({"withdrawn":true})")});
  keeper_.events_appended();
  keeper_.await(6);
  EXPECT_FALSE(keeper_.snapshot().offers->find("old"));
  EXPECT_TRUE(offers->find("old")) << "who holds a book keeps it";
}

TEST_F(WorldKeeperTest, keeps_an_older_world_whole_for_who_holds_it) {
  append({item_event("a")});
  ASSERT_TRUE(keeper_.read_journal(100).ok());
  const auto before = keeper_.world();
  keeper_.start();
  append({item_event("b"), view_event_of("b", 1)});
  keeper_.events_appended();
  keeper_.await(3);
  EXPECT_EQ(before->item_count(), 1U);
  EXPECT_EQ(before->hot().size(), 1U);
  EXPECT_EQ(hottest(), "b");
}

domain::Event priced_event(const std::string& id, const std::string& item, std::int64_t price_cents) {
  domain::Event event = item_event(item);
  event.id = id;
  std::get<domain::Item>(event.body).price = domain::Money{price_cents, {}};
  return event;
}

TEST_F(WorldKeeperTest, keeps_goods_with_vectors_in_step_with_their_prices) {
  EXPECT_TRUE(keeper_.snapshot().vectors->empty()) << "of no package";
  auto vectors = index::ItemVectors::make(1, {base::name_hash("a")}, {1});
  ASSERT_TRUE(vectors.ok());
  WorldKeeper keeper(store_, {}, 0, {{"some", "v1", std::make_shared<const index::ItemVectors>(*vectors)}});
  append({priced_event("1", "a", 500), priced_event("2", "b", 500)});
  ASSERT_TRUE(keeper.read_journal(100).ok());
  const auto before = keeper.snapshot();
  ASSERT_EQ(before.vectors->size(), 1U);
  ASSERT_EQ(before.vectors->front()->goods().size(), 1U);
  EXPECT_EQ(before.vectors->front()->goods()[0].world_row, before.world->find("a"));
  keeper.start();
  append({priced_event("3", "a", 700)});
  keeper.events_appended();
  keeper.await_vectors(3);
  EXPECT_EQ(keeper.snapshot().vectors->front()->goods()[0].price_cents, 700);
  EXPECT_EQ(before.vectors->front()->goods()[0].price_cents, 500) << "who holds a snapshot keeps it";
}

TEST_F(WorldKeeperTest, stops_while_nothing_happens) {
  ASSERT_TRUE(keeper_.read_journal(100).ok());
  keeper_.start();
  keeper_.stop();
  keeper_.await(1'000'000);  // returns, for no world will come any more
  EXPECT_EQ(keeper_.world()->name(), "w0");
}

}  // namespace
}  // namespace inkling::server
