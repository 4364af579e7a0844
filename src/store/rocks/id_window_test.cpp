#include "store/rocks/id_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/rocks/id_key.h"
#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kWindowMs = 1000;

class IdWindowTest : public testing::Test {
 protected:
  void add(std::string_view id, std::int64_t arrival_ms) {
    rocksdb::WriteBatch batch;
    ids_.add(batch, id, arrival_ms);
    ASSERT_TRUE(database_->write(batch, false).ok());
  }
  bool on_disk(const std::string& id) {
    std::string key;
    std::string value;
    append_id_key(key, id_key(id));
    return database_->db().Get({}, database_->family(Family::kIds), key, &value).ok();
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

TEST(ArrivalTest, reads_back_what_was_written_and_nothing_else) {
  std::string bytes;
  append_number(bytes, static_cast<std::uint64_t>(-7));
  EXPECT_EQ(read_arrival_ms(bytes), -7);
  EXPECT_FALSE(read_arrival_ms(bytes.substr(1)).has_value());
}

// Ids that differ in one byte, in their length or in the order of their words are what clients send.
TEST(IdKeyTest, ids_that_look_alike_have_keys_of_their_own) {
  std::set<std::pair<std::uint64_t, std::uint64_t>> keys;
  std::set<std::uint64_t> highs;
  std::size_t count = 0;
  const auto add = [&](const std::string& id) {
    const IdKey key = id_key(id);
    keys.emplace(key.high, key.low);
    highs.insert(key.high);
    ++count;
  };
  for (int i = 0; i < 20'000; ++i) add("log.csv:" + std::to_string(i));
  for (std::size_t length = 1; length <= domain::kMaxIdBytes; ++length) {
    add(std::string(length, 'a'));
    add(std::string(length, '\0'));
    add(std::string(length - 1, 'a') + "b");
  }
  add("aaaaaaaabbbbbbbbcccccccc");
  add("bbbbbbbbaaaaaaaacccccccc");
  add("ccccccccbbbbbbbbaaaaaaaa");
  EXPECT_EQ(keys.size(), count);
  EXPECT_EQ(highs.size(), count);
}

}  // namespace
}  // namespace inkling::store::rocks
