#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "base/core/hash.h"
#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::recall::vectors {

const scene::StageBlueprint& blueprint();

namespace {

using domain::ActionKind;
using scene::RawParameter;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSpend300 = R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}]})";
constexpr const char* kSpend300OnShoes =
    R"({"tiers": [{"spend_cents": 30000, "save_cents": 5000}], "scope": {"categories": [["all", "shoes"]]}})";

class VectorsStageTest : public scene::ShopTest {
 protected:
  // Items on a half circle, by the angle in degrees; ann's coat lacks 40 of a step of 300.
  void SetUp() override {
    tell_priced("coat", 26'000);
    act("ann", ActionKind::kCartAdd, "coat");
    place("coat", 0);
  }
  void place(const std::string& item, double degrees) { degrees_[base::name_hash(item)] = degrees; }
  void tell_placed(const std::string& item, std::int64_t price_cents, double degrees,
                   const std::string& leaf = "shoes") {
    tell_priced(item, price_cents, leaf);
    place(item, degrees);
  }
  void go_live() {
    std::vector<std::uint64_t> items;
    std::vector<float> values;
    for (const auto& [item, degrees] : degrees_) {
      items.push_back(item);
      const double angle = degrees * 3.14159265358979 / 180;
      values.push_back(static_cast<float>(std::cos(angle)));
      values.push_back(static_cast<float>(std::sin(angle)));
    }
    auto vectors = index::ItemVectors::make(2, std::move(items), std::move(values));
    ASSERT_TRUE(vectors.ok());
    auto shared = std::make_shared<const index::ItemVectors>(*std::move(vectors));
    set_vectors({"session_vectors", "v1", std::move(shared)});
  }
  base::Status run(const std::vector<RawParameter>& given = {}) {
    understand_need();
    return ShopTest::run(blueprint(), given);
  }
  static RawParameter no_shopper() { return RawParameter::plain("shopper", "0"); }

 private:
  std::map<std::uint64_t, double> degrees_;
};

TEST_F(VectorsStageTest, adds_what_is_near_the_ticked_goods_at_about_the_price_that_is_missing) {
  promise("spend-300", kSpend300);
  tell_placed("far", 5000, 60);
  tell_placed("near", 4000, 10);
  tell_placed("nearer-but-cheap", 3999, 5);
  tell_placed("nearer-but-dear", 6001, 5);
  tell_placed("most", 6000, 20);
  tell_placed("opposite", 5000, 100);
  go_live();
  ASSERT_TRUE(run({no_shopper()}).ok());
  EXPECT_THAT(items(), ElementsAre("near", "most", "far"));
  EXPECT_THAT(reasons(), ElementsAre("near:coat", "near:coat", "near:coat"));
  EXPECT_NEAR(scene::recall_score(candidate(2), "vectors"), 0.5, 1e-6);
  ASSERT_EQ(exchange().models.size(), 1U);
  EXPECT_EQ(exchange().models[0].version, "v1");
}

TEST_F(VectorsStageTest, adds_what_is_near_at_any_price_without_a_step_to_reach) {
  tell_placed("cheap", 1, 10);
  tell_placed("dear", 900'000, 20);
  go_live();
  ASSERT_TRUE(run({no_shopper()}).ok());
  EXPECT_THAT(items(), ElementsAre("cheap", "dear"));
}

TEST_F(VectorsStageTest, asks_for_what_is_near_the_shopper_beside_each_of_the_goods) {
  promise("spend-300", kSpend300);
  tell_placed("seen", 100, 80);
  tell_placed("like-seen", 5000, 82);
  tell_placed("like-coat", 5000, 1);
  view("ann", "seen");
  go_live();
  ASSERT_TRUE(run({RawParameter::plain("per_query", "1"), RawParameter::plain("items_to_half", "0.2")}).ok());
  EXPECT_THAT(items(), ElementsAre("like-coat", "like-seen"));
  EXPECT_THAT(reasons(), ElementsAre("near:coat", "near_you"));
}

TEST_F(VectorsStageTest, adds_up_what_several_queries_find) {
  tell_priced("scarf", 100);
  act("ann", ActionKind::kCartAdd, "scarf");
  place("scarf", 60);
  tell_placed("between", 5000, 30);
  go_live();
  ASSERT_TRUE(run({no_shopper()}).ok());
  ASSERT_THAT(items(), ElementsAre("between"));
  EXPECT_NEAR(scene::recall_score(candidate(0), "vectors"), 2 * std::cos(3.14159265 / 6), 1e-6);
  EXPECT_THAT(reasons(), ElementsAre("near:scarf")) << "what was put into the cart last comes first";
}

TEST_F(VectorsStageTest, starts_from_no_more_goods_than_told_and_from_none_that_is_not_ticked) {
  tell_priced("scarf", 100);
  act("ann", ActionKind::kCartAdd, "scarf");
  place("scarf", 90);
  tell_placed("like-coat", 5000, 1);
  tell_placed("like-scarf", 5000, 91);
  go_live();
  ASSERT_TRUE(run({no_shopper(), RawParameter::plain("triggers", "1")}).ok());
  EXPECT_THAT(items().front(), "like-scarf");
  for (const std::string& reason : reasons()) EXPECT_EQ(reason, "near:scarf");
  exchange().slots.candidates.clear();
  act("ann", ActionKind::kCartUntick, "scarf");
  ASSERT_TRUE(run({no_shopper()}).ok());
  for (const std::string& reason : reasons()) EXPECT_EQ(reason, "near:coat");
}

TEST_F(VectorsStageTest, never_adds_what_costs_another_price_by_now) {
  promise("spend-300", kSpend300);
  for (int i = 0; i < 40; ++i) tell_placed("item-" + std::to_string(i), 3000 + 100 * i, i);
  go_live();
  tell_priced("item-12", 9000);
  tell_priced("item-13", 100);
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items().size(), 21U - 2);
  for (const std::string& item : items()) {
    EXPECT_NE(item, "item-12");
    EXPECT_NE(item, "item-13");
    const int number = std::stoi(item.substr(5));
    EXPECT_GE(number, 10) << "40.00 is missing";
    EXPECT_LE(number, 30) << "and 60.00 is half as much again";
  }
}

TEST_F(VectorsStageTest, looks_past_what_does_not_count_for_the_promotion_or_went_off_sale) {
  promise("spend-300", kSpend300OnShoes);
  tell_placed("hat", 5000, 1, "hats");
  tell_placed("gone", 5000, 2);
  tell_placed("boot", 5000, 3);
  go_live();
  tell("gone", "shoes", false);
  ASSERT_TRUE(run({no_shopper(), RawParameter::plain("per_query", "1")}).ok());
  EXPECT_THAT(items(), ElementsAre("boot"));
}

TEST_F(VectorsStageTest, adds_nothing_and_says_so_without_a_package) {
  tell_placed("near", 5000, 1);
  request_.trace = true;
  ASSERT_TRUE(run().ok());
  EXPECT_TRUE(items().empty());
  EXPECT_THAT(exchange().notes, ElementsAre(HasSubstr("no package of \"session_vectors\" is live")));
  EXPECT_TRUE(exchange().models.empty());
}

TEST_F(VectorsStageTest, adds_nothing_and_says_so_when_nothing_known_has_a_vector) {
  tell_placed("near", 5000, 1);
  act("ann", ActionKind::kCartRemove, "coat");
  request_.trace = true;
  go_live();
  ASSERT_TRUE(run({no_shopper()}).ok());
  EXPECT_TRUE(items().empty());
  EXPECT_THAT(exchange().notes, ElementsAre(HasSubstr("no item that the shopper ticked or touched has a vector")));
}

TEST_F(VectorsStageTest, refuses_more_goods_to_start_from_than_one_search_takes) {
  go_live();
  EXPECT_THAT(run({RawParameter::plain("triggers", "16")}).message(), HasSubstr("16 is above 15"));
}

}  // namespace
}  // namespace inkling::stages::recall::vectors
