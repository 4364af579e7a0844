#include "state/bounds.h"

#include <gtest/gtest.h>

#include "state/event_samples.h"
#include "state/layout.h"

namespace inkling::state {
namespace {

TEST(Bounds, largest_state_of_usual_ids_keeps_every_row) {
  const ShopperState state = fullest_state(layout::kUsualIdBytes);
  EXPECT_EQ(state.cart.size(), kCartLines);
  EXPECT_EQ(state.repurchases.size(), kRepurchaseRows);
  EXPECT_EQ(state.coupons.size(), kCoupons);
  EXPECT_EQ(state.interests.size(), kInterests);
  EXPECT_EQ(state.profile.size(), kProfileAttributes);
  EXPECT_LE(encode(state).size(), kMaxStateBytes);
}

TEST(Bounds, largest_state_of_longest_ids_gives_up_old_rows_and_no_history) {
  const ShopperState state = fullest_state(domain::kMaxIdBytes);
  const std::size_t bytes = encode(state).size();
  EXPECT_LE(bytes, kMaxStateBytes);
  EXPECT_GT(bytes + layout::kCartRowBytes + domain::kMaxIdBytes, kMaxStateBytes) << "dropped more than it had to";
  EXPECT_EQ(state.swipes.size(), kSwipeHistory);
  EXPECT_EQ(state.taps.size(), kTapHistory);
  EXPECT_EQ(state.browses.size(), kBrowseHistory);
  EXPECT_LT(state.cart.size(), kCartLines);
  ASSERT_FALSE(state.cart.empty());
  ASSERT_FALSE(state.repurchases.empty());
  ASSERT_FALSE(state.coupons.empty());
  EXPECT_EQ(state.cart.back().item.substr(0, 5), "1063-") << "the newest line stays";
}

TEST(Bounds, counted_bytes_are_the_encoded_ones) {
  EXPECT_EQ(encode(ShopperState{}).size(), layout::kEmptyBytes);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const ShopperState state = random_state(seed, 20 * seed);
    EXPECT_EQ(encoded_bytes(state), encode(state).size()) << "seed " << seed;
  }
}

TEST(Bounds, no_sequence_of_events_grows_a_state_past_its_bytes) {
  for (std::uint64_t seed = 100; seed < 130; ++seed) {
    base::Random random(seed);
    std::int64_t now_ms = 1'700'000'000'000;
    ShopperState state;
    for (int i = 0; i < 400; ++i) {
      const std::int64_t clock_before_ms = state.clock_ms;
      apply(state, random_event(random, now_ms));
      ASSERT_LE(encode(state).size(), kMaxStateBytes) << "seed " << seed << " event " << i;
      ASSERT_GE(state.clock_ms, clock_before_ms);
    }
  }
}

}  // namespace
}  // namespace inkling::state
