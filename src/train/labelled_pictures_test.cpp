#include "train/labelled_pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "picture/encode.h"

namespace inkling::train {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class LabelledPicturesTest : public testing::Test {
 protected:
  LabelledPicturesTest()
      : folder_(fs::path(testing::TempDir()) /
                (std::string("pictures_") + testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(folder_);
  }
  ~LabelledPicturesTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& bytes) const {
    ASSERT_TRUE(base::make_directories((folder_ / name).parent_path().string()).ok());
    ASSERT_TRUE(base::write_file_atomic((folder_ / name).string(), bytes).ok());
  }
  void fill(const std::string& album, std::uint8_t grey, std::size_t count) const {
    const picture::Picture picture{30, 20, std::vector<std::uint8_t>(30 * 20 * 3, grey)};
    for (std::size_t i = 0; i < count; ++i) {
      write(album + "/" + std::to_string(i) + (i % 2 == 0 ? ".png" : ".JPG"),
            (i % 2 == 0 ? picture::encode_png(picture) : picture::encode_jpeg(picture, 95)).value());
    }
  }

  fs::path folder_;
};

TEST_F(LabelledPicturesTest, are_read_by_album) {
  fill("rooms", 40, 10);
  fill("dogs", 200, 12);
  write("dogs/notes.txt", "no picture, and nothing is said of it");
  const auto read = read_labelled_pictures(folder_.string());
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_THAT(read->albums, ElementsAre("dogs", "rooms"));
  ASSERT_EQ(read->pictures.size(), 22u);
  EXPECT_EQ(read->pictures[0].name, "dogs/0.png");
  EXPECT_EQ(read->pictures[0].planes.size(), 3 * kPictureSide * kPictureSide);
  EXPECT_EQ(read->pictures[0].planes[17], 200);
  EXPECT_EQ(read->pictures[21].album, 1u);
  EXPECT_TRUE(read->left_out.empty());
}

TEST_F(LabelledPicturesTest, that_are_broken_are_left_out_with_a_sentence) {
  fill("a", 40, 10);
  fill("b", 200, 10);
  write("b/broken.jpg", "no picture");
  write("b/cut.png", std::string("\x89PNG\r\n\x1A\n", 8));
  const auto read = read_labelled_pictures(folder_.string());
  ASSERT_TRUE(read.ok());
  EXPECT_THAT(read->left_out, ElementsAre(StartsWith("b/broken.jpg: picture: the file begins like no picture"),
                                          StartsWith("b/cut.png: picture: the PNG is damaged")));
}

TEST_F(LabelledPicturesTest, need_two_albums_of_enough_pictures) {
  EXPECT_EQ(read_labelled_pictures(folder_.string()).status().code(), base::ErrorCode::kNotFound);
  fill("a", 40, 10);
  EXPECT_THAT(read_labelled_pictures(folder_.string()).status().message(), HasSubstr("has 1 albums"));
  fill("b", 40, 3);
  EXPECT_THAT(read_labelled_pictures(folder_.string()).status().message(),
              HasSubstr("has 3 pictures; expected at least 10"));
}

}  // namespace
}  // namespace inkling::train
