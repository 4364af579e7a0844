#include "scene/recent_items.h"

#include <gtest/gtest.h>

#include "base/core/hash.h"

namespace inkling::scene {
namespace {

using domain::ActionKind;

class RecentItemsTest : public testing::Test {
 protected:
  void act(ActionKind kind, const std::string& item) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    state::apply(state_,
                 {.id = {}, .ts_ms = ++now_ms_, .shopper = "ann", .session = {}, .body = action, .unknown_json = {}});
  }
  void expect(const std::vector<std::pair<std::string, float>>& expected) {
    const RecentItems items = recent_items(state_);
    ASSERT_EQ(items.size(), expected.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      EXPECT_EQ(items[i].name, base::name_hash(expected[i].first)) << i;
      EXPECT_EQ(items[i].interest, expected[i].second) << i;
    }
  }

  state::ShopperState state_;
  std::int64_t now_ms_ = 0;
};

TEST_F(RecentItemsTest, tells_each_item_once_the_newest_first_with_the_strongest_action) {
  act(ActionKind::kCartAdd, "a");
  act(ActionKind::kView, "b");
  act(ActionKind::kFavourite, "c");
  act(ActionKind::kView, "a");
  expect({{"a", 3}, {"c", 2}, {"b", 1}});
}

TEST_F(RecentItemsTest, leaves_out_what_was_bought_since) {
  act(ActionKind::kView, "a");
  act(ActionKind::kView, "b");
  act(ActionKind::kPurchase, "a");
  expect({{"b", 1}});
  act(ActionKind::kView, "a");
  expect({{"a", 1}, {"b", 1}});
}

TEST_F(RecentItemsTest, tells_what_was_bought_where_it_is_asked_for) {
  act(ActionKind::kView, "a");
  act(ActionKind::kPurchase, "a");
  act(ActionKind::kView, "b");
  act(ActionKind::kPurchase, "c");
  act(ActionKind::kView, "c");
  const RecentItems touched = touched_items(state_);
  ASSERT_EQ(touched.size(), 3U);
  EXPECT_EQ(touched[0].name, base::name_hash("c"));
  EXPECT_EQ(touched[0].interest, 1) << "looked at again after it was bought";
  EXPECT_EQ(touched[2].interest, 4);
}

TEST_F(RecentItemsTest, ignores_actions_that_say_nothing_of_an_item) {
  act(ActionKind::kSearch, "");
  act(ActionKind::kSkip, "a");
  act(ActionKind::kPageLeave, "b");
  expect({});
}

TEST_F(RecentItemsTest, has_room_for_a_whole_history) {
  for (int i = 0; i < 150; ++i) act(ActionKind::kView, "item-" + std::to_string(i));
  EXPECT_EQ(recent_items(state_).size(), state::kBrowseHistory);
}

}  // namespace
}  // namespace inkling::scene
