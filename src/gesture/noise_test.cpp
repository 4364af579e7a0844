// What real streams contain besides gestures: repeats, lost samples, places off the screen, clocks that go back.
#include <gtest/gtest.h>

#include <limits>

#include "base/core/random.h"
#include "gesture/extractor.h"
#include "gesture/gestures_for_test.h"

namespace inkling::gesture {
namespace {

using domain::Pointer;

TEST(Noise, repeated_samples_change_nothing) {
  Hand once;
  Hand twice;
  for (Hand* hand : {&once, &twice}) {
    for (const int time_ms : {0, 1000}) {
      for (int i = 0; i < (hand == &twice ? 2 : 1); ++i) hand->down(time_ms, 500, 500);
      for (int i = 0; i < (hand == &twice ? 2 : 1); ++i)
        hand->move(time_ms + 50, 500.0F + static_cast<float>(time_ms), 500);
      for (int i = 0; i < (hand == &twice ? 2 : 1); ++i)
        hand->up(time_ms + 60, 500.0F + static_cast<float>(time_ms), 500);
    }
  }
  EXPECT_EQ(twice.heard().swipes, once.heard().swipes);
  EXPECT_EQ(twice.heard().taps, once.heard().taps);
  EXPECT_EQ(once.heard().swipes.size(), 1U);
  EXPECT_EQ(once.heard().taps.size(), 1U);
}

TEST(Noise, a_contact_whose_end_was_lost_ends_at_the_next_one) {
  Hand hand;
  hand.down(0, 500, 500).move(50, 500, 900).down(2000, 100, 100).up(2050, 100, 100);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].offset_ms, 50);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  hand.down(4000, 500, 500).down(6000, 500, 500).up(6050, 500, 500);
  EXPECT_EQ(hand.heard().taps.size(), 2U) << "not one long press";
}

TEST(Noise, a_contact_that_fell_silent_makes_room_for_another_finger) {
  Hand hand;
  hand.down(0, 500, 500, 1)
      .move(50, 500, 900, 1)
      .down(51 + kSilenceMs, 100, 100, 2)
      .up(100 + kSilenceMs, 100, 100, 2);
  EXPECT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
}

TEST(Noise, ends_without_beginnings_are_nothing) {
  Hand hand;
  hand.up(0, 500, 500).move(10, 500, 500).move(20, 500, 900).does(Phase::kCancel, 30).does(Phase::kLeave, 40);
  EXPECT_TRUE(hand.heard().swipes.empty());
  EXPECT_TRUE(hand.heard().taps.empty());
}

TEST(Noise, places_off_the_screen_move_to_its_edge) {
  Hand hand;
  hand.down(0, 500, 1990).up(50, 1100, 2100);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].end_x, 10000);
  EXPECT_EQ(hand.heard().swipes[0].end_y, 10000);
}

TEST(Noise, places_far_off_the_screen_are_dropped_but_end_what_they_end) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const float nowhere : {65535.0F, -1e30F, nan, std::numeric_limits<float>::infinity()}) {
    Hand hand;
    hand.down(0, nowhere, 500).up(50, nowhere, 500);
    hand.down(100, 500, 500).move(120, 500, 900).move(140, 500, nowhere).up(160, nowhere, nowhere);
    hand.down(300, 500, 500).up(350, nowhere, nowhere);
    ASSERT_EQ(hand.heard().swipes.size(), 1U) << nowhere;
    EXPECT_EQ(hand.heard().swipes[0].end_y, 4500);
    EXPECT_EQ(hand.heard().swipes[0].offset_ms, 160);
    EXPECT_EQ(hand.heard().taps.size(), 1U);
    hand.as(Pointer::kMouse).does(Phase::kWheel, 400, 0, nan);
    EXPECT_EQ(hand.heard().swipes.size(), 1U);
  }
}

TEST(Noise, time_stands_still_while_samples_come_out_of_order) {
  Hand hand;
  hand.down(100, 500, 500).move(95, 500, 600).move(108, 500, 700).up(120, 500, 900);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].duration_ms, 20);
}

TEST(Noise, time_goes_on_after_the_clock_was_set_back) {
  Hand hand;
  hand.down(3'600'000, 500, 500).move(3'600'050, 500, 700).move(1000, 500, 800).up(1040, 500, 900);
  hand.down(1100, 500, 500).up(1150, 500, 500);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].duration_ms, 90);
  EXPECT_EQ(hand.heard().swipes[0].offset_ms, 3'600'090);
  ASSERT_EQ(hand.heard().taps.size(), 1U);
  EXPECT_EQ(hand.heard().taps[0].offset_ms, 3'600'200);
}

// Every stream is good for something: bounds hold whatever comes, and the two lists stay in order.
TEST(Noise, any_stream_gives_gestures_in_order_and_within_bounds) {
  base::Random random(1);
  std::size_t taps = 0;
  for (int round = 0; round < 200; ++round) {
    Hand hand;
    for (int i = 0; i < 500; ++i) {
      hand.as(static_cast<Pointer>(random.below(3)));
      const bool wild = random.below(50) == 0;
      const auto at_ms =
          wild ? static_cast<std::int64_t>(random.next()) : i * 20 + static_cast<std::int64_t>(random.below(40));
      const std::uint64_t reach = random.below(2) == 0 ? 8 : 1200;  // within the slop, or all over
      const float scale = wild ? 1e9F : 1.0F;
      hand.does(static_cast<Phase>(random.below(kPhaseCount)), at_ms, scale * static_cast<float>(random.below(reach)),
                scale * static_cast<float>(random.below(reach)), static_cast<std::int32_t>(random.below(2)));
    }
    const Heard& heard = hand.heard();
    for (std::size_t i = 0; i < heard.swipes.size(); ++i) {
      const domain::Swipe& swipe = heard.swipes[i];
      ASSERT_GE(swipe.duration_ms, 0);
      ASSERT_GE(swipe.start_x, 0);
      ASSERT_LE(swipe.start_y, 10'000);
      ASSERT_TRUE(i == 0 || heard.swipes[i - 1].offset_ms <= swipe.offset_ms);
    }
    for (std::size_t i = 1; i < heard.taps.size(); ++i) {
      ASSERT_LE(heard.taps[i - 1].offset_ms, heard.taps[i].offset_ms);
    }
    ASSERT_FALSE(heard.swipes.empty());
    taps += heard.taps.size();
  }
  EXPECT_GT(taps, 100U);
}

}  // namespace
}  // namespace inkling::gesture
