#include "store/in_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/store_fixture.h"

namespace inkling::store {
namespace {

using domain::ActionKind;
using testing::ElementsAre;

class InOrderTest : public testing::Test {
 protected:
  void add(std::string id, std::string shopper, std::int64_t ts_ms, ActionKind kind = ActionKind::kView) {
    domain::Event event = action_event(std::move(id), std::move(shopper), ts_ms, kind, "shoe");
    ASSERT_TRUE(in_order_.add(event).ok());
  }
  std::vector<std::string> ids_;
  InOrder in_order_{[this](domain::Event& event) {
    ids_.push_back(event.id);
    return event.id == "fatal" ? base::io_error("no room") : base::Status();
  }};
};

TEST_F(InOrderTest, sorts_within_a_moment_as_the_sorter_does) {
  add("1", "ann", 10);
  add("4", "zoe", 20);
  add("3", "bob", 20, ActionKind::kPurchase);
  add("2", "bob", 20, ActionKind::kView);
  EXPECT_THAT(ids_, ElementsAre("1"));
  add("5", "ann", 30);
  ASSERT_TRUE(in_order_.flush().ok());
  EXPECT_FALSE(in_order_.broken());
  EXPECT_THAT(ids_, ElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(InOrderTest, keeps_the_order_of_events_that_nothing_tells_apart) {
  for (const char* id : {"c", "a", "b"}) add(id, "ann", 10);
  ASSERT_TRUE(in_order_.flush().ok());
  EXPECT_THAT(ids_, ElementsAre("c", "a", "b"));
}

TEST_F(InOrderTest, an_event_that_comes_too_late_breaks_it) {
  add("1", "ann", 10);
  add("2", "ann", 20);
  add("late", "ann", 19);
  EXPECT_TRUE(in_order_.broken());
  add("3", "ann", 40);
  add("4", "ann", 50);
  EXPECT_THAT(ids_, ElementsAre("1", "2"));
}

TEST_F(InOrderTest, a_moment_of_too_many_events_breaks_it) {
  for (std::size_t i = 0; i < InOrder::kMostHeld; ++i) add("e", "ann", 10);
  EXPECT_FALSE(in_order_.broken());
  add("one more", "ann", 10);
  EXPECT_TRUE(in_order_.broken());
  EXPECT_TRUE(ids_.empty());
}

TEST_F(InOrderTest, tells_of_a_failure_behind_it) {
  add("fatal", "ann", 10);
  domain::Event next = action_event("2", "ann", 20, ActionKind::kView);
  EXPECT_EQ(in_order_.add(next).message(), "no room");
}

}  // namespace
}  // namespace inkling::store
