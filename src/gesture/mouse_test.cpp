// Mice: movement between pauses, clicks, drags and the wheel.
#include <gtest/gtest.h>

#include "gesture/extractor.h"
#include "gesture/gestures_for_test.h"

namespace inkling::gesture {
namespace {

using domain::Pointer;
using domain::Swipe;

Hand mouse() {
  return Hand(Pointer::kMouse);
}
Hand& wheel(Hand& hand, std::int64_t at_ms, float across_px, float down_px) {
  return hand.does(Phase::kWheel, at_ms, across_px, down_px);
}

TEST(Mouse, moves_between_two_pauses_in_one_swipe_and_is_marked) {
  Hand hand = mouse();
  hand.move(0, 100, 100).move(100, 300, 300).move(100 + kMousePauseMs, 500, 500);
  hand.move(2000, 500, 510).move(2050, 500, 700);
  const auto& heard = hand.heard();
  ASSERT_EQ(heard.swipes.size(), 2U);
  EXPECT_EQ(heard.swipes[0],
            (Swipe{100 + kMousePauseMs, 100 + kMousePauseMs, -1, -1, 1000, 500, 5000, 2500, 0, kMouseMoveAction}));
  EXPECT_EQ(heard.swipes[1].start_y, 2550);
  EXPECT_EQ(heard.pointers, (std::vector{Pointer::kMouse, Pointer::kMouse}));
}

TEST(Mouse, jitter_is_no_swipe) {
  Hand hand = mouse();
  hand.move(0, 100, 100).move(20, 100 + kMouseSlopPx, 100).move(40, 100, 100);
  EXPECT_TRUE(hand.heard().swipes.empty());
  hand.move(1000, 100, 100).move(1020, 100.5F + kMouseSlopPx, 100);
  EXPECT_EQ(hand.heard().swipes.size(), 1U);
}

TEST(Mouse, points_and_clicks_in_a_swipe_and_a_tap) {
  Hand hand = mouse();
  hand.move(0, 100, 100).move(100, 300, 300).down(150, 300, 300).move(170, 302, 300).up(900, 302, 300);
  EXPECT_EQ(hand.heard().swipes.size(), 1U);
  ASSERT_EQ(hand.heard().taps.size(), 1U) << "a click, however slow";
  EXPECT_EQ(hand.heard().taps[0].offset_ms, 900);
  EXPECT_EQ(hand.heard().swipes[0].offset_ms, 100) << "the last place that it moved to";
}

TEST(Mouse, drags_in_a_swipe_of_its_own) {
  Hand hand = mouse();
  hand.move(0, 100, 100).move(100, 300, 300).down(150, 300, 300).move(200, 400, 300).up(250, 500, 300);
  hand.move(260, 510, 300).move(270, 520, 300);
  const auto& swipes = hand.heard().swipes;
  ASSERT_EQ(swipes.size(), 3U);
  EXPECT_EQ(swipes[1], (Swipe{250, 100, -1, -1, 3000, 1500, 5000, 1500, 0, kMouseDragAction}));
  EXPECT_EQ(swipes[2].start_x, 5100);
  EXPECT_TRUE(hand.heard().taps.empty());
}

TEST(Mouse, scrolls_by_wheel_as_a_finger_would_have_moved) {
  Hand hand = mouse();
  hand.move(0, 398, 1200).move(50, 400, 1200);
  wheel(hand, 1000, 0, 100);
  wheel(hand, 1100, 20, 100);
  wheel(hand, 1150, 0, 100);
  EXPECT_EQ(hand.heard().swipes, (std::vector<Swipe>{{1150, 150, -1, -1, 4000, 6000, 3800, 4500, 0, kWheelAction}}));
}

TEST(Mouse, ends_a_turn_of_the_wheel_at_a_pause_and_where_it_turns_back) {
  Hand hand = mouse();
  hand.move(0, 500, 1000);
  wheel(hand, 1000, 0, 100);
  wheel(hand, 1001 + kWheelPauseMs, 0, 100);
  wheel(hand, 1051 + kWheelPauseMs, 0, -100);
  const auto& swipes = hand.heard().swipes;
  ASSERT_EQ(swipes.size(), 3U);
  EXPECT_EQ(swipes[1].end_y, 4500);
  EXPECT_EQ(swipes[2].end_y, 5500);
}

TEST(Mouse, long_scrolls_end_off_the_screen) {
  Hand hand = mouse();
  for (int i = 0; i < 60; ++i) wheel(hand, 50 * i, 0, 100);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].start_y, 5000) << "the middle, while nobody knows where the mouse is";
  EXPECT_EQ(hand.heard().swipes[0].end_y, 5000 - 30'000);
  for (int i = 0; i < 60; ++i) wheel(hand, 50'000 + 50 * i, 0, 1e30F);
  EXPECT_EQ(hand.heard().swipes[1].end_y, -32768);
}

TEST(Mouse, scrolling_without_a_pause_is_cut_into_swipes_that_go_on) {
  Hand hand = mouse();
  for (int i = 0; i <= 30; ++i) wheel(hand, 500 * i, 0, 10);
  const auto& swipes = hand.heard().swipes;
  ASSERT_EQ(swipes.size(), 2U);
  EXPECT_EQ(swipes[0].duration_ms, kLongestSwipeMs);
  EXPECT_EQ(swipes[1].start_y, swipes[0].end_y);
  EXPECT_EQ(swipes[1].end_y, 5000 - 31 * 50);
}

TEST(Mouse, a_touch_of_the_wheel_is_no_swipe) {
  Hand hand = mouse();
  wheel(hand, 0, 0, kMouseSlopPx);
  EXPECT_TRUE(hand.heard().swipes.empty());
  wheel(hand, 5000, 0, kMouseSlopPx + 1);
  EXPECT_EQ(hand.heard().swipes.size(), 1U);
}

TEST(Mouse, nobody_knows_where_it_is_on_another_screen) {
  Hand hand = mouse();
  hand.move(0, 100, 100);
  hand.extractor().set_screen({400, 300}, hand.sink());
  wheel(hand, 100, 0, 30);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].start_x, 5000);
}

