#include "store/rocks/state_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

class StateCacheTest : public testing::Test {
 protected:
  void fold(StateCache& cache, const std::string& shopper, std::uint64_t sequence) {
    const auto event = action_event("e", shopper, 1, domain::ActionKind::kView, "shoe");
    const auto status = cache.fold(event, sequence);
    ASSERT_TRUE(status.ok()) << status.message();
  }
  std::uint64_t count(StateCache& cache, const std::string& shopper) { return cache.read(shopper)->event_count; }

  TempFolder folder_;
  base::FixedClock clock_{1};
  std::unique_ptr<Database> database_ = Database::open(folder_.path(), 1, clock_).value();
};

TEST_F(StateCacheTest, dirty_states_stay_although_no_clean_one_may) {
  StateCache cache(*database_, 0);
  for (std::uint64_t i = 1; i <= 500; ++i) fold(cache, "s" + std::to_string(i), i);
  EXPECT_EQ(cache.dirty_count(), 500U);
  EXPECT_EQ(count(cache, "s1"), 1U);
  ASSERT_TRUE(cache.write_dirty().ok());
  EXPECT_EQ(cache.dirty_count(), 0U);
  EXPECT_EQ(cache.clean_count(), 0U);
  fold(cache, "s1", 501);
  EXPECT_EQ(count(cache, "s1"), 2U);
}

TEST_F(StateCacheTest, an_event_folds_once_whoever_remembers_it) {
  {
    StateCache cache(*database_, 100);
    fold(cache, "ann", 3);
    fold(cache, "ann", 3);
    EXPECT_EQ(count(cache, "ann"), 1U);
    ASSERT_TRUE(cache.write_dirty().ok());
  }
  StateCache cache(*database_, 100);
  fold(cache, "ann", 2);
  fold(cache, "ann", 3);
  EXPECT_EQ(count(cache, "ann"), 1U);
  EXPECT_EQ(cache.dirty_count(), 0U);
  fold(cache, "ann", 4);
  EXPECT_EQ(count(cache, "ann"), 2U);
}

TEST_F(StateCacheTest, keeps_the_clean_states_used_last) {
  StateCache cache(*database_, 64 * 2);  // two a shard
  for (std::uint64_t i = 1; i <= 1000; ++i) fold(cache, "s" + std::to_string(i), i);
  ASSERT_TRUE(cache.write_dirty().ok());
  EXPECT_LE(cache.clean_count(), 128U);
  EXPECT_GT(cache.clean_count(), 64U);
}

TEST_F(StateCacheTest, what_is_folded_while_states_are_written_is_not_lost) {
  StateCache cache(*database_, 0);
  std::atomic<bool> done{false};
  std::thread writer([&] {
    while (!done.load()) ASSERT_TRUE(cache.write_dirty().ok());
  });
  for (std::uint64_t i = 1; i <= 3000; ++i) fold(cache, "s" + std::to_string(i % 3), i);
  done.store(true);
  writer.join();
  ASSERT_TRUE(cache.write_dirty().ok());
  StateCache reopened(*database_, 0);
  for (const char* shopper : {"s0", "s1", "s2"}) EXPECT_EQ(count(reopened, shopper), 1000U);
}

TEST_F(StateCacheTest, an_unreadable_state_is_damage_and_named) {
  std::string bytes;
  append_number(bytes, 1);
  ASSERT_TRUE(database_->db().Put({}, database_->family(Family::kStates), "ann", bytes + "\xff").ok());
  ASSERT_TRUE(database_->db().Put({}, database_->family(Family::kStates), "bob", "short").ok());
  StateCache cache(*database_, 1);
  for (const char* shopper : {"ann", "bob"}) {
    const auto state = cache.read(shopper);
    EXPECT_EQ(state.status().code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(state.status().message(), testing::HasSubstr("state of shopper \"" + std::string(shopper) + "\""));
    const auto event = action_event("e", shopper, 1, domain::ActionKind::kView);
    EXPECT_EQ(cache.fold(event, 2).code(), base::ErrorCode::kCorrupt);
  }
  EXPECT_EQ(cache.folded_sequence(), 0U);
}

}  // namespace
}  // namespace inkling::store::rocks
