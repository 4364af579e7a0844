#include "scene/shopper_vector.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <string>

#include "base/core/hash.h"

namespace inkling::scene {
namespace {

using domain::ActionKind;

class ShopperVectorTest : public testing::Test {
 protected:
  ShopperVectorTest() {
    const std::map<std::uint64_t, std::array<float, 2>> directions = {{base::name_hash("east"), {1, 0}},
                                                                      {base::name_hash("north"), {0, 1}}};
    std::vector<std::uint64_t> items;
    std::vector<float> values;
    for (const auto& [item, direction] : directions) {
      items.push_back(item);
      values.insert(values.end(), direction.begin(), direction.end());
    }
    auto made = index::ItemVectors::make(2, std::move(items), std::move(values));
    EXPECT_TRUE(made.ok());
    vectors_ = *std::move(made);
  }
  void act(ActionKind kind, const std::string& item) {
    domain::Action action;
    action.action = kind;
    action.item = item;
    state::apply(state_,
                 {.id = {}, .ts_ms = ++now_ms_, .shopper = "ann", .session = {}, .body = action, .unknown_json = {}});
  }
  // How far north for one step east.
  float slope(double items_to_half = 1) {
    std::array<float, 2> vector{};
    EXPECT_TRUE(shopper_vector(state_, vectors_, items_to_half, vector));
    EXPECT_NEAR(std::hypot(vector[0], vector[1]), 1, 1e-6);
    return vector[1] / vector[0];
  }

  index::ItemVectors vectors_;
  state::ShopperState state_;
  std::int64_t now_ms_ = 0;
};

TEST_F(ShopperVectorTest, fades_from_what_was_touched_last_to_what_came_before) {
  act(ActionKind::kView, "north");
  act(ActionKind::kView, "unknown");
  act(ActionKind::kView, "east");
  EXPECT_FLOAT_EQ(slope(), 0.5F) << "what has no vector does not push others back";
  EXPECT_FLOAT_EQ(slope(0.5), 0.25F);
}

TEST_F(ShopperVectorTest, counts_what_was_bought_four_times_as_much_as_what_was_looked_at) {
  act(ActionKind::kPurchase, "north");
  act(ActionKind::kView, "east");
  EXPECT_FLOAT_EQ(slope(), 2);
}

TEST_F(ShopperVectorTest, is_not_there_for_a_shopper_of_whom_nothing_is_known) {
  std::array<float, 2> vector{};
  EXPECT_FALSE(shopper_vector(state_, vectors_, 2, vector));
  act(ActionKind::kView, "unknown");
  EXPECT_FALSE(shopper_vector(state_, vectors_, 2, vector));
}

}  // namespace
}  // namespace inkling::scene