TEST(Mouse, a_shaking_hand_does_not_end_a_scroll) {
  Hand hand = mouse();
  hand.move(0, 500, 1000);
  wheel(hand, 1000, 0, 100);
  hand.move(1020, 502, 1001);
  wheel(hand, 1040, 0, 100);
  ASSERT_EQ(hand.heard().swipes.size(), 1U);
  EXPECT_EQ(hand.heard().swipes[0].end_y, 4000);
  wheel(hand, 2000, 0, 100);
  hand.move(2020, 600, 1000).move(2040, 700, 1000);
  wheel(hand, 2060, 0, 100);
  EXPECT_EQ(hand.heard().swipes.size(), 4U) << "but a movement does";
}

TEST(Mouse, the_wheel_counts_for_nothing_while_a_button_is_down) {
  Hand hand = mouse();
  hand.down(0, 100, 100);
  wheel(hand, 20, 0, 100);
  hand.up(50, 100, 100);
  EXPECT_EQ(hand.heard().taps.size(), 1U);
  EXPECT_TRUE(hand.heard().swipes.empty());
}

TEST(Mouse, and_finger_are_told_apart_on_one_screen) {
  Hand hand = mouse();
  hand.move(0, 100, 100).move(50, 200, 100).as(Pointer::kTouch).down(100, 500, 500);
  hand.as(Pointer::kMouse).move(120, 500, 500).as(Pointer::kTouch).up(150, 500, 900);
  EXPECT_EQ(hand.heard().pointers, (std::vector{Pointer::kMouse, Pointer::kTouch}));
}

}  // namespace
}  // namespace inkling::gesture
