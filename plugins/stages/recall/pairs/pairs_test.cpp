#include <gtest/gtest.h>

#include <algorithm>

#include "base/core/random.h"
#include "plugins/stages/recall/pairs/best_pairs.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::pairs {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;

struct Found {
  std::int64_t cents;
  double score;
  std::uint32_t one, other;
  auto operator<=>(const Found&) const = default;
};

// All pairs, sorted, and then the first of each goods.
std::vector<Found> by_trying_all(const std::vector<PricedGoods>& goods, const scene::PriceRange& sum,
                                 std::uint32_t modulus) {
  std::vector<Found> all;
  for (std::uint32_t i = 0; i < goods.size(); ++i) {
    for (std::uint32_t j = i + 1; j < goods.size(); ++j) {
      const std::int64_t cents = goods[i].cents + goods[j].cents;
      if (!sum.holds(cents) || (goods[i].row + goods[j].row) % modulus == 0) continue;
      all.push_back({cents, -(goods[i].score + goods[j].score), i, j});
    }
  }
  std::ranges::sort(all);
  std::vector<bool> used(goods.size(), false);
  std::erase_if(all, [&](const Found& pair) {
    if (used[pair.one] || used[pair.other]) return true;
    used[pair.one] = used[pair.other] = true;
    return false;
  });
  return all;
}

TEST(BestPairs, are_those_that_trying_all_finds) {
  base::Random random(11);
  BestPairs pairs;
  std::size_t count = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<PricedGoods> goods(random.below(25));
    for (std::uint32_t row = 0; row < goods.size(); ++row) {
      goods[row] = {static_cast<std::int64_t>(random.below(30)), static_cast<double>(random.below(4)), row};
    }
    const auto low = static_cast<std::int64_t>(random.below(60));
    const scene::PriceRange sum{low, low + static_cast<std::int64_t>(random.below(8))};
    const auto modulus = 2 + static_cast<std::uint32_t>(random.below(3));
    pairs.begin(goods, sum);
    std::vector<Found> found;
    GoodsPair pair;
    const auto fits = [&](std::uint32_t i, std::uint32_t j) { return (goods[i].row + goods[j].row) % modulus != 0; };
    while (pairs.next(pair, fits)) {
      found.push_back({goods[pair.one].cents + goods[pair.other].cents,
                       -(goods[pair.one].score + goods[pair.other].score), pair.one, pair.other});
    }
    ASSERT_EQ(found, by_trying_all(goods, sum, modulus)) << round;
    count += found.size();
  }
  EXPECT_GT(count, 3000U) << "else it tried too little";
}

TEST(BestPairs, give_up_after_a_bounded_number_of_tries) {
  std::vector<PricedGoods> goods(500, {10, 1, 0});
  BestPairs pairs;
  pairs.begin(goods, {20, 20});
  GoodsPair pair;
  std::size_t asked = 0;
  EXPECT_FALSE(pairs.next(pair, [&](std::uint32_t, std::uint32_t) { return ++asked, false; }));
  EXPECT_EQ(asked, kMostPairTries);
}

class PairsStageTest : public scene::ShopTest {
 protected:
  void SetUp() override {
    tell_priced("coat", 26'000);
    for (const auto& [item, cents] : {std::pair{"a", 1500}, {"b", 2500}, {"c", 2600}, {"d", 3000}, {"e", 900}}) {
      tell_priced(item, cents);
    }
    act("ann", ActionKind::kCartAdd, "coat");
    for (const char* item : {"b", "b", "a", "c"}) view("bob", item);
    promise(
        "shoes",
        R"({"scope": {"categories": [["all", "shoes"]]}, "tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  }
  base::Status run(const std::vector<RawParameter>& given = {}) {
    understand_need();
    return ShopTest::run(blueprint(), given);
  }
  Texts partners() const {
    Texts all;
    for (std::size_t i = 0; i < items().size(); ++i) all.emplace_back(candidate(i).with);
    return all;
  }
};

TEST_F(PairsStageTest, adds_the_pairs_that_overshoot_least_and_each_goods_once) {
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"b", "c"})) << "a pair is known by the one that is wanted more";
  EXPECT_EQ(partners(), (Texts{"a", "d"}))
      << "1500 + 2500 are what is missing; of what is left 2600 + 3000 are least";
  EXPECT_EQ(reasons(), (Texts{"together_with:a", "together_with:d"}));
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(0), "pairs"), 1);
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(1), "pairs"), 4000.0F / 5600);
}

TEST_F(PairsStageTest, adds_none_where_goods_complete_the_basket_alone) {
  tell_priced("alone", 4000);
  tell_priced("too dear", 9000);
  found("too dear");
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"too dear", "b"})) << "what costs too much is no way out";
  exchange().slots.candidates.clear();
  found("alone");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"alone"});
  ASSERT_TRUE(run({RawParameter::plain("enough", "2"), RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"alone", "b"}));
}

TEST_F(PairsStageTest, pairs_what_was_found_before_what_others_want) {
  tell_priced("seen", 1450);
  tell_priced("liked", 2560);
  for (const char* item : {"seen", "liked"}) found(item);
  ASSERT_TRUE(run({RawParameter::plain("among", "2")}).ok());
  ASSERT_EQ(items(), (Texts{"seen", "liked"}));
  EXPECT_EQ(partners(), (Texts{"", "seen"})) << "one candidate has the pair's mark, the other stays what it was";
}

TEST_F(PairsStageTest, pairs_only_what_counts_for_the_promotion_and_can_be_bought) {
  tell_priced("hat", 1500, "hats");
  for (const char* item : {"hat", "hat", "hat", "hat"}) view("bob", item);
  tell("a", "shoes", false);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"b"});
  EXPECT_EQ(partners(), Texts{"c"}) << "2500 + 2600; the hat counts for nothing, a is gone, e reaches with none left";
}

TEST_F(PairsStageTest, adds_none_without_a_step_to_reach) {
  act("ann", ActionKind::kCartRemove, "coat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts());
}

TEST_F(PairsStageTest, refuses_pairs_among_one) {
  EXPECT_EQ(run({RawParameter::plain("among", "1")}).message(),
            "among: 1 is below 2; allowed is a whole number from 2 to 500 (items)");
}

}  // namespace
}  // namespace inkling::stages::recall::pairs
