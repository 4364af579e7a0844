#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::pool {

const scene::StageBlueprint& blueprint();

namespace {

namespace fs = std::filesystem;
using domain::ActionKind;
using scene::RawParameter;

class PoolStageTest : public scene::ShopTest {
 protected:
  PoolStageTest() { fs::create_directories(folder_); }
  ~PoolStageTest() override { fs::remove_all(folder_); }

  void pool(const std::string& name, const std::string& rest) {
    std::ofstream(folder_ / (name + ".yaml")) << "pool: " << name << "\n" << rest << "\n";
  }
  base::Status run(std::vector<RawParameter> given = {}) {
    given.push_back(RawParameter::plain("folder", folder_.string()));
    return ShopTest::run(blueprint(), given);
  }
  void tell_shop() {
    tell_goods("tea", "Tea", "s-1", domain::Money{700, {}});
    tell_goods("coffee", "Coffee", "s-1", domain::Money{1100, {}});
    tell_goods("beans", "Coffee", "s-2", domain::Money{2100, {}});
    tell_goods("lamp", "Lamps", "s-2", domain::Money{4000, {}});
    tell_goods("gift", "Gifts", "s-2", {});
    for (const char* item : {"beans", "beans", "beans", "lamp", "lamp", "tea"}) view("bob", item);
  }

  fs::path folder_ = fs::path(testing::TempDir()) / "recall_pool_test";
};

TEST_F(PoolStageTest, adds_what_can_be_bought_of_a_list_in_its_order) {
  tell_shop();
  tell("gone", "Tea", false);
  pool("list", "items: [lamp, gone, never told, tea]");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"lamp", "tea"}));
  EXPECT_EQ(reasons(), (Texts{"pool:list", "pool:list"}));
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(0), "pool"), 1);
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(1), "pool"), 0.5F);
}

TEST_F(PoolStageTest, adds_what_follows_a_rule_most_wanted_first) {
  tell_shop();
  pool("drinks", "categories: [Coffee, Tea, Cocoa]");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"beans", "tea", "coffee"}));
}

TEST_F(PoolStageTest, a_rule_means_all_that_it_says) {
  tell_shop();
  pool("rule", "categories: [Coffee, Lamps]\nshops: [s-2]\nfrom_cents: 2100\nto_cents: 3999");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"beans"});
}

TEST_F(PoolStageTest, a_rule_may_be_a_price_a_shop_or_an_order_alone) {
  tell_shop();
  for (const auto& [rule, expected] : {std::pair{"from_cents: 1100\nto_cents: 2100", Texts{"beans", "coffee"}},
                                       {"shops: [s-1]", {"tea", "coffee"}},
                                       {"order: hot", {"beans", "lamp", "tea", "coffee", "gift"}},
                                       {"order: newest", {"tea", "coffee", "beans", "lamp", "gift"}}}) {
    exchange().slots.candidates.clear();
    pool("rule", rule);
    ASSERT_TRUE(run().ok());
    EXPECT_EQ(items(), expected) << rule;
  }
}

TEST_F(PoolStageTest, newest_come_first_where_a_rule_says_so) {
  for (const char* item : {"old", "newer"}) {
    tell_goods(item, "Tea", "s-1", domain::Money{700, {}});
    now_ms_ += 1;
  }
  view("bob", "old");
  pool("rule", "categories: [Tea]\norder: newest");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), (Texts{"newer", "old"}));
}

TEST_F(PoolStageTest, is_off_before_its_start_and_from_its_end_on) {
  tell_shop();
  pool("sale", "items: [tea]\nstarts: 2025-01-01T00:00:00Z\nends: 2025-01-01T00:00:01Z");
  pool("always", "items: [lamp]");
  const auto at = [&](std::int64_t now_ms) {
    exchange().slots.candidates.clear();
    now_ms_ = now_ms;
    EXPECT_TRUE(run().ok());
    return items();
  };
  EXPECT_EQ(at(1'735'689'599'999), Texts{"lamp"});
  EXPECT_EQ(at(1'735'689'600'000), (Texts{"lamp", "tea"}));
  EXPECT_EQ(at(1'735'689'601'000), Texts{"lamp"});
}

TEST_F(PoolStageTest, keeps_its_quota_for_each_pool_and_both_reasons_of_one_item) {
  tell_shop();
  pool("a", "items: [tea, lamp]");
  pool("b", "items: [beans, tea]");
  pool("c", "items: [tea]");
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), (Texts{"tea", "beans"}));
  EXPECT_FLOAT_EQ(scene::recall_score(candidate(0), "pool"), 2) << "two pools have it";
}

TEST_F(PoolStageTest, adds_only_what_completes_the_basket_where_something_is_missing) {
  tell_shop();
  tell_priced("coat", 26'000);
  act("ann", ActionKind::kCartAdd, "coat");
  promise("spend-300", R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})");
  pool("list", "items: [tea, beans, lamp, gift]");
  pool("rule", "from_cents: 3000\nto_cents: 4000");
  understand_need();
  ASSERT_TRUE(run({RawParameter::plain("quota", "1")}).ok());
  EXPECT_EQ(items(), Texts{"lamp"}) << "what does not reach takes no place of the quota";
}

TEST_F(PoolStageTest, refuses_wrong_files_and_a_folder_beside_no_scene) {
  pool("a", "item: [tea]");
  EXPECT_EQ(run().message(), "folder: " + (folder_ / "a.yaml").string() +
                                 ":2: item: there is no such parameter; expected one of pool, description, items, "
                                 "categories, shops, from_cents, to_cents, order, starts, ends; did you mean items?");
  EXPECT_EQ(ShopTest::run(blueprint()).message(),
            "folder: \"pools\" is seen from the scene file, and this scene stands in none; allowed is a whole path");
}

}  // namespace
}  // namespace inkling::stages::recall::pool
