#include "store/event_sorter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "store/store_fixture.h"

namespace inkling::store {
namespace {

using domain::ActionKind;
using testing::ElementsAre;

class EventSorterTest : public testing::Test {
 protected:
  std::unique_ptr<EventSorter> open(std::size_t memory_bytes = EventSorter::kDefaultMemoryBytes) {
    auto sorter = EventSorter::open(folder_.path(), memory_bytes);
    EXPECT_TRUE(sorter.ok()) << sorter.status().message();
    return std::move(sorter).value();
  }
  static std::vector<std::string> drained_ids(EventSorter& sorter) {
    std::vector<std::string> ids;
    const auto status = sorter.drain([&](domain::Event& event) {
      ids.push_back(std::move(event.id));
      return base::Status();
    });
    EXPECT_TRUE(status.ok()) << status.message();
    return ids;
  }
  bool empty() { return std::filesystem::is_empty(folder_.path()); }

  TempFolder folder_;
};

void add_all(EventSorter& sorter, const std::vector<domain::Event>& events) {
  for (const auto& event : events) ASSERT_TRUE(sorter.add(event).ok());
}

// Distinct in what the order looks at, so only one order is right.
std::vector<domain::Event> distinct_events(std::size_t count) {
  base::Random random(3);
  std::vector<domain::Event> events;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = static_cast<std::int64_t>(i);
    events.push_back(action_event(std::to_string(i), "s" + std::to_string(random.below(9)), number / 3,
                                  static_cast<ActionKind>(i % 3), "item"));
  }
  return events;
}

void shuffle(std::vector<domain::Event>& events, std::uint64_t seed) {
  base::Random random(seed);
  for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[random.below(i)]);
}

TEST_F(EventSorterTest, orders_by_time_shopper_kind_item_and_then_arrival) {
  const auto sorter = open();
  add_all(*sorter,
          {action_event("9", "ann", 7, ActionKind::kClick, "b"), action_event("a", "ann", 7, ActionKind::kClick, "b"),
           action_event("8", "ann", 7, ActionKind::kClick, "a"), action_event("7", "ann", 7, ActionKind::kView, "z"),
           action_event("c", "anna", 7, ActionKind::kView), action_event("b", "ann", 8, ActionKind::kView),
           action_event("6", "bob", 1, ActionKind::kView), action_event("4", "zoe", 0, ActionKind::kView),
           item_event("5", "shoe", {}, 1)});
  EXPECT_EQ(sorter->size(), 9U);
  EXPECT_THAT(drained_ids(*sorter), ElementsAre("4", "5", "6", "7", "8", "9", "a", "c", "b"));
}

TEST_F(EventSorterTest, gives_one_order_whatever_the_order_in_the_files) {
  auto events = distinct_events(2000);
  const auto first = open();
  add_all(*first, events);
  const auto expected = drained_ids(*first);
  for (const std::uint64_t seed : {1, 2}) {
    shuffle(events, seed);
    const auto sorter = open();
    add_all(*sorter, events);
    EXPECT_EQ(drained_ids(*sorter), expected);
  }
}

TEST_F(EventSorterTest, sorts_more_than_its_memory_through_runs_on_disk) {
  auto events = distinct_events(30'000);
  shuffle(events, 1);
  const auto sorter = open(1024 * 1024);
  add_all(*sorter, events);
  std::size_t runs = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder_.path())) {
    if (file.path().extension() == ".sst") ++runs;
  }
  EXPECT_GT(runs, 2U);
  std::int64_t last_ms = -1;
  std::size_t count = 0;
  const auto status = sorter->drain([&](domain::Event& event) {
    EXPECT_GE(event.ts_ms, last_ms);
    last_ms = event.ts_ms;
    ++count;
    return base::Status();
  });
  EXPECT_TRUE(status.ok()) << status.message();
  EXPECT_EQ(count, events.size());
}

TEST_F(EventSorterTest, leaves_nothing_behind_after_success_or_failure) {
  {
    const auto sorter = open();
    add_all(*sorter, distinct_events(10));
    EXPECT_FALSE(empty());
    const auto status = sorter->drain([](domain::Event&) { return base::io_error("no room"); });
    EXPECT_EQ(status.message(), "no room");
  }
  EXPECT_TRUE(empty());
}

TEST_F(EventSorterTest, removes_what_a_killed_sorter_left_but_not_a_living_one) {
  const auto living = open();
  add_all(*living, distinct_events(10));
  std::filesystem::path own;
  for (const auto& found : std::filesystem::directory_iterator(folder_.path())) own = found.path();
  const auto abandoned = own.parent_path() / "event-sort-1-999999";
  std::filesystem::copy(own, abandoned);  // unlocked: nobody works there
  open().reset();
  EXPECT_FALSE(std::filesystem::exists(abandoned));
  EXPECT_EQ(drained_ids(*living).size(), 10U);
}

TEST_F(EventSorterTest, says_which_folder_cannot_be_made) {
  const auto sorter = EventSorter::open("/proc/no-such-folder");
  ASSERT_FALSE(sorter.ok());
  EXPECT_EQ(sorter.status().code(), base::ErrorCode::kIo);
  EXPECT_THAT(sorter.status().message(), testing::HasSubstr("/proc/no-such-folder"));
}

}  // namespace
}  // namespace inkling::store
