#include "gesture/extractor.h"

#include <gtest/gtest.h>

#include "gesture/gestures_for_test.h"

namespace inkling::gesture {
namespace {

using domain::Pointer;
using domain::Swipe;
using domain::Tap;

TEST(Extractor, makes_a_swipe_of_a_contact_that_moves) {
  Hand hand;
  hand.on({3, 4, 5, 6}).down(100, 500, 1500).move(150, 510, 1000).on({7, 8, 9, 9}).up(220, 520, 400);
  const Swipe expected{220, 120, -1, -1, 5000, 7500, 5200, 2000, 3, 4};
  EXPECT_EQ(hand.heard_so_far().swipes, std::vector{expected}) << "at once, and of the page where it started";
  EXPECT_TRUE(hand.heard().taps.empty());
}

TEST(Extractor, makes_a_tap_of_a_short_contact_that_stays) {
  Hand hand;
  hand.on({3, 4, 5, 6}).down(100, 500, 1500).move(120, 506, 1506).up(180, 504, 1500);
  EXPECT_EQ(hand.heard().taps, (std::vector<Tap>{{180, 5000, 7500, 3, 5, 6}}));
  EXPECT_TRUE(hand.heard().swipes.empty());
}

TEST(Extractor, knows_the_last_tap_before_a_swipe) {
  Hand hand;
  hand.down(0, 100, 200).up(50, 100, 200);
  hand.down(400, 300, 1000).up(500, 300, 600);
  hand.down(900, 700, 400).up(950, 700, 400);
  hand.down(1400, 300, 1000).up(1500, 300, 600);
  ASSERT_EQ(hand.heard().swipes.size(), 2U);
  EXPECT_EQ(hand.heard().swipes[0].tap_x, 1000);
  EXPECT_EQ(hand.heard().swipes[0].tap_y, 1000);
  EXPECT_EQ(hand.heard().swipes[1].tap_x, 7000);
  EXPECT_EQ(hand.heard().swipes[1].tap_y, 2000);
}

TEST(Extractor, tells_tap_and_swipe_apart_at_the_slop) {
  Hand hand;
  hand.down(0, 500, 500).move(20, 500 + kTouchSlopPx, 500).up(50, 500, 500);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  hand.down(1000, 500, 500).move(1020, 500.5F + kTouchSlopPx, 500).up(1050, 500, 500);
  EXPECT_EQ(hand.heard().taps.size(), 1U) << "it left the slop, though it came back";
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].end_x, 5000);
}

TEST(Extractor, makes_nothing_of_a_long_press) {
  Hand hand;
  hand.down(0, 500, 500).up(kLongestTapMs, 500, 500);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  hand.down(5000, 500, 500).up(5001 + kLongestTapMs, 500, 500);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  EXPECT_TRUE(hand.heard().swipes.empty());
}

TEST(Extractor, follows_the_first_finger_of_a_pinch) {
  Hand hand;
  hand.down(0, 400, 1000, 7).down(10, 600, 1000, 8);
  hand.move(30, 300, 1000, 7).move(31, 700, 1000, 8).move(60, 200, 1000, 7).move(61, 800, 1000, 8);
  hand.up(70, 200, 1000, 7).move(80, 900, 1000, 8).up(90, 950, 1000, 8);
  ASSERT_EQ(hand.heard().swipes.size(), 1U) << "the finger that stays is still no finger of its own";
  EXPECT_EQ(hand.heard().swipes[0].start_x, 4000);
  EXPECT_EQ(hand.heard().swipes[0].end_x, 2000);
  EXPECT_TRUE(hand.heard().taps.empty());
  hand.down(200, 400, 1000, 8).up(300, 400, 1200, 8);
  EXPECT_EQ(hand.heard().swipes.size(), 2U) << "the next first finger counts, whatever its id";
}

