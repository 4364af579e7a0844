#include "store/rocks/id_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/rocks/database.h"
#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kWindowMs = 1000;

class IdWindowTest : public testing::Test {
 protected:
  void add(std::string_view id, std::int64_t arrival_ms) {
    rocksdb::WriteBatch batch;
    ids_.add(batch, id, {arrival_ms, 1});
    ASSERT_TRUE(database_->write(batch, false).ok());
  }
  bool on_disk(const std::string& id) {
    std::string value;
    return database_->db().Get({}, database_->family(Family::kIds), id, &value).ok();
  }

  TempFolder folder_;
  base::FixedClock clock_{5000};
  std::unique_ptr<Database> database_ = Database::open(folder_.path(), kWindowMs, clock_).value();
  IdWindow ids_{*database_, kWindowMs};
};

TEST_F(IdWindowTest, an_id_counts_until_the_window_has_passed) {
  add("old", 4000);
  add("young", 4001);
  std::vector<bool> seen;
  ASSERT_TRUE(ids_.look_up(std::vector<std::string_view>{"young", "never", "old"}, 5000, seen).ok());
  EXPECT_THAT(seen, ElementsAre(true, false, false));
}

TEST_F(IdWindowTest, looks_up_more_ids_than_one_read_takes) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("id" + std::to_string(i));
  for (int i = 0; i < 100; i += 3) add(names[static_cast<std::size_t>(i)], 5000);
  std::vector<bool> seen;
  ASSERT_TRUE(ids_.look_up(std::vector<std::string_view>(names.begin(), names.end()), 5000, seen).ok());
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(seen[i], i % 3 == 0) << i;
}

TEST_F(IdWindowTest, compaction_drops_what_is_past_the_window) {
  add("old", 5000);
  add("young", 5500);
  clock_.set(6000);
  auto* family = database_->family(Family::kIds);
  ASSERT_TRUE(database_->db().Flush({}, family).ok());
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  ASSERT_TRUE(database_->db().CompactRange(all, family, nullptr, nullptr).ok());
  EXPECT_FALSE(on_disk("old"));
  EXPECT_TRUE(on_disk("young"));
}

TEST(IdRecordTest, reads_back_what_was_written_and_nothing_else) {
  std::string bytes;
  append_id_record(bytes, {-7, 9});
  EXPECT_EQ(read_id_record(bytes)->arrival_ms, -7);
  EXPECT_EQ(read_id_record(bytes)->sequence, 9U);
  EXPECT_FALSE(read_id_record(bytes.substr(1)).has_value());
}

}  // namespace
}  // namespace inkling::store::rocks
