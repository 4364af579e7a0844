#include "mining/vectors/skip_gram.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "artifact/test_folder.h"
#include "base/core/random.h"

namespace inkling::vectors {
namespace {

using ::testing::HasSubstr;

// Two circles of words that never meet.
std::vector<std::string> two_circles() {
  base::Random random(5);
  std::vector<std::string> sentences;
  for (int i = 0; i < 400; ++i) {
    std::string sentence;
    for (int j = 0; j < 10; ++j) sentence += (i % 2 == 0 ? " a" : " b") + std::to_string(random.below(6));
    sentences.push_back(sentence);
  }
  return sentences;
}

SkipGramOptions small() {
  SkipGramOptions options;
  options.dim = 16;
  options.sampling = 1;
  return options;
}

TEST(SkipGram, WordsOfOneCircleAreAlike) {
  const auto vectors = learn_skip_gram(two_circles(), {}, small());
  ASSERT_TRUE(vectors.ok()) << vectors.status().message();
  EXPECT_EQ(vectors->size(), 12U);
  EXPECT_GT(dot(vectors->find("a1"), vectors->find("a2")), dot(vectors->find("a1"), vectors->find("b2")) + 0.3F);
}

TEST(SkipGram, OneThreadGivesTheSameVectorsAgain) {
  const auto first = learn_skip_gram(two_circles(), {}, small()), again = learn_skip_gram(two_circles(), {}, small());
  SkipGramOptions other = small();
  other.seed = 2;
  const auto reseeded = learn_skip_gram(two_circles(), {}, other);
  ASSERT_TRUE(first.ok() && again.ok() && reseeded.ok());
  EXPECT_TRUE(std::ranges::equal(first->find("a1"), again->find("a1")));
  EXPECT_FALSE(std::ranges::equal(first->find("a1"), reseeded->find("a1")));
}

TEST(SkipGram, AWordThatWasNotSeenHasTheVectorOfItsParts) {
  const std::vector<std::string> sentences = {"空调 维修 上门", "冰箱 维修 上门", "空调 清洗"}, asked = {"空调维修"};
  SkipGramOptions options = small();
  EXPECT_TRUE(learn_skip_gram(sentences, asked, options)->find("空调维修").empty());
  options.longest_part = 2;
  const auto vectors = learn_skip_gram(sentences, asked, options);
  ASSERT_TRUE(vectors.ok());
  EXPECT_GT(dot(vectors->find("空调维修"), vectors->find("空调")), 0.2F);
}

TEST(SkipGram, StartsFromGivenVectorsAndRefusesBrokenOnes) {
  const artifact::TestFolder folder;
  folder.write("good.vec", "2 2\na1 1 0\nelsewhere 0 1\n");
  folder.write("broken.vec", "2 2\na1 1 0\nb1 1\n");
  SkipGramOptions options = small();
  options.pretrained = (folder.path() / "good.vec").string();
  EXPECT_THAT(learn_skip_gram(two_circles(), {}, options).status().message(),
              HasSubstr("good.vec:1: the vectors have 2 columns; 16 are asked for"));
  options.dim = 2;
  options.learning_rate = 1e-6;
  const auto vectors = learn_skip_gram(two_circles(), {}, options);
  ASSERT_TRUE(vectors.ok()) << vectors.status().message();
  EXPECT_GT(vectors->find("a1")[0], 0.99F);
  EXPECT_GT(vectors->find("elsewhere")[1], 0.99F);
  options.pretrained = (folder.path() / "broken.vec").string();
  EXPECT_THAT(learn_skip_gram(two_circles(), {}, options).status().message(), HasSubstr("broken.vec:3: 1 numbers"));
}

TEST(SkipGram, RefusesNoWordsAndNoSuchOptions) {
  EXPECT_THAT(learn_skip_gram({}, {}, small()).status().message(), HasSubstr("no words to learn vectors from"));
  SkipGramOptions options = small();
  options.dim = 0;
  EXPECT_THAT(learn_skip_gram(two_circles(), {}, options).status().message(), HasSubstr("dim 0 is not between"));
}

}  // namespace
}  // namespace inkling::vectors
