// inkling train --pictures: folders of pictures in, a package that sorts others out; inkling sort asks it.
#include <array>
#include <sstream>

#include "base/core/json.h"
#include "base/core/random.h"
#include "picture/encode.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using testing::HasSubstr;

// A pale disc on dark ground, or dark stripes on pale ground.
picture::Picture drawn(bool disc, base::Random& random) {
  picture::Picture made{80, 60, {}};
  const double x = random.uniform(25, 55), y = random.uniform(20, 40), size = random.uniform(10, 18);
  const std::array<double, 3> cast = {random.uniform(0.8, 1), random.uniform(0.8, 1), random.uniform(0.8, 1)};
  for (std::uint32_t i = 0; i < 80 * 60; ++i) {
    const double dx = i % 80 - x, dy = i / 80 - y;
    const bool pale = disc ? dx * dx + dy * dy < size * size : static_cast<int>(dx + 100) % 12 < 6;
    for (const double share : cast) made.rgb.push_back(static_cast<std::uint8_t>((pale ? 220 : 50) * share));
  }
  return made;
}

class SortingTest : public Workplace {
 protected:
  void SetUp() override {
    base::Random random(1);
    for (int i = 0; i < 30; ++i) {
      write("pictures/discs/" + std::to_string(i) + ".png", picture::encode_png(drawn(true, random)).value());
      write("pictures/stripes/" + std::to_string(i) + ".jpg", picture::encode_jpeg(drawn(false, random), 90).value());
    }
    write("new/a.jpg", picture::encode_jpeg(drawn(true, random), 80).value());
    write("new/b.PNG", picture::encode_png(drawn(false, random)).value());
    write("new/broken.jpg", "no picture");
    write("new/noise.png", picture::encode_png(noise(random)).value());
    write("new/notes.txt", "no picture either, and nothing is said of it");
  }
  static picture::Picture noise(base::Random& random) {
    picture::Picture made{64, 64, {}};
    for (int i = 0; i < 64 * 64 * 3; ++i) made.rgb.push_back(static_cast<std::uint8_t>(random.below(256)));
    return made;
  }
  Outcome train(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"train", "--data", "data", "--pictures", "pictures", "--set", "epochs=10"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling_ok(arguments);
  }
  // What inkling sort --json answers; null when it does not.
  base::Json sorted_json(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"sort", "--data", "data", "--in", "new", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto answer = base::Json::parse(inkling_ok(arguments).out);
    return answer.ok() ? *answer : base::Json();
  }
};

constexpr const char* kBroken = "picture: the file begins like no picture that is known; expected a JPEG or a PNG";

TEST_F(SortingTest, learns_from_folders_and_sorts_others) {
  write("pictures/discs/broken.png", "no picture");
  const std::string said = train().out;
  EXPECT_THAT(said, HasSubstr("60 pictures in 2 albums\n1 left out:\n  discs/broken.png: picture: "));
  EXPECT_THAT(said, HasSubstr("album_sorter v1 is live"));

  const std::string shown = inkling_ok({"sort", "--data", "data", "--in", "new"}).out;
  EXPECT_THAT(shown, testing::ContainsRegex("a.jpg: (unsure, perhaps )?discs [01][.]"));
  EXPECT_THAT(shown, HasSubstr("broken.jpg: left out\n"));
  EXPECT_THAT(shown, HasSubstr(std::string("     1 left out: ") + kBroken));

  const base::Json told = sorted_json();
  ASSERT_NE(told.find("pictures"), nullptr) << told.to_text();
  const auto& rows = *told.find("pictures")->if_array();
  ASSERT_EQ(rows.size(), 4U) << told.to_text();
  EXPECT_EQ(*rows[0].find("album")->if_text(), "discs");
  EXPECT_EQ(*rows[1].find("album")->if_text(), "stripes");
  EXPECT_EQ(*rows[2].find("left_out")->if_text(), kBroken);
  EXPECT_TRUE(*rows[3].find("unsure")->if_boolean()) << told.to_text();
  EXPECT_EQ(*told.find("left_out")->find(kBroken)->if_integer(), 1);
  const auto count = [&](const char* album) { return *told.find("albums")->find(album)->if_integer(); };
  EXPECT_EQ(count("discs") + count("stripes") + *told.find("unsure")->if_integer(), 3);

  const base::Json counted = sorted_json({"--out", "sorted.jsonl"});
  EXPECT_EQ(counted.find("pictures"), nullptr);
  std::istringstream lines(read_text(folder() / "sorted.jsonl"));
  std::size_t at = 0;
  for (std::string line; std::getline(lines, line); ++at) EXPECT_EQ(base::Json::parse(line).value(), rows.at(at));
  EXPECT_EQ(at, 4U);
}

TEST_F(SortingTest, keeps_the_live_version_and_tells_what_can_be_set) {
  train();
  EXPECT_THAT(train({"--set", "batch_size=16"}).out, HasSubstr("v2"));
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out, testing::ContainsRegex("album_sorter +v1 +live"));
  EXPECT_THAT(inkling_ok({"models", "zoo"}).out, HasSubstr("album_sorter  sorts pictures"));
  EXPECT_THAT(inkling_ok({"models", "params", "album_sorter"}).out, HasSubstr("unsure_share"));
}

TEST_F(SortingTest, says_what_is_missing_or_wrong) {
  expect_refusal(inkling({"train", "--data", "data", "--model", "album_sorter"}), kBadInput, {"--pictures"});
  expect_refusal(inkling({"train", "--data", "data", "--model", "caam", "--pictures", "pictures"}), kBadInput,
                 {"--pictures", "caam", "album_sorter"});
  expect_refusal(inkling({"train", "--data", "data", "--pictures", "nowhere"}), kBadInput, {"nowhere"});
  expect_refusal(inkling({"train", "--data", "data", "--pictures", "pictures", "--set", "epoch=3"}), kBadInput,
                 {"epoch", "epochs"});
  write("few/a/1.png", "no picture");
  expect_refusal(inkling({"train", "--data", "data", "--pictures", "few"}), kBadInput,
                 {"few/a: has 0 pictures; expected at least 10"});
  expect_refusal(inkling({"sort", "--data", "data", "--in", "new"}), kBadInput,
                 {"no version of \"album_sorter\" is live"});
  expect_refusal(inkling({"sort", "--data", "data", "--in", "new", "--model", "album_sort"}), kBadInput,
                 {"did you mean album_sorter?"});
}

}  // namespace
}  // namespace inkling::cli_test
