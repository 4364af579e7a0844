#include "store/rocks/database.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "store/store_fixture.h"

namespace inkling::store::rocks {
namespace {

using testing::HasSubstr;

class DatabaseTest : public testing::Test {
 protected:
  base::Result<std::unique_ptr<Database>> open() { return Database::open(path_, base::kDayMs, clock_); }

  TempFolder folder_;
  std::string path_ = folder_.path() + "/data/store";
  base::FixedClock clock_{1};
};

// Another process that holds the folder's lock until the end of the test.
class LockHolder {
 public:
  explicit LockHolder(const std::string& lock_file) {
    std::array<int, 2> ready{};
    EXPECT_EQ(::pipe(ready.data()), 0);
    child_ = ::fork();
    if (child_ == 0) {
      struct flock lock {};
      lock.l_type = F_WRLCK;
      lock.l_whence = SEEK_SET;
      const int file = ::open(lock_file.c_str(), O_RDWR | O_CREAT, 0600);
      const char answer = ::fcntl(file, F_SETLK, &lock) == 0 ? 'y' : 'n';
      if (::write(ready[1], &answer, 1) == 1) ::pause();
      ::_exit(1);
    }
    char answer = 'n';
    EXPECT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    ::close(ready[0]);
    ::close(ready[1]);
  }
  ~LockHolder() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

 private:
  pid_t child_ = -1;
};

void expect_in_use(const base::Status& status, const std::string& folder) {
  EXPECT_EQ(status.code(), base::ErrorCode::kConflict);
  EXPECT_THAT(status.message(), HasSubstr(folder + " is in use by another inkling"));
}

TEST_F(DatabaseTest, names_the_folder_that_another_process_holds) {
  ASSERT_TRUE(open().ok());
  const LockHolder holder(path_ + "/LOCK");
  expect_in_use(open().status(), path_);
}

TEST_F(DatabaseTest, cannot_be_opened_twice_by_one_process) {
  const auto first = open();
  ASSERT_TRUE(first.ok());
  expect_in_use(open().status(), path_);
}

TEST_F(DatabaseTest, says_that_a_folder_cannot_be_created) {
  std::ofstream(folder_.path() + "/data") << "a file where the folder should be";
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kIo);
  EXPECT_THAT(status.message(), HasSubstr(path_ + " cannot be created"));
}

TEST_F(DatabaseTest, says_that_a_folder_cannot_be_written) {
  std::filesystem::create_directories(path_ + "/LOCK");  // as root the permission bits would not stop anyone
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kIo);
  EXPECT_THAT(status.message(), HasSubstr(path_ + " cannot be opened for writing"));
}

TEST_F(DatabaseTest, refuses_a_newer_format_with_its_number) {
  {
    const auto database = open();
    ASSERT_TRUE(database.ok());
    rocksdb::WriteBatch batch;
    (*database)->put_meta(batch, kFormatVersionKey, kFormatVersion + 1);
    ASSERT_TRUE((*database)->write(batch, true).ok());
  }
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(status.message(), HasSubstr("format version 3, written by a newer inkling"));
  EXPECT_THAT(status.message(), HasSubstr("reads format version 2"));
}

TEST_F(DatabaseTest, refuses_an_older_format_and_says_what_to_do) {
  {
    const auto database = open();
    rocksdb::WriteBatch batch;
    (*database)->put_meta(batch, kFormatVersionKey, 1);
    ASSERT_TRUE((*database)->write(batch, true).ok());
  }
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(status.message(), HasSubstr("format version 1, written by an older inkling"));
  EXPECT_THAT(status.message(), HasSubstr("into a new --data folder"));
}

TEST_F(DatabaseTest, refuses_families_of_a_newer_format) {
  {
    const auto database = open();
    ASSERT_TRUE(database.ok());
    rocksdb::ColumnFamilyHandle* unknown = nullptr;
    ASSERT_TRUE((*database)->db().CreateColumnFamily({}, "hologram", &unknown).ok());
    (*database)->db().DestroyColumnFamilyHandle(unknown);
  }
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kUnsupported);
  EXPECT_THAT(status.message(), HasSubstr("hologram"));
}

TEST_F(DatabaseTest, names_a_damaged_file_of_its_own) {
  ASSERT_TRUE(open().ok());
  std::ofstream(path_ + "/CURRENT") << "nonsense";
  const auto status = open().status();
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr("CURRENT"));
}

TEST_F(DatabaseTest, numbers_survive_a_restart) {
  {
    const auto database = open();
    rocksdb::WriteBatch batch;
    (*database)->put_meta(batch, "a", 0x0102030405060708ULL);
    ASSERT_TRUE((*database)->write(batch, true).ok());
  }
  const auto database = open();
  EXPECT_EQ((*database)->meta("a").value(), 0x0102030405060708ULL);
  EXPECT_EQ((*database)->meta("b").value(), std::nullopt);
}

}  // namespace
}  // namespace inkling::store::rocks
