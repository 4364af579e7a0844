#include "wire/line_reader.h"

#include <algorithm>

#include "wire/log_files_for_test.h"

namespace inkling::wire {
namespace {

class LineReaderTest : public LogFilesTest {
 protected:
  // Lines up to the end or the error, which goes to `status`.
  static std::vector<std::string> lines_of(const std::string& path, base::Status* status = nullptr) {
    std::vector<std::string> lines;
    auto reader = LineReader::open(path);
    base::Result<bool> more = reader.ok() ? reader->next() : base::Result<bool>(reader.status());
    while (more.ok() && *more) {
      lines.emplace_back(reader->line());
      EXPECT_EQ(reader->line_number(), lines.size());
      more = reader->next();
    }
    if (status != nullptr) *status = more.status();
    EXPECT_TRUE(status != nullptr || more.ok()) << more.status().message();
    return lines;
  }

  // Larger than every buffer, and hard to pack.
  static std::string long_log() {
    std::string text;
    std::uint64_t x = 1;
    while (text.size() < 5'000'000) {
      x = x * 6364136223846793005ULL + 1442695040888963407ULL;
      text += std::to_string(x) + std::string(x >> 56, 'a') + "\n";
    }
    return text;
  }
};

using Lines = std::vector<std::string>;

TEST_F(LineReaderTest, knows_every_line_break_and_a_last_line_without_one) {
  EXPECT_EQ(lines_of(file("a", "x\ny\r\n\n z\r\r\nlast")), (Lines{"x", "y", "", " z\r", "last"}));
  EXPECT_EQ(lines_of(file("b", "x\n")), Lines{"x"});
  EXPECT_EQ(lines_of(file("c", "")), Lines{});
  EXPECT_EQ(lines_of(file("d", "\n")), Lines{""});
}

TEST_F(LineReaderTest, reads_plain_gzip_and_zstd_alike_whatever_their_names) {
  const std::string text = long_log();
  const Lines plain = lines_of(file("plain.gz", text));
  EXPECT_EQ(plain.size(), static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  EXPECT_EQ(lines_of(file("packed", gzip(text))), plain);
  EXPECT_EQ(lines_of(file("packed.csv", zstd(text))), plain);
  std::string joined;
  for (const std::string& line : plain) joined += line + "\n";
  EXPECT_EQ(joined, text);
}

TEST_F(LineReaderTest, reads_streams_one_behind_the_other) {
  EXPECT_EQ(lines_of(file("a.gz", gzip("x\ny") + gzip("z\n") + gzip("") + gzip("w"))), (Lines{"x", "yz", "w"}));
  EXPECT_EQ(lines_of(file("a.zst", zstd("x\ny") + zstd("z\n") + zstd("") + zstd("w"))), (Lines{"x", "yz", "w"}));
  EXPECT_EQ(lines_of(file("b.gz", gzip("x") + std::string(512, '\0'))), Lines{"x"});
}

TEST_F(LineReaderTest, hands_on_what_precedes_a_cut_and_then_says_so) {
  const std::string text = long_log();
  for (const auto& [name, packed] : {std::pair("gzip", gzip(text)), std::pair("zstd", zstd(text))}) {
    base::Status status;
    const std::string path = file("cut", std::string_view(packed).substr(0, packed.size() - 5));
    const Lines lines = lines_of(path, &status);
    EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
    EXPECT_EQ(status.message(), path + ": the " + name + " stream is cut off after " +
                                    std::to_string(packed.size() - 5) + " bytes; copy or download the file again");
    EXPECT_GT(lines.size(), 1000U);
    lines_of(file("half", std::string_view(packed).substr(0, packed.size() / 2)), &status);
    EXPECT_NE(status.message().find("is cut off after"), std::string::npos);
  }
}

TEST_F(LineReaderTest, refuses_damaged_streams) {
  std::string packed = gzip(long_log());
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  base::Status status;
  lines_of(file("bad.gz", packed), &status);
  EXPECT_EQ(status.code(), base::ErrorCode::kCorrupt);
  EXPECT_NE(status.message().find("bad.gz: the gzip stream is damaged before byte "), std::string::npos);
  packed = zstd(long_log());
  packed.replace(packed.size() / 2, 1000, 1000, '\xFF');
  lines_of(file("bad.zst", packed), &status);
  EXPECT_NE(status.message().find("bad.zst: the zstd stream is damaged before byte "), std::string::npos);
}

TEST_F(LineReaderTest, skips_the_mark_of_utf8_and_names_utf16) {
  EXPECT_EQ(lines_of(file("a", "\xEF\xBB\xBFuser,item\nx")), (Lines{"user,item", "x"}));
  base::Status status;
  lines_of(file("b", std::string_view("\xFF\xFEu\0", 4)), &status);
  EXPECT_NE(status.message().find("/b is UTF-16; convert it to UTF-8"), std::string::npos);
}

TEST_F(LineReaderTest, names_files_that_cannot_be_read) {
  const auto missing = LineReader::open(folder_ + "/none");
  EXPECT_EQ(missing.status().code(), base::ErrorCode::kNotFound);
  EXPECT_EQ(missing.status().message(), "cannot read " + folder_ + "/none: No such file or directory");
  EXPECT_EQ(LineReader::open(folder_).status().message(), "cannot read " + folder_ + ": Is a directory");
}

TEST_F(LineReaderTest, extends_a_line_in_place_and_takes_it_back) {
  auto reader = LineReader::open(file("a", "1\r\n2\n3\n4"));
  ASSERT_TRUE(reader.ok());
  ASSERT_TRUE(reader->next().value());
  ASSERT_TRUE(reader->extend().value());
  ASSERT_TRUE(reader->extend().value());
  EXPECT_EQ(reader->line(), "1\r\n2\n3");
  EXPECT_EQ(reader->lines(), 3U);
  reader->shrink();
  EXPECT_EQ(reader->line(), "1");
  ASSERT_TRUE(reader->next().value());
  EXPECT_EQ(reader->line(), "2");
  ASSERT_TRUE(reader->extend().value());
  ASSERT_TRUE(reader->next().value());
  EXPECT_EQ(reader->line(), "4");
  EXPECT_EQ(reader->line_number(), 4U);
  EXPECT_FALSE(reader->extend().value());
  EXPECT_EQ(reader->line(), "4");
  EXPECT_FALSE(reader->next().value());
  EXPECT_EQ(reader->lines(), 4U);
}

TEST_F(LineReaderTest, refuses_endless_lines) {
  const std::string path = file("a", "x\n" + std::string(kMaxLineBytes + 1, 'y'));
  base::Status status;
  EXPECT_EQ(lines_of(path, &status), Lines{"x"});
  EXPECT_EQ(status.code(), base::ErrorCode::kTooLarge);
  EXPECT_EQ(status.message(), path + ":2: the line has more than 16 MiB");
}

TEST_F(LineReaderTest, counts_the_bytes_of_the_disk) {
  const std::string packed = gzip(long_log());
  auto reader = LineReader::open(file("a.gz", packed));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->bytes_total(), packed.size());
  while (reader->next().value()) ASSERT_LE(reader->bytes_read(), packed.size());
  EXPECT_EQ(reader->bytes_read(), packed.size());
}

}  // namespace
}  // namespace inkling::wire