TEST(Extractor, ends_a_cancelled_contact_where_it_was_last_seen) {
  Hand hand;
  hand.down(0, 500, 1500).move(40, 500, 1300).does(Phase::kCancel, 60, 0, 0).move(80, 500, 900).up(100, 500, 800);
  EXPECT_EQ(hand.heard().swipes, (std::vector<Swipe>{{40, 40, -1, -1, 5000, 7500, 5000, 6500, 0, 0}}));
  hand.down(1000, 500, 1500).does(Phase::kCancel, 1050, 500, 1500);
  EXPECT_TRUE(hand.heard().taps.empty()) << "a cancelled contact is never a tap";
}

TEST(Extractor, ignores_a_cancel_of_another_finger) {
  Hand hand;
  hand.down(0, 500, 1500, 1).does(Phase::kCancel, 10, 0, 0, 2).up(100, 500, 1000, 1);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].end_y, 5000);
}

TEST(Extractor, ends_what_is_under_way_when_a_page_opens_or_closes) {
  for (const Phase mark : {Phase::kEnter, Phase::kLeave}) {
    Hand hand;
    hand.down(0, 500, 1500).move(40, 500, 1300).does(mark, 60).move(90, 500, 200).up(100, 500, 100);
    ASSERT_EQ(hand.heard_so_far().swipes.size(), 1U);
    EXPECT_EQ(hand.heard_so_far().swipes[0].end_y, 6500);
    EXPECT_EQ(hand.heard().swipes.size(), 1U);
  }
}

TEST(Extractor, cuts_a_very_long_stroke) {
  Hand hand;
  hand.down(0, 500, 100);
  for (int i = 1; i <= 120; ++i) hand.move(200 * i, 500, 100.0F + 10.0F * static_cast<float>(i));
  hand.up(24'000, 500, 1300);
  const auto& swipes = hand.heard().swipes;
  ASSERT_EQ(swipes.size(), 3U);
  EXPECT_EQ(swipes[0].duration_ms, kLongestSwipeMs);
  EXPECT_EQ(swipes[1].start_y, swipes[0].end_y);
  EXPECT_EQ(swipes[1].offset_ms - swipes[1].duration_ms, swipes[0].offset_ms);
  EXPECT_EQ(swipes[2].end_y, 6500);
  EXPECT_EQ(swipes[2].offset_ms, 24'000);
}

TEST(Extractor, makes_no_tap_of_the_rest_of_a_long_stroke) {
  Hand hand(Pointer::kMouse);
  hand.down(0, 500, 100).move(5000, 500, 300).move(kLongestSwipeMs + 1, 500, 301).up(kLongestSwipeMs + 50, 500, 301);
  EXPECT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_TRUE(hand.heard().taps.empty());
}

TEST(Extractor, counts_offsets_from_the_origin) {
  Hand hand;
  hand.extractor().set_origin_ms(1'700'000'000'000);
  hand.down(1'700'000'000'100, 500, 1500).up(1'700'000'000'200, 500, 100);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].offset_ms, 200);
}

TEST(Extractor, normalises_by_the_screen_that_the_stroke_was_made_on) {
  Hand hand;
  hand.down(0, 500, 500).move(50, 1000, 500);
  hand.extractor().set_screen({2000, 1000}, hand.sink());
  hand.move(60, 2000, 500).down(100, 500, 500).up(150, 1000, 500);
  ASSERT_EQ(hand.heard().swipes.size(), 2U);
  EXPECT_EQ(hand.heard().swipes[0].start_x, 5000);
  EXPECT_EQ(hand.heard().swipes[0].end_x, 10000);
  EXPECT_EQ(hand.heard().swipes[1].end_x, 5000);
  EXPECT_EQ(hand.heard().swipes[1].end_y, 5000);
}

TEST(Extractor, treats_a_pen_on_the_screen_like_a_finger_and_tells) {
  Hand hand(Pointer::kPen);
  hand.move(0, 100, 100).move(40, 300, 300).down(100, 300, 300).up(180, 300, 300);
  EXPECT_EQ(hand.heard().swipes.size(), 1U) << "it hovered there";
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  EXPECT_EQ(hand.heard().pointers, (std::vector{Pointer::kPen, Pointer::kPen}));
}

}  // namespace
}  // namespace inkling::gesture
