#include <gtest/gtest.h>

#include "scene/candidates.h"
#include "scene/shop_for_test.h"

namespace inkling::stages::filter::seen {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class SeenStageTest : public scene::ShopTest {
 protected:
  base::Status run(const std::vector<RawParameter>& given = {}) { return ShopTest::run(blueprint(), given); }
};

TEST_F(SeenStageTest, drops_what_the_cursor_names_and_keeps_it_for_the_next_one) {
  scene::SeenItems seen;
  seen.add("hat");
  request_.cursor = seen.cursor();
  found("hat");
  found("boots");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"boots"});
  ASSERT_TRUE(exchange().slots.seen);
  EXPECT_EQ(exchange().slots.seen->cursor(), request_.cursor);
}

TEST_F(SeenStageTest, starts_with_a_first_page_on_which_nothing_was_seen) {
  found("hat");
  ASSERT_TRUE(run().ok());
  EXPECT_EQ(items(), Texts{"hat"});
  ASSERT_TRUE(exchange().slots.seen);
  EXPECT_EQ(exchange().slots.seen->size(), 0U);
}

TEST_F(SeenStageTest, fails_when_the_cursor_is_none) {
  request_.cursor = "page-2";
  EXPECT_EQ(run().message(), "is no cursor; allowed is what an answer of this scene gave, unchanged");
}

}  // namespace
}  // namespace inkling::stages::filter::seen
