#include "mining/dimensions/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::dimensions {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> sentences_of(std::string_view text, const std::vector<std::string>& words) {
  auto maker = SentenceMaker::make(words);
  std::vector<std::string> sentences;
  if (maker.ok()) maker->add(text, sentences);
  return sentences;
}

TEST(SentenceMaker, KeepsKnownWordsWholeTheLongestFirst) {
  EXPECT_THAT(sentences_of("buy北京烤鸭。便宜", {"烤鸭", "北京烤鸭"}), ElementsAre("buy 北京烤鸭"));
  EXPECT_THAT(sentences_of("ＷｉＦｉ 好 用", {"wifi"}), ElementsAre("wifi 好 用"));
}

TEST(SentenceMaker, BreaksNoWordOfAScriptWithBlanks) {
  EXPECT_THAT(sentences_of("catalogue of spa rooms", {"cat", "spa rooms"}), ElementsAre("catalogue of spa_rooms"));
}

TEST(SentenceMaker, WordsAloneTeachNothing) {
  EXPECT_THAT(sentences_of("！！", {}), IsEmpty());
  EXPECT_THAT(sentences_of("烤鸭。烤鸭!", {"烤鸭"}), IsEmpty());
}

}  // namespace
}  // namespace inkling::dimensions
