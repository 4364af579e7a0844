#include "picture/orientation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/core/random.h"
#include "picture/encode.h"

namespace inkling::picture {
namespace {

std::string number(std::uint32_t value, std::size_t size, bool big_endian) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(value >> 8 * (big_endian ? size - 1 - i : i) & 0xFF);
  }
  return bytes;
}

// APP1 as cameras write it: another tag first, the directory where its header says.
std::string app1(std::uint32_t orientation, bool big_endian = true, std::uint32_t directory = 8) {
  const auto two = [&](std::uint32_t value) { return number(value, 2, big_endian); };
  const auto four = [&](std::uint32_t value) { return number(value, 4, big_endian); };
  const std::string header = (big_endian ? "MM" : "II") + two(42) + four(directory);
  const std::string width = two(0x0100) + two(4) + four(1) + four(640);
  const std::string turn = two(0x0112) + two(3) + four(1) + two(orientation) + two(0);
  return std::string("Exif\0\0", 6) + header + std::string(directory - 8, '\0') + two(2) + width + turn + four(0);
}

int told(const std::string& bytes) {
  return orientation_of(std::as_bytes(std::span(bytes)));
}

std::string with_marker(const std::string& jpeg, const std::string& marker) {
  return jpeg.substr(0, 2) + "\xFF\xE1" + number(static_cast<std::uint32_t>(marker.size() + 2), 2, true) + marker +
         jpeg.substr(2);
}

// 48 x 32 in four quarters: red, green / blue, white.
Picture quarters() {
  Picture made{48, 32, {}};
  for (std::uint32_t i = 0; i < 48 * 32; ++i) {
    const bool left = i % 48 < 24, top = i / 48 < 16;
    for (const int value : {left == top ? 255 : 0, left ? 0 : 255, top ? 0 : 255}) {
      made.rgb.push_back(static_cast<std::uint8_t>(value));
    }
  }
  return made;
}

// The quarters' colours, read like a page.
std::string colours(const Picture& picture) {
  std::string seen;
  for (const std::uint32_t y : {picture.height / 4, picture.height * 3 / 4}) {
    for (const std::uint32_t x : {picture.width / 4, picture.width * 3 / 4}) {
      const std::uint8_t* pixel = picture.rgb.data() + (std::size_t{y} * picture.width + x) * 3;
      seen += pixel[0] > 128 ? (pixel[1] > 128 ? 'w' : 'r') : pixel[1] > 128 ? 'g' : 'b';
    }
  }
  return seen;
}

TEST(Orientation, is_read_in_both_byte_orders_and_wherever_the_directory_lies) {
  for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
    for (const bool big_endian : {false, true}) {
      EXPECT_EQ(told(app1(orientation, big_endian)), static_cast<int>(orientation));
      EXPECT_EQ(told(app1(orientation, big_endian, 60'000)), static_cast<int>(orientation));
    }
  }
}

TEST(Orientation, that_makes_no_sense_is_upright) {
  EXPECT_EQ(told(""), kUpright);
  EXPECT_EQ(told("http://ns.adobe.com/xap/1.0/"), kUpright);
  EXPECT_EQ(told(app1(0)), kUpright);
  EXPECT_EQ(told(app1(9)), kUpright);
  std::string other = app1(6);
  other[9] = '\x2B';  // 43 in place of 42
  EXPECT_EQ(told(other), kUpright);
  other = app1(6);
  other[31] = '\x04';  // a value of another type
  EXPECT_EQ(told(other), kUpright);
  other = app1(6);
  for (std::size_t i = 10; i < 14; ++i) other[i] = '\xFF';  // a directory far behind the end
  EXPECT_EQ(told(other), kUpright);
}

TEST(Orientation, that_is_cut_off_or_damaged_is_read_within_its_bytes) {
  const std::string whole = app1(6);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<char> exact(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const int said = orientation_of(std::as_bytes(std::span(exact)));
    EXPECT_TRUE(said == kUpright || said == 6) << size;
  }
  base::Random random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string damaged = whole.substr(0, random.below(whole.size() + 1));
    if (damaged.size() > 6) damaged[6 + random.below(damaged.size() - 6)] = static_cast<char>(random.below(256));
    const int said = told(damaged);
    EXPECT_TRUE(said >= 1 && said <= 8);
  }
}

// What the standard says of each: where the file's row 0 and column 0 lie when the picture is looked at.
TEST(Orientation, of_a_jpeg_is_applied) {
  const std::string jpeg = encode_jpeg(quarters(), 95).value();
  const std::string seen[] = {"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
  for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
    const std::string file = with_marker(jpeg, app1(orientation));
    const auto picture = decode(std::as_bytes(std::span(file)));
    ASSERT_TRUE(picture.ok()) << picture.status().message();
    EXPECT_EQ(picture->width, orientation < 5 ? 48u : 32u) << orientation;
    EXPECT_EQ(picture->height, orientation < 5 ? 32u : 48u) << orientation;
    EXPECT_EQ(colours(*picture), seen[orientation - 1]) << orientation;
  }
}

TEST(Orientation, is_found_behind_other_markers_and_in_pictures_made_smaller) {
  const std::string jpeg = encode_jpeg(quarters(), 95).value();
  const std::string file = with_marker(with_marker(jpeg, app1(6)), "http://ns.adobe.com/xap/1.0/");
  const auto picture = decode(std::as_bytes(std::span(file)), 16);
  ASSERT_TRUE(picture.ok());
  EXPECT_EQ(picture->width, 16u);
  EXPECT_EQ(picture->height, 24u);
  EXPECT_EQ(colours(*picture), "brwg");
}

}  // namespace
}  // namespace inkling::picture
