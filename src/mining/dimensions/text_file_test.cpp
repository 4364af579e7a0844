#include "mining/dimensions/text_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "artifact/test_folder.h"

namespace inkling::dimensions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TextFile, TextsAreReadAndBadLinesToldByTheirNumber) {
  const artifact::TestFolder folder;
  folder.write("good.jsonl", "{\"text\": \"空调维修\", \"source\": \"title\"}\n\n{\"text\": \"b\"}\n");
  folder.write("bad.jsonl", "{\"text\": \"a\"}\n{\"text\": 7}\n");
  std::vector<std::string> texts;
  const auto take = [&](std::string_view text) { texts.emplace_back(text); };
  ASSERT_TRUE(for_each_text((folder.path() / "good.jsonl").string(), take).ok());
  EXPECT_THAT(texts, ElementsAre("空调维修", "b"));
  EXPECT_THAT(for_each_text((folder.path() / "bad.jsonl").string(), take).message(), HasSubstr("bad.jsonl:2: text"));
}

TEST(TextFile, WordsThatAreTheSameStandOnce) {
  const artifact::TestFolder folder;
  folder.write("words.txt", "空调\nWiFi\n\nwifi\n冰箱\n");
  EXPECT_THAT(*read_words((folder.path() / "words.txt").string()), ElementsAre("空调", "WiFi", "冰箱"));
}

}  // namespace
}  // namespace inkling::dimensions
