// Damage anywhere in the write-ahead log: told, or a torn end. Never a silent loss, never a crash.
#include "store/rocks/log_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::uint64_t kGroups = 120;

// A log of many groups, some larger than a block of it, with states between them.
class LogCheck : public testing::Test {
 protected:
  LogCheck() {
    StoreOptions options;
    options.checkpoint_every_events = 50;
    const auto store = open_or_fail(whole(), options, clock_);
    base::Random random(7);
    for (std::uint64_t group = 0; group < kGroups; ++group) {
      std::vector<domain::Event> events;
      for (std::uint64_t n = group % 10 == 0 ? 150 : 2; n > 0; --n) {
        events.push_back(random_event(random, std::to_string(group) + "-" + std::to_string(n)));
      }
      append_or_fail(*store, events);
      if (group + 2 < kGroups) kept_at_least_ += events.size();
      all_ += events.size();
    }
  }
  [[nodiscard]] std::string whole() const { return folder_.path() + "/whole"; }
  [[nodiscard]] std::string damaged() const { return folder_.path() + "/damaged"; }
  // A fresh copy's log.
  [[nodiscard]] fs::path copied_log() const {
    fs::remove_all(damaged());
    fs::copy(whole(), damaged(), fs::copy_options::recursive);
    fs::path largest;
    for (const auto& file : fs::directory_iterator(damaged() + "/store")) {
      if (file.path().extension() != ".log") continue;
      if (largest.empty() || file.file_size() > fs::file_size(largest)) largest = file.path();
    }
    return largest;
  }
  static void overwrite(const fs::path& file, std::uint64_t at, std::size_t bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    std::string text(bytes, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(bytes));
    for (char& c : text) c = static_cast<char>(c ^ 0x55);
    stream.clear();
    stream.seekp(static_cast<std::streamoff>(at));
    stream << text;
  }

  TempFolder folder_;
  base::FixedClock clock_{1'700'000'000'000};
  std::uint64_t kept_at_least_ = 0;
  std::uint64_t all_ = 0;
};

TEST_F(LogCheck, a_whole_log_and_no_log_are_fine) {
  EXPECT_TRUE(check_logs(whole() + "/store").ok());
  EXPECT_TRUE(check_logs(folder_.path()).ok());
}

TEST_F(LogCheck, damage_anywhere_is_told_or_costs_the_newest_group_at_most) {
  base::Random random(11);
  int refused = 0;
  for (int i = 0; i < 60; ++i) {
    const fs::path log = copied_log();
    const std::uint64_t at = random.below(fs::file_size(log) - 64);
    overwrite(log, at, random.chance(0.5) ? 1 : 64);
    const auto store = open_store(damaged(), {}, clock_);
    if (store.ok()) {
      EXPECT_GE(journal_ids(**store).size(), kept_at_least_) << "damaged at " << at;
      EXPECT_EQ(stored_states(**store), fresh_fold(**store)) << "damaged at " << at;
      continue;
    }
    ++refused;
    EXPECT_EQ(store.status().code(), base::ErrorCode::kCorrupt) << store.status().message();
    EXPECT_THAT(store.status().message(), HasSubstr(log.filename().string() + " is damaged at byte "));
  }
  EXPECT_GT(refused, 45);
}

TEST_F(LogCheck, a_log_that_ends_early_is_a_torn_end) {
  base::Random random(13);
  for (int i = 0; i < 20; ++i) {
    const fs::path log = copied_log();
    fs::resize_file(log, random.below(fs::file_size(log)));
    const auto store = open_or_fail(damaged(), {}, clock_);
    ASSERT_NE(store, nullptr);
    EXPECT_LT(journal_ids(*store).size(), all_ + 1);
    EXPECT_EQ(stored_states(*store), fresh_fold(*store));
  }
}

TEST_F(LogCheck, the_remedy_that_is_told_works) {
  const fs::path log = copied_log();
  overwrite(log, fs::file_size(log) / 2, 8);
  const std::string told = open_store(damaged(), {}, clock_).status().message();
  const std::size_t number = told.find("truncate -s ");
  ASSERT_NE(number, std::string::npos) << told;
  fs::resize_file(log, std::stoull(told.substr(number + 12)));
  const auto store = open_or_fail(damaged(), {}, clock_);
  ASSERT_NE(store, nullptr);
  EXPECT_GT(journal_ids(*store).size(), all_ / 4);
  EXPECT_EQ(stored_states(*store), fresh_fold(*store));
}

}  // namespace
}  // namespace inkling::store::rocks
