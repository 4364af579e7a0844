#include <gtest/gtest.h>

#include "scene/shop_for_test.h"

namespace inkling::stages::display::tag_name {

const scene::StageBlueprint& blueprint();

namespace {

class TagNameStageTest : public scene::ShopTest {
 protected:
  base::Status run() { return ShopTest::run(blueprint()); }
};

TEST_F(TagNameStageTest, says_name_and_kind_without_the_industry) {
  set_tags(R"({"nodes": {"category/Moving": 0, "tag/small van@Moving": 1, "need/small move": 1}, "edges": []})");
  found("tag/small van@Moving");
  found("need/small move");
  found("van");
  ASSERT_TRUE(run().ok());
  using Display = std::vector<domain::Attribute>;
  EXPECT_EQ(candidate(0).display, (Display{{"name", "small van"}, {"kind", "tag"}}));
  EXPECT_EQ(candidate(1).display, (Display{{"name", "small move"}, {"kind", "need"}}));
  EXPECT_EQ(candidate(2).display, Display()) << "an item is none of the graph";
}

TEST_F(TagNameStageTest, says_nothing_without_tags) {
  found("tag/van");
  ASSERT_TRUE(run().ok());
  EXPECT_TRUE(candidate(0).display.empty());
}

}  // namespace
}  // namespace inkling::stages::display::tag_name
