// What a restart finds: after kill -9, with a tail beyond the checkpoint, under a new fold, on a damaged or full
// disk.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/store_fixture.h"

namespace inkling::store {
namespace {

using domain::ActionKind;
using rocks::Database;
using rocks::Family;
using testing::HasSubstr;

constexpr std::int64_t kNowMs = 1'700'000'000'000;

class RecoveryTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(const StoreOptions& options = {}) {
    return open_or_fail(data_dir_, options, clock_, progress_);
  }
  std::unique_ptr<Database> open_raw() {
    auto database = Database::open(data_dir_ + "/store", base::kDayMs, clock_);
    EXPECT_TRUE(database.ok()) << database.status().message();
    return std::move(database).value();
  }

  InheritedFolder folder_;
  const std::string& data_dir_ = folder_.path();
  base::FixedClock clock_{kNowMs};
  std::vector<std::pair<std::uint64_t, std::uint64_t>> told_;
  Progress progress_ = [this](std::uint64_t done, std::uint64_t total) { told_.emplace_back(done, total); };
};

domain::Event view(std::string id, std::string shopper) {
  return action_event(std::move(id), std::move(shopper), kNowMs, ActionKind::kView, "shoe");
}

std::vector<domain::Event> random_events(std::uint64_t seed, int count) {
  base::Random random(seed);
  std::vector<domain::Event> events;
  for (int i = 0; i < count; ++i) {
    events.push_back(random_event(random, std::to_string(seed) + "-" + std::to_string(i)));
  }
  return events;
}

// Appends from four threads, notes each acknowledged id in a file, and dies in the middle of it all.
[[noreturn]] void append_until_killed(Store& store, const std::string& data_dir) {
  const int notes = ::open((data_dir + "/acknowledged").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::atomic<int> acknowledged{0};
  std::vector<std::thread> writers;
  for (int w = 0; w < 4; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0;; ++i) {
        const std::string id = std::to_string(w) + "-" + std::to_string(i);
        if (!store.append(std::vector{view(id, "shopper" + std::to_string(i % 7))}).ok()) std::abort();
        const std::string line = id + "\n";
        if (::write(notes, line.data(), line.size()) < 0) std::abort();
        if (++acknowledged == 400) ::kill(::getpid(), SIGKILL);
      }
    });
  }
  for (auto& writer : writers) writer.join();
  std::abort();
}

TEST_F(RecoveryTest, every_acknowledged_event_is_there_exactly_once_after_kill_9) {
  StoreOptions options;
  options.checkpoint_every_events = 150;  // some states are on disk, some are not
  EXPECT_EXIT(append_until_killed(*open(options), data_dir_), testing::KilledBySignal(SIGKILL), "");
  const auto store = open(options);
  ASSERT_NE(store, nullptr);
  const auto ids = journal_ids(*store);
  const std::set<std::string> unique(ids.begin(), ids.end());
  EXPECT_EQ(unique.size(), ids.size());
  std::ifstream notes(data_dir_ + "/acknowledged");
  int acknowledged = 0;
  for (std::string id; std::getline(notes, id); ++acknowledged) EXPECT_TRUE(unique.contains(id)) << id;
  EXPECT_GE(acknowledged, 399);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  EXPECT_EQ(store->append(std::vector{view(ids.front(), "shopper0")})->duplicates, 1U);
}

TEST_F(RecoveryTest, folds_only_the_tail_beyond_the_checkpoint) {
  const auto crash = [this] {
    const auto store = open();
    append_or_fail(*store, random_events(1, 300));
    if (!store->checkpoint().ok()) std::abort();
    append_or_fail(*store, random_events(2, 50));
    ::kill(::getpid(), SIGKILL);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGKILL), "");
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(store->statistics().last_sequence, 350U);
  EXPECT_EQ(store->statistics().checkpoint_sequence, 300U);
  ASSERT_FALSE(told_.empty());
  EXPECT_EQ(told_.back(), std::pair(std::uint64_t{50}, std::uint64_t{50}));
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RecoveryTest, after_a_clean_close_nothing_is_folded_again) {
  append_or_fail(*open(), random_events(1, 300));
  const auto store = open();
  EXPECT_TRUE(told_.empty());
  EXPECT_EQ(store->statistics().checkpoint_sequence, 300U);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RecoveryTest, states_newer_than_the_checkpoint_are_not_folded_twice) {
  append_or_fail(*open(), random_events(1, 300));
  {
    const auto database = open_raw();
    rocksdb::WriteBatch batch;
    database->put_meta(batch, rocks::kCheckpointKey, 100);
    ASSERT_TRUE(database->write(batch, true).ok());
  }
  const auto store = open();
  EXPECT_EQ(told_.back().second, 200U);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RecoveryTest, another_fold_version_folds_the_whole_journal_again) {
  append_or_fail(*open(), random_events(1, 300));
  {
    const auto database = open_raw();
    std::string wrong;
    rocks::append_number(wrong, 300);
    wrong += "bytes of an older fold";
    rocksdb::WriteBatch batch;
    database->put_meta(batch, rocks::kFoldVersionKey, state::kFoldVersion + 1);
    batch.Put(database->family(Family::kStates), "shopper1", wrong);
    batch.Put(database->family(Family::kStates), "\xf4\x8f\xbf\xbf", wrong);
    ASSERT_TRUE(database->write(batch, true).ok());
  }
  StoreOptions options;
  options.checkpoint_dirty_shoppers = 5;
  {
    const auto store = open(options);
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(told_.back(), std::pair(std::uint64_t{300}, std::uint64_t{300}));
    EXPECT_EQ(stored_states(*store), fresh_fold(*store));
    EXPECT_EQ(store->shopper_state("\xf4\x8f\xbf\xbf")->event_count, 0U);
  }
  told_.clear();
  EXPECT_NE(open(options), nullptr);
  EXPECT_TRUE(told_.empty());
}

