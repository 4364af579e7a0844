#include "picture/decode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/core/random.h"
#include "picture/encode.h"

namespace inkling::picture {
namespace {

using base::ErrorCode;
using testing::HasSubstr;

// Left half one colour, right half another.
Picture halves(std::uint32_t width, std::uint32_t height) {
  Picture made{width, height, {}};
  for (std::uint32_t i = 0; i < width * height; ++i) {
    const bool left = i % width < width / 2;
    for (const int value : {left ? 200 : 20, 100, left ? 30 : 220})
      made.rgb.push_back(static_cast<std::uint8_t>(value));
  }
  return made;
}

base::Result<Picture> decoded(const std::string& file, std::uint32_t least_side = kMaxSide) {
  return decode(std::as_bytes(std::span(file)), least_side);
}

TEST(Decode, reads_back_what_was_written) {
  const Picture picture = halves(40, 30);
  const auto png = decoded(encode_png(picture).value());
  ASSERT_TRUE(png.ok()) << png.status().message();
  EXPECT_EQ(png->rgb, picture.rgb);
  const auto jpeg = decoded(encode_jpeg(picture, 95).value());
  ASSERT_TRUE(jpeg.ok()) << jpeg.status().message();
  EXPECT_EQ(jpeg->width, 40u);
  EXPECT_EQ(jpeg->height, 30u);
  EXPECT_NEAR(jpeg->rgb[0], 200, 8);
  EXPECT_NEAR(jpeg->rgb[39 * 3], 20, 8);
}

TEST(Decode, makes_large_jpegs_smaller_but_not_smaller_than_asked) {
  const std::string file = encode_jpeg(halves(640, 400), 80).value();
  EXPECT_EQ(decoded(file, 64)->height, 100u) << "a quarter: an eighth would be 50";
  EXPECT_EQ(decoded(file, 400)->height, 400u);
}

TEST(Decode, refuses_what_is_no_picture) {
  EXPECT_EQ(decoded("").status().message(),
            "picture: the file begins like no picture that is known; expected a JPEG or a PNG");
  EXPECT_FALSE(decoded("GIF89a").ok());
  EXPECT_FALSE(decoded("\xFF\xD8\xFF").ok());
  EXPECT_FALSE(decoded("\x89PNG\r\n\x1A\n").ok());
}

TEST(Decode, refuses_files_that_are_cut_off) {
  for (const std::string& file : {encode_jpeg(halves(64, 64), 90).value(), encode_png(halves(64, 64)).value()}) {
    for (const double share : {0.2, 0.5, 0.9}) {
      const auto cut = decoded(file.substr(0, static_cast<std::size_t>(share * static_cast<double>(file.size()))));
      ASSERT_FALSE(cut.ok()) << share;
      EXPECT_EQ(cut.status().code(), ErrorCode::kInvalidInput);
      EXPECT_THAT(cut.status().message(), HasSubstr("is damaged ("));
    }
  }
}

TEST(Decode, refuses_absurd_sizes_from_the_header_alone) {
  std::string jpeg = encode_jpeg(halves(8, 8), 90).value();
  const std::size_t frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, jpeg.npos);
  for (std::size_t i = 5; i < 9; ++i) jpeg[frame + i] = '\xEF';  // 61423 x 61423
  EXPECT_EQ(decoded(jpeg).status().code(), ErrorCode::kTooLarge);
  EXPECT_THAT(decoded(jpeg).status().message(), HasSubstr("61423 x 61423 pixels; expected at most"));
  EXPECT_EQ(decoded(std::string(kMaxBytes + 1, 'x')).status().code(), ErrorCode::kTooLarge);
}

TEST(Decode, survives_any_damage) {
  base::Random random(1);
  for (const std::string& file : {encode_jpeg(halves(48, 32), 70).value(), encode_png(halves(48, 32)).value()}) {
    for (int round = 0; round < 2000; ++round) {
      std::string damaged = file;
      for (int i = 0; i < 3; ++i) damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
      const auto picture = decoded(damaged);
      if (!picture.ok()) continue;
      EXPECT_EQ(picture->rgb.size(), std::size_t{picture->width} * picture->height * 3);
    }
  }
}

TEST(Shrink, means_what_each_pixel_covers) {
  std::vector<float> planes(3 * 2 * 2);
  shrink(halves(10, 6), 2, planes);
  EXPECT_NEAR(planes[0], 200 / 255.0, 1e-6);
  EXPECT_NEAR(planes[1], 20 / 255.0, 1e-6);
  EXPECT_NEAR(planes[4], 100 / 255.0, 1e-6);
  EXPECT_NEAR(planes[9], 220 / 255.0, 1e-6);
  std::vector<float> one(3);
  shrink(halves(10, 7), 1, one);
  EXPECT_NEAR(one[0], 110 / 255.0, 1e-6);
  std::vector<float> larger(3 * 16);
  shrink({1, 1, {255, 0, 51}}, 4, larger);
  EXPECT_NEAR(std::accumulate(larger.begin(), larger.end(), 0.0), 16 * 1.2, 1e-5);
}

}  // namespace
}  // namespace inkling::picture
