#include "scene/answer_cache.h"

#include <gtest/gtest.h>

#include "scene/shop_for_test.h"

namespace inkling::scene {
namespace {

std::vector<CachedItem> one(std::uint64_t name) {
  return {{name, 1.0F}};
}

TEST(AnswerCache, tells_the_newest_answer_of_a_place) {
  AnswerCache cache(100, 1000);
  EXPECT_EQ(cache.find(7, 0), nullptr);
  cache.keep(7, one(1), 0);
  cache.keep(7, one(2), 10);
  cache.keep(8, one(3), 10);
  ASSERT_NE(cache.find(7, 20), nullptr);
  EXPECT_EQ(cache.find(7, 20)->front().name, 2U);
  const AnswerCacheCounts counts = cache.counts();
  EXPECT_EQ(counts.hits, 2U);
  EXPECT_EQ(counts.misses, 1U);
  EXPECT_EQ(counts.kept, 3U);
  EXPECT_EQ(counts.answers, 2U);
}

TEST(AnswerCache, tells_nothing_that_is_older_than_its_life) {
  AnswerCache cache(100, 1000);
  cache.keep(7, one(1), 5);
  EXPECT_NE(cache.find(7, 1004), nullptr);
  EXPECT_EQ(cache.find(7, 1005), nullptr);
}

TEST(AnswerCache, wants_a_place_once_a_second) {
  AnswerCache cache(100, 60'000);
  EXPECT_TRUE(cache.wants(7, 0));
  cache.keep(7, one(1), 0);
  EXPECT_FALSE(cache.wants(7, 999));
  EXPECT_TRUE(cache.wants(7, 1000));
}

TEST(AnswerCache, lets_go_of_what_was_filled_longest_ago) {
  AnswerCache cache(32, 60'000);  // two a shard; these places share one
  cache.keep(16, one(1), 0);
  cache.keep(32, one(2), 1);
  cache.keep(16, one(3), 2);
  cache.keep(48, one(4), 3);
  EXPECT_NE(cache.find(16, 4), nullptr);
  EXPECT_EQ(cache.find(32, 4), nullptr);
  EXPECT_NE(cache.find(48, 4), nullptr);
  EXPECT_EQ(cache.counts().evicted, 1U);
}

TEST(AnswerCache, keeps_nothing_when_it_has_no_room_at_all) {
  AnswerCache cache(0, 60'000);
  EXPECT_FALSE(cache.wants(7, 0));
  cache.keep(7, one(1), 0);
  EXPECT_EQ(cache.find(7, 0), nullptr);
}

class AnswerCachePlaceTest : public ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    tell_priced("button", 10);
    tell_priced("hat", 1000);
    promise("spend-300", R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
    promise("spend-301", R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
    act("ann", domain::ActionKind::kCartAdd, "coat");
  }
  std::uint64_t place(std::string_view promotion = "spend-300", std::string_view scene = "add-on") {
    understand_need(promotion);
    return AnswerCache::place_of(scene, *exchange().slots.need);
  }
};

TEST_F(AnswerCachePlaceTest, depends_on_scene_promotion_and_price_band_of_the_gap) {
  const std::uint64_t before = place();
  EXPECT_NE(place("spend-301"), before);
  EXPECT_NE(place("spend-300", "other"), before);
  act("ann", domain::ActionKind::kCartAdd, "button");
  EXPECT_EQ(place(), before) << "ten cents are the same band";
  act("ann", domain::ActionKind::kCartAdd, "hat");
  EXPECT_NE(place(), before);
}

TEST_F(AnswerCachePlaceTest, keeps_first_pages_that_nobody_searched_for) {
  AnswerCache cache(100, 60'000);
  exchange().cache = &cache;
  exchange().scene = "add-on";
  const std::uint64_t here = place();
  found("hat");
  request_.query = "hats";
  keep_answer(exchange());
  EXPECT_EQ(cache.find(here, 0), nullptr);
  request_.query = "";
  request_.cursor = "100000000";
  keep_answer(exchange());
  EXPECT_EQ(cache.find(here, 0), nullptr);
  request_.cursor = "";
  keep_answer(exchange());
  EXPECT_NE(cache.find(here, 0), nullptr);
}

}  // namespace
}  // namespace inkling::scene
