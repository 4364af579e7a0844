#include "server/vector_shelf.h"

#include <gtest/gtest.h>

#include "base/core/hash.h"
#include "index/world_builder.h"
#include "server/fake_store.h"
#include "server/shopper_knowledge.h"

namespace inkling::server {
namespace {

// Moves on by a step whenever it is asked.
class SteppingTime final : public scene::SteadyTime {
 public:
  [[nodiscard]] std::int64_t now_us() const override { return now_us_ += step_us; }
  std::int64_t step_us = 0;

 private:
  mutable std::int64_t now_us_ = 0;
};

class VectorShelfTest : public testing::Test {
 protected:
  static VectorPackages packages() {
    auto vectors = index::ItemVectors::make(1, {base::name_hash("a")}, {1});
    EXPECT_TRUE(vectors.ok());
    return {{"some", "v1", std::make_shared<const index::ItemVectors>(*std::move(vectors))}};
  }
  std::shared_ptr<const index::World> priced(std::int64_t price_cents) {
    domain::Item facts;
    facts.item = "a";
    facts.price = domain::Money{price_cents, {}};
    builder_.fold(++sequence_,
                  {.id = {}, .ts_ms = 1, .shopper = {}, .session = {}, .body = facts, .unknown_json = {}});
    return builder_.publish();
  }

  index::WorldBuilder builder_;
  std::uint64_t sequence_ = 0;
  SteppingTime time_;
};

TEST_F(VectorShelfTest, makes_a_slab_anew_only_when_goods_or_prices_are_others) {
  VectorShelf shelf(packages(), 0, time_);
  EXPECT_TRUE(shelf.slabs()->empty());
  ASSERT_TRUE(shelf.follow(*priced(100)).ok());
  const auto first = shelf.slabs();
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->front()->goods()[0].price_cents, 100);
  ASSERT_TRUE(shelf.follow(*priced(100)).ok());
  EXPECT_EQ(shelf.slabs(), first);
  ASSERT_TRUE(shelf.follow(*priced(120)).ok());
  EXPECT_EQ(shelf.slabs()->front()->goods()[0].price_cents, 120);
  EXPECT_EQ(first->front()->goods()[0].price_cents, 100) << "who holds a slab keeps it";
}

TEST_F(VectorShelfTest, rests_as_long_as_told_and_twenty_times_as_long_as_it_worked) {
  VectorShelf shelf(packages(), 5, time_);
  EXPECT_LE(shelf.due_in_us(), 0);
  ASSERT_TRUE(shelf.follow(*priced(100)).ok());
  EXPECT_EQ(shelf.due_in_us(), 5000);
  time_.step_us = 1000;
  ASSERT_TRUE(shelf.follow(*priced(110)).ok());
  EXPECT_EQ(shelf.due_in_us(), 20 * 1000 - 1000);
}

TEST_F(VectorShelfTest, is_behind_from_a_new_world_until_it_followed) {
  VectorShelf shelf(packages(), 0, time_);
  EXPECT_FALSE(shelf.behind());
  shelf.world_changed();
  EXPECT_TRUE(shelf.behind());
  ASSERT_TRUE(shelf.follow(*priced(100)).ok());
  EXPECT_FALSE(shelf.behind());
  VectorShelf none({}, 0, time_);
  none.world_changed();
  EXPECT_FALSE(none.behind()) << "without a package there is nothing to follow with";
}

TEST_F(VectorShelfTest, tells_a_running_scene_the_slab_of_the_model_that_it_names) {
  VectorShelf shelf(packages(), 0, time_);
  WorldSnapshot snapshot{priced(100), std::make_shared<const offer::PromotionBook>(), nullptr};
  ASSERT_TRUE(shelf.follow(*snapshot.world).ok());
  snapshot.vectors = shelf.slabs();
  FakeStore store;
  LiveShoppers live(store, {}, 1 << 20, 0);
  const auto lease = live.bring("ann");
  ASSERT_TRUE(lease.ok());
  ScorerWorkspaces workspaces(live.scorers());
  const ShopperKnowledge knowledge(live.scorers(), *lease, workspaces, snapshot);
  EXPECT_EQ(knowledge.vectors("some"), shelf.slabs()->front().get());
  EXPECT_EQ(knowledge.vectors("other"), nullptr);
}

}  // namespace
}  // namespace inkling::server