TEST_F(RecoveryTest, refuses_a_journal_that_ends_before_its_checkpoint) {
  append_or_fail(*open(), random_events(1, 10));
  {
    const auto database = open_raw();
    rocksdb::WriteBatch batch;
    database->put_meta(batch, rocks::kCheckpointKey, 12);
    ASSERT_TRUE(database->write(batch, true).ok());
  }
  const auto store = open_store(data_dir_, {}, clock_);
  ASSERT_EQ(store.status().code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(store.status().message(), HasSubstr("includes event 12 but the journal ends at event 10"));
}

// While it lives, no file of this process grows past `bytes`: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(RecoveryTest, a_failed_write_acknowledges_nobody_and_ends_appending) {
  {
    const auto store = open();
    append_or_fail(*store, {view("before", "ann")});
    std::vector<domain::Event> many = random_events(1, 2000);
    {
      const FullDisk full(64 * 1024);
      const auto refused = store->append(many);
      ASSERT_FALSE(refused.ok());
      EXPECT_EQ(refused.status().code(), base::ErrorCode::kIo) << refused.status().message();
      EXPECT_THAT(refused.status().message(), HasSubstr(data_dir_));
    }
    const auto later = store->append(std::vector{view("later", "ann")});
    ASSERT_FALSE(later.ok());
    EXPECT_THAT(later.status().message(), HasSubstr("no more events are accepted since a write failed"));
    EXPECT_EQ(store->statistics().last_sequence, 1U);
    EXPECT_EQ(store->shopper_state("ann")->event_count, 1U);
    EXPECT_FALSE(store->checkpoint().ok());
  }
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(journal_ids(*store), std::vector<std::string>{"before"});
  append_or_fail(*store, {view("later", "ann")});
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

TEST_F(RecoveryTest, a_damaged_table_is_named) {
  append_or_fail(*open(), random_events(1, 500));
  {
    const auto database = open_raw();
    ASSERT_TRUE(database->db().Flush({}, database->family(Family::kJournal)).ok());
  }
  std::string damaged;
  for (const auto& file : std::filesystem::directory_iterator(data_dir_ + "/store")) {
    if (file.path().extension() != ".sst" || file.file_size() < 8000) continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(200);
    bytes.write("damage", 6);
    damaged += file.path().filename().string() + " ";
  }
  ASSERT_FALSE(damaged.empty());
  base::Status status;
  const auto store = open_store(data_dir_, {}, clock_);
  status = store.ok() ? (*store)->read_journal(0, [](const JournalEntry&) { return true; }) : store.status();
  ASSERT_EQ(status.code(), base::ErrorCode::kCorrupt) << status.message();
  EXPECT_THAT(status.message(), HasSubstr(".sst"));
  EXPECT_THAT(status.message(), HasSubstr(data_dir_));
}

// Journal, shoppers and states, or why they cannot be read.
base::Result<std::string> everything_in(const std::string& data_dir, const base::Clock& clock) {
  INKLING_ASSIGN(const auto store, open_store(data_dir, {}, clock));
  std::string text;
  INKLING_TRY(store->read_journal(0, [&](const JournalEntry& entry) {
    text += std::to_string(entry.sequence) + entry.event.id + entry.event.shopper + " ";
    return true;
  }));
  std::vector<std::string> shoppers;
  INKLING_TRY(store->read_shoppers([&](std::string_view shopper) {
    shoppers.emplace_back(shopper);
    return true;
  }));
  for (const auto& shopper : shoppers) {
    INKLING_ASSIGN(const auto state, store->shopper_state(shopper));
    text += shopper + state::encode(state);
  }
  return text;
}

TEST_F(RecoveryTest, damage_anywhere_in_a_table_is_told_or_harmless) {
  append_or_fail(*open(), random_events(1, 600));
  {
    const auto database = open_raw();
    for (std::size_t i = 0; i < rocks::kFamilyCount; ++i) {
      ASSERT_TRUE(database->db().Flush({}, database->family(static_cast<Family>(i))).ok());
    }
  }
  const std::string whole = everything_in(data_dir_, clock_).value();
  const std::string damaged = data_dir_ + "/damaged";
  base::Random random(5);
  int told = 0;
  for (int i = 0; i < 40; ++i) {
    std::filesystem::remove_all(damaged);
    std::filesystem::create_directories(damaged);
    std::filesystem::copy(data_dir_ + "/store", damaged + "/store");
    std::vector<std::filesystem::path> tables;
    for (const auto& file : std::filesystem::directory_iterator(damaged + "/store")) {
      if (file.path().extension() == ".sst") tables.push_back(file.path());
    }
    ASSERT_FALSE(tables.empty());
    const auto& table = tables[random.below(tables.size())];
    std::fstream bytes(table, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(random.below(std::filesystem::file_size(table))));
    bytes.write("damaged", 7);
    bytes.close();
    const auto found = everything_in(damaged, clock_);
    if (found.ok()) {
      EXPECT_EQ(*found, whole) << table;
      continue;
    }
    ++told;
    EXPECT_EQ(found.status().code(), base::ErrorCode::kCorrupt) << found.status().message();
    EXPECT_THAT(found.status().message(), HasSubstr(damaged));
  }
  EXPECT_GT(told, 10);
}

}  // namespace
}  // namespace inkling::store
