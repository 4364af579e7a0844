#include "train/visit_log.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::train {
namespace {

// "1 2! 3": items in order, "!" where they were bought.
std::string text_of(std::span<const Touch> visit) {
  std::string text;
  for (const Touch& touch : visit) {
    text += (text.empty() ? "" : " ") + std::to_string(touch.item) + (touch.bought ? "!" : "");
  }
  return text;
}

TEST(VisitMaker, ends_a_visit_after_a_longer_silence_than_the_gap) {
  VisitMaker maker(100);
  maker.add(7, 1000, {1, false});
  maker.add(7, 1100, {2, false});
  maker.add(7, 1201, {3, false});
  const VisitLog log = maker.finish();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(text_of(log.visit(0)), "1 2");
  EXPECT_EQ(text_of(log.visit(1)), "3");
  EXPECT_EQ(log.starts_ms[1], 1201);
}

TEST(VisitMaker, keeps_shoppers_apart_and_orders_visits_by_their_beginning) {
  VisitMaker maker(100);
  maker.add(1, 1050, {11, false});
  maker.add(2, 1000, {21, false});
  maker.add(1, 1010, {10, false});
  maker.add(2, 1020, {22, false});
  const VisitLog log = maker.finish();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(text_of(log.visit(0)), "21 22");
  EXPECT_EQ(text_of(log.visit(1)), "10 11") << "a late event stands where it happened";
  EXPECT_LE(log.starts_ms[0], log.starts_ms[1]);
}

TEST(VisitMaker, makes_one_touch_of_an_item_touched_several_times_in_a_row) {
  VisitMaker maker(100);
  maker.add(1, 1, {5, false});
  maker.add(1, 2, {5, true});
  maker.add(1, 3, {5, false});
  maker.add(1, 4, {6, false});
  maker.add(1, 5, {5, false});
  maker.add(2, 6, {5, false});
  const VisitLog log = maker.finish();
  EXPECT_EQ(text_of(log.visit(0)), "5! 6 5");
  EXPECT_EQ(text_of(log.visit(1)), "5") << "what somebody else touched last does not count";
}

TEST(VisitMaker, has_no_visit_when_nothing_was_touched) {
  EXPECT_EQ(VisitMaker(100).finish().size(), 0U);
}

}  // namespace
}  // namespace inkling::train
