#include "mining/vectors/word_vectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "artifact/test_folder.h"

namespace inkling::vectors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(std::string_view text) {
  const auto vectors = WordVectors::parse(text, "a.vec");
  return vectors.ok() ? "taken" : vectors.status().message();
}

TEST(WordVectors, ReadsWhatItWrote) {
  const artifact::TestFolder folder;
  const std::string path = (folder.path() / "words.vec").string();
  WordVectors vectors(2);
  vectors.set("空调", std::array{3.0F, 4.0F});
  vectors.set("nothing", std::array{0.0F, 0.0F});
  ASSERT_TRUE(vectors.write(path).ok());
  const auto read = WordVectors::read(path);
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->size(), 2U);
  EXPECT_THAT(read->find("空调"), ElementsAre(0.6F, 0.8F));
  EXPECT_THAT(read->find("nothing"), ElementsAre(0.0F, 0.0F));
  EXPECT_TRUE(read->find("冰箱").empty());
}

TEST(WordVectors, CentredOnesHaveLostWhatAllHaveInCommon) {
  WordVectors vectors(2);
  vectors.set("a", std::array{1.0F, 0.1F});
  vectors.set("b", std::array{1.0F, -0.1F});
  EXPECT_GT(dot(vectors.find("a"), vectors.find("b")), 0.9F);
  const WordVectors centred = vectors.centred();
  EXPECT_NEAR(dot(centred.find("a"), centred.find("b")), -1, 1e-5);
  EXPECT_NEAR(centred.find("a")[1], 1, 1e-5);
}

TEST(WordVectors, RefusesBrokenFilesByTheirLine) {
  EXPECT_THAT(refusal("two 2\n"), HasSubstr("a.vec:1: the first line is not"));
  EXPECT_THAT(refusal("2 2\na 1 2\n"), HasSubstr("a.vec:3: the file ends after 1 words"));
  EXPECT_THAT(refusal("2 2\na 1 2\nb 1\n"), HasSubstr("a.vec:3: 1 numbers where the first line says 2"));
  EXPECT_THAT(refusal("2 2\na 1 2\nb 1 nan\n"), HasSubstr("a.vec:3: \"nan\" is no finite number"));
  EXPECT_THAT(refusal("2 2\na 1 2\nb 1 2x\n"), HasSubstr("\"2x\" is no finite number"));
  EXPECT_THAT(refusal("2 2\na 1 2\na 1 2\n"), HasSubstr("a.vec:3: the word \"a\" stands here again"));
  EXPECT_THAT(refusal("1 2\na 1 2\nb 1 2\n"), HasSubstr("a.vec:3: more lines than the 1 words"));
  EXPECT_EQ(refusal("1 2\r\na 1 2 \r\n\n"), "taken");
}

}  // namespace
}  // namespace inkling::vectors
