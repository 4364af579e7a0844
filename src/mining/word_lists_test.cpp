#include "mining/word_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::mining {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

TEST(StopWords, are_one_a_line_in_normal_form) {
  const auto words = parse_stop_words("# ours\n联系 \n\nＷｉＦｉ # not a tag\r\n", "stop.txt");
  ASSERT_TRUE(words.ok()) << words.status().message();
  EXPECT_THAT(*words, UnorderedElementsAre("联系", "wifi"));
  EXPECT_TRUE(own_stop_words().contains("我们"));
  EXPECT_FALSE(own_stop_words().contains("维修"));
  EXPECT_FALSE(own_stop_words().contains(""));
}

TEST(Synonyms, say_what_words_mean_and_how_it_is_written) {
  const auto synonyms =
      parse_synonyms("WiFi维修 = 无线网络维修, 网络ＷＩＦＩ维修\n\n空调加氟=加氟 # short\n", "same.txt");
  ASSERT_TRUE(synonyms.ok()) << synonyms.status().message();
  EXPECT_THAT(*synonyms, UnorderedElementsAre(Pair("wifi维修", "WiFi维修"), Pair("无线网络维修", "wifi维修"),
                                              Pair("网络wifi维修", "wifi维修"), Pair("空调加氟", "空调加氟"),
                                              Pair("加氟", "空调加氟")));
}

TEST(Synonyms, mistakes_are_told_with_file_and_line_all_at_once) {
  const auto synonyms = parse_synonyms("甲方 = 乙方\n维修\n丙方 = 乙方\n = 丁方\n戊方 = , 己方\n", "same.txt");
  ASSERT_FALSE(synonyms.ok());
  const std::string said = synonyms.status().message();
  EXPECT_THAT(said, HasSubstr("same.txt:2: \"维修\" has no '='"));
  EXPECT_THAT(said, HasSubstr("same.txt:3: word: \"乙方\" means \"甲方\" in a line before"));
  EXPECT_THAT(said, HasSubstr("same.txt:4: word: \"\" is empty"));
  EXPECT_THAT(said, HasSubstr("same.txt:5: word: \"\" is empty"));
  EXPECT_FALSE(parse_stop_words("\xFF\xFE", "stop.txt").ok());
}

}  // namespace
}  // namespace inkling::mining
