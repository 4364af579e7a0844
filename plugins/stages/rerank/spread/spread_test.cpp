#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::rerank::spread {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class SpreadStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

RawParameter per_category(const std::string& count) {
  return RawParameter::plain("per_category", count);
}
RawParameter window(const std::string& size) {
  return RawParameter::plain("window", size);
}

TEST_F(SpreadStageTest, lets_a_category_stand_no_more_often_than_allowed_in_any_window) {
  for (const char* item : {"a1", "a2", "a3", "a4"}) tell(item, "a");
  for (const char* item : {"b1", "b2", "b3"}) tell(item, "b");
  for (const char* item : {"a1", "a2", "a3", "a4", "b1", "b2", "b3"}) found(item);
  ASSERT_TRUE(run({per_category("1"), window("2")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "b1", "a2", "b2", "a3", "b3", "a4"}));
}

TEST_F(SpreadStageTest, counts_neighbouring_places_and_not_pages) {
  for (const char* item : {"a1", "a2", "a3"}) tell(item, "a");
  for (const char* item : {"b1", "c1", "d1"}) tell(item, std::string(1, item[0]));
  for (const char* item : {"a1", "a2", "a3", "b1", "c1", "d1"}) found(item);
  ASSERT_TRUE(run({per_category("2"), window("4")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "a2", "b1", "c1", "a3", "d1"}));
}

TEST_F(SpreadStageTest, relaxes_to_the_category_that_stands_there_least_and_then_to_the_best) {
  request_.trace = true;
  for (const char* item : {"a1", "a2", "a3", "a4"}) tell(item, "a");
  for (const char* item : {"b1", "b2"}) tell(item, "b");
  for (const char* item : {"a1", "a2", "b1", "a3", "b2", "a4"}) found(item);
  ASSERT_TRUE(run({per_category("1"), window("6")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "b1", "a2", "b2", "a3", "a4"}));
  EXPECT_EQ(exchange().notes, Texts{"relaxed at 4 places"});
}

TEST_F(SpreadStageTest, lets_items_without_a_category_stand_anywhere) {
  for (const char* item : {"x1", "x2", "x3"}) tell(item, "");
  for (const char* item : {"x1", "x2", "x3", "never told"}) found(item);
  ASSERT_TRUE(run({per_category("1"), window("3")}).ok());
  EXPECT_EQ(items(), (Texts{"x1", "x2", "x3", "never told"}));
}

TEST_F(SpreadStageTest, arranges_one_page_and_leaves_the_rest_in_order) {
  for (const char* item : {"a1", "a2", "a3"}) tell(item, "a");
  for (const char* item : {"b1", "b2"}) tell(item, "b");
  for (const char* item : {"a1", "a2", "a3", "b1", "b2"}) found(item);
  request_.size = 2;
  ASSERT_TRUE(run({per_category("1"), window("2")}).ok());
  EXPECT_EQ(items(), (Texts{"a1", "b1", "a2", "a3", "b2"}));
}

TEST_F(SpreadStageTest, refuses_a_window_that_one_category_could_fill) {
  EXPECT_EQ(run({per_category("3"), window("3")}).message(),
            "per_category: 3 is not below window, which is 3; such a window could hold one category only");
}

}  // namespace
}  // namespace inkling::stages::rerank::spread
