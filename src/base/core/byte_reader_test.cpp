#include "base/core/byte_reader.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "base/core/byte_writer.h"
#include "base/core/random.h"

namespace inkling::base {
namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

TEST(ByteReader, reads_back_what_the_writer_wrote) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
  ByteWriter writer;
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, kMost})
    writer.whole(value);
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{64}, kLeast, -(kLeast + 1)}) {
    writer.integer(value);
  }
  writer.real(-0.25);
  writer.text("späť");
  writer.fixed(0x010203, 3);
  const auto bytes = writer.take();
  ByteReader reader(bytes);
  EXPECT_EQ(reader.whole(), 0U);
  EXPECT_EQ(reader.whole(), 127U);
  EXPECT_EQ(reader.whole(), 128U);
  EXPECT_EQ(reader.whole(), kMost);
  EXPECT_EQ(reader.integer(), 0);
  EXPECT_EQ(reader.integer(), -1);
  EXPECT_EQ(reader.integer(), 64);
  EXPECT_EQ(reader.integer(), kLeast);
  EXPECT_EQ(reader.integer(), -(kLeast + 1));
  EXPECT_EQ(reader.real(), -0.25);
  EXPECT_EQ(reader.text(100), "späť");
  EXPECT_EQ(reader.fixed(3), 0x010203U);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.left(), 0U);
}

TEST(ByteReader, gives_zeros_behind_the_end_and_says_so) {
  const auto bytes = bytes_of({1, 2});
  ByteReader reader(bytes);
  EXPECT_EQ(reader.fixed(4), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.fixed(1), 0U) << "what is left counts no more";
  EXPECT_EQ(reader.text(9), "");
  EXPECT_EQ(reader.real(), 0);
}

TEST(ByteReader, refuses_what_cannot_be) {
  const auto refuses = [](std::initializer_list<int> values, auto read) {
    const auto bytes = bytes_of(values);
    ByteReader reader(bytes);
    read(reader);
    return !reader.ok();
  };
  EXPECT_TRUE(refuses({5}, [](ByteReader& in) { in.whole(4); }));
  EXPECT_FALSE(refuses({4}, [](ByteReader& in) { in.whole(4); }));
  EXPECT_TRUE(refuses({3, 'a', 'b', 'c'}, [](ByteReader& in) { in.text(2); }));
  EXPECT_TRUE(refuses({3, 'a', 'b'}, [](ByteReader& in) { in.text(9); }));
  EXPECT_TRUE(refuses({2, 0, 0, 0}, [](ByteReader& in) { in.count(2); })) << "of three bytes";
  EXPECT_TRUE(refuses({0, 0, 0, 0, 0, 0, 0xf0, 0x7f}, [](ByteReader& in) { in.real(); })) << "infinite";
  EXPECT_TRUE(refuses({255, 255, 255, 255, 255, 255, 255, 255, 255, 2}, [](ByteReader& in) { in.whole(); }))
      << "65 bits";
  EXPECT_TRUE(refuses({128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0}, [](ByteReader& in) { in.whole(); }));
}

TEST(ByteReader, bears_any_bytes) {
  Random random(5);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::byte> bytes(random.below(40));
    for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
    ByteReader reader(bytes);
    while (reader.ok()) {
      switch (random.below(5)) {
        case 0:
          reader.whole();
          break;
        case 1:
          EXPECT_LE(reader.count(3) * 3, bytes.size());
          break;
        case 2:
          EXPECT_LE(reader.text(20).size(), 20U);
          break;
        case 3:
          reader.real();
          break;
        default:
          reader.fixed(1 + random.below(8));
      }
      ASSERT_LE(reader.left(), bytes.size());
    }
  }
}

}  // namespace
}  // namespace inkling::base
