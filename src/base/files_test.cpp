#include "base/files.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace inkling::base {
namespace {

class FilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string form = testing::TempDir() + "inkling_files_XXXXXX";
    ASSERT_NE(::mkdtemp(form.data()), nullptr);
    folder_ = form;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
};

TEST_F(FilesTest, reads_back_what_was_written) {
  const std::string bytes("a\0b\n", 4);
  ASSERT_TRUE(write_file_atomic(folder_ + "/x", bytes).ok());
  const auto read = read_file(folder_ + "/x");
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(*read, bytes);
}

TEST_F(FilesTest, reads_empty_large_and_sizeless_files) {
  ASSERT_TRUE(write_file_atomic(folder_ + "/empty", "").ok());
  EXPECT_EQ(read_file(folder_ + "/empty").value(), "");
  const std::string large(300'000, 'x');
  ASSERT_TRUE(write_file_atomic(folder_ + "/large", large).ok());
  EXPECT_EQ(read_file(folder_ + "/large").value(), large);
  // Files of the kernel say that they have 0 bytes.
  EXPECT_FALSE(read_file("/proc/self/status").value().empty());
}

TEST_F(FilesTest, replaces_the_file_and_leaves_no_temporary_behind) {
  ASSERT_TRUE(write_file_atomic(folder_ + "/x", "old").ok());
  ASSERT_TRUE(write_file_atomic(folder_ + "/x", "new").ok());
  EXPECT_EQ(read_file(folder_ + "/x").value(), "new");
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 1);
}

TEST_F(FilesTest, a_failed_write_keeps_the_old_and_leaves_no_temporary_behind) {
  ASSERT_TRUE(make_directories(folder_ + "/x/kept").ok());
  const Status status = write_file_atomic(folder_ + "/x", "new");  // a folder cannot be replaced by a file
  EXPECT_EQ(status.code(), ErrorCode::kIo);
  EXPECT_EQ(status.message(), "cannot write " + folder_ + "/x: Is a directory");
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_)) ++files;
  EXPECT_EQ(files, 1);
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/x/kept"));
}

TEST_F(FilesTest, errors_name_path_and_reason) {
  const auto missing = read_file(folder_ + "/none");
  EXPECT_EQ(missing.status().code(), ErrorCode::kNotFound);
  EXPECT_EQ(missing.status().message(), "cannot read " + folder_ + "/none: No such file or directory");
  EXPECT_EQ(read_file(folder_).status().message(), "cannot read " + folder_ + ": Is a directory");
  EXPECT_EQ(write_file_atomic(folder_ + "/no/x", "").message(),
            "cannot write " + folder_ + "/no/x: No such file or directory");
}

TEST_F(FilesTest, refuses_files_over_the_limit) {
  ASSERT_TRUE(write_file_atomic(folder_ + "/x", "12345").ok());
  EXPECT_TRUE(read_file(folder_ + "/x", 5).ok());
  const auto refused = read_file(folder_ + "/x", 4);
  EXPECT_EQ(refused.status().code(), ErrorCode::kTooLarge);
  EXPECT_EQ(refused.status().message(), folder_ + "/x has more than the 4 bytes allowed");
}

TEST_F(FilesTest, makes_folders_on_the_way_and_accepts_existing_ones) {
  ASSERT_TRUE(make_directories(folder_ + "/a/b/c").ok());
  ASSERT_TRUE(make_directories(folder_ + "/a/b/c").ok());
  EXPECT_TRUE(std::filesystem::is_directory(folder_ + "/a/b/c"));
  ASSERT_TRUE(write_file_atomic(folder_ + "/file", "x").ok());
  const Status status = make_directories(folder_ + "/file/below");
  EXPECT_FALSE(status.ok());
  EXPECT_NE(status.message().find("cannot make the folder " + folder_ + "/file/below"), std::string::npos);
}

}  // namespace
}  // namespace inkling::base
