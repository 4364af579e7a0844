#include "store/rocks/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/store_fixture.h"
#include "wire/event_json.h"

namespace inkling::store::rocks {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    rocksdb::WriteBatch batch;
    for (std::uint64_t sequence = 1; sequence <= 300; ++sequence) {
      std::string json;
      wire::write_event(action_event("e" + std::to_string(sequence), "ann", 1, domain::ActionKind::kView), json);
      journal_.add(batch, sequence, "ann", json);
    }
    ASSERT_TRUE(database_->write(batch, false).ok());
  }
  std::string key(std::uint64_t sequence) {
    std::string bytes;
    append_number(bytes, sequence);
    return bytes;
  }
  base::Status read_all() {
    return journal_.read(1, [](const JournalEntry&) { return true; });
  }
  base::Status read_ann() {
    return journal_.read_shopper("ann", 1, [](const JournalEntry&) { return true; });
  }

  TempFolder folder_;
  base::FixedClock clock_{1};
  std::unique_ptr<Database> database_ = Database::open(folder_.path(), 1, clock_).value();
  Journal journal_{*database_};
};

TEST_F(JournalTest, byte_order_is_number_order) {
  EXPECT_EQ(journal_.last_sequence().value(), 300U);
  std::vector<std::uint64_t> sequences;
  ASSERT_TRUE(journal_
                  .read(254,
                        [&](const JournalEntry& entry) {
                          sequences.push_back(entry.sequence);
                          return sequences.size() < 4;
                        })
                  .ok());
  EXPECT_THAT(sequences, ElementsAre(254, 255, 256, 257));
}

TEST_F(JournalTest, a_missing_entry_is_damage_and_named) {
  ASSERT_TRUE(database_->db().Delete({}, database_->family(Family::kJournal), key(77)).ok());
  for (const auto& status : {read_all(), read_ann()}) {
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr("journal entry 77"));
    EXPECT_THAT(status.message(), HasSubstr(folder_.path()));
  }
}

TEST_F(JournalTest, an_unreadable_entry_is_damage_and_named) {
  ASSERT_TRUE(database_->db().Put({}, database_->family(Family::kJournal), key(78), "{\"id\":").ok());
  for (const auto& status : {read_all(), read_ann()}) {
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr("journal entry 78"));
  }
}

}  // namespace
}  // namespace inkling::store::rocks
