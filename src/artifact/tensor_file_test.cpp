#include "artifact/tensor_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <numeric>

#include "artifact/mapped_file.h"
#include "artifact/test_folder.h"

namespace inkling::artifact {
namespace {

using ::testing::HasSubstr;

class TensorFiles : public ::testing::Test {
 protected:
  TestFolder folder_;
  std::filesystem::path path_ = folder_.path() / "shard.safetensors";
  std::vector<TensorSpec> specs_ = {
      {"rows", Dtype::kF32, {5, 2}}, {"none", Dtype::kF32, {0}}, {"labels", Dtype::kU8, {5}}};
  std::array<float, 10> rows_{};
  std::array<std::uint8_t, 5> labels_ = {1, 0, 0, 1, 1};

  void SetUp() override { std::iota(rows_.begin(), rows_.end(), 0.5f); }
};

TEST_F(TensorFiles, written_in_pieces_equal_the_file_written_at_once) {
  auto writer = TensorFileWriter::create(path_, specs_, {{"kind", "shard"}});
  ASSERT_TRUE(writer.ok()) << writer.status().message();
  ASSERT_TRUE(writer->append_values<float>(std::span(rows_).first(3)).ok());
  ASSERT_TRUE(writer->append_values<float>(std::span(rows_).subspan(3)).ok());
  ASSERT_TRUE(writer->append_values<std::uint8_t>(labels_).ok());
  EXPECT_FALSE(std::filesystem::exists(path_));
  ASSERT_TRUE(writer->finish().ok());

  SafetensorsWriter at_once;
  ASSERT_TRUE(at_once.add<float>("rows", {5, 2}, rows_).ok());
  ASSERT_TRUE(at_once.add<float>("none", {0}, {}).ok());
  ASSERT_TRUE(at_once.add<std::uint8_t>("labels", {5}, labels_).ok());
  at_once.set_metadata("kind", "shard");
  const auto mapped = MappedFile::open(path_);
  ASSERT_TRUE(mapped.ok()) << mapped.status().message();
  const auto expected = *at_once.bytes();
  ASSERT_TRUE(std::equal(expected.begin(), expected.end(), mapped->bytes().begin(), mapped->bytes().end()));
  const auto parsed = Safetensors::parse(mapped->bytes());
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->verify_checksums().ok());
  EXPECT_THAT(*parsed->floats("rows", {5, 2}), ::testing::ElementsAreArray(rows_));
}

TEST_F(TensorFiles, leave_nothing_behind_without_finish) {
  {
    auto writer = TensorFileWriter::create(path_, specs_);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->append_values<float>(std::span(rows_).first(3)).ok());
    EXPECT_EQ(writer->finish().message(), path_.string() + ": tensor \"rows\" has 12 of its 40 bytes.");
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(TensorFiles, refuse_bytes_after_the_last_tensor) {
  auto writer = TensorFileWriter::create(path_, specs_);
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->append_values<float>(rows_).ok());
  ASSERT_TRUE(writer->append_values<std::uint8_t>(labels_).ok());
  EXPECT_THAT(writer->append_values<std::uint8_t>(labels_).message(),
              HasSubstr("5 bytes came after the last tensor was complete"));
}

TEST_F(TensorFiles, say_where_they_cannot_be_written) {
  const auto writer = TensorFileWriter::create(folder_.path() / "absent" / "x", specs_);
  EXPECT_EQ(writer.status().code(), base::ErrorCode::kIo);
  EXPECT_THAT(writer.status().message(), HasSubstr("absent/x: No such file"));
}

TEST_F(TensorFiles, with_no_tensor_at_all_are_whole_files) {
  auto writer = TensorFileWriter::create(path_, {});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->finish().ok());
  const auto mapped = MappedFile::open(path_);
  ASSERT_TRUE(mapped.ok());
  EXPECT_TRUE(Safetensors::parse(mapped->bytes())->tensors().empty());
}

TEST(MappedFile, moves_without_losing_the_bytes_and_knows_missing_and_empty_files) {
  const TestFolder folder;
  EXPECT_EQ(MappedFile::open(folder.path() / "absent").status().code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(MappedFile::open(folder.path()).status().code(), base::ErrorCode::kIo);
  folder.write("empty", "");
  folder.write("text", "abc");
  auto empty = MappedFile::open(folder.path() / "empty");
  ASSERT_TRUE(empty.ok());
  EXPECT_TRUE(empty->bytes().empty());
  auto text = MappedFile::open(folder.path() / "text");
  ASSERT_TRUE(text.ok());
  *empty = *std::move(text);
  const MappedFile moved = *std::move(empty);
  ASSERT_EQ(moved.bytes().size(), 3u);
  EXPECT_EQ(moved.bytes()[2], std::byte{'c'});
}

}  // namespace
}  // namespace inkling::artifact
