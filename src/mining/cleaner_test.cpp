#include "mining/cleaner.h"

#include <gtest/gtest.h>

#include "mining/post.h"
#include "mining/posts_for_test.h"

namespace inkling::mining {
namespace {

std::optional<Skipped> judged(Cleaner& cleaner, const std::string& text, const std::string& industry = "") {
  return cleaner.take({text, tag::Source::kBody, industry});
}
std::optional<Skipped> judged(const std::string& text) {
  Cleaner cleaner;
  return judged(cleaner, text);
}

TEST(Cleaner, lets_texts_through_in_normal_form) {
  Cleaner cleaner;
  EXPECT_EQ(judged(cleaner, "ＷｉＦｉ  维修！！"), std::nullopt);
  EXPECT_EQ(cleaner.text(), "wifi维修!");
  EXPECT_EQ(judged(cleaner, "哈哈哈"), std::nullopt) << "short texts may repeat themselves";
}

TEST(Cleaner, says_why_a_text_is_left_out) {
  EXPECT_EQ(judged(""), Skipped::kEmpty);
  EXPECT_EQ(judged(" \n\t "), Skipped::kEmpty);
  EXPECT_EQ(judged("👍👍🎉!!"), Skipped::kNoLetters);
  EXPECT_EQ(judged("锟斤拷\uFFFD\uFFFD"), Skipped::kMixedEncodings);
  EXPECT_EQ(judged("\u0082 aux"), Skipped::kMixedEncodings);
  EXPECT_EQ(judged("加微信加微信加微信加微信"), Skipped::kSpam);
  EXPECT_EQ(judged("加微信, 加微信! 加微信 加微信"), Skipped::kSpam) << "marks between make it no better";
  EXPECT_EQ(judged("加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加加信微"),
            Skipped::kSpam);
  EXPECT_EQ(judged("专业空调维修师傅半小时上门先检测后报价"), std::nullopt);
}

TEST(Cleaner, tells_duplicates_by_words_source_and_industry) {
  Cleaner cleaner;
  EXPECT_EQ(judged(cleaner, "WiFi维修", "家电"), std::nullopt);
  EXPECT_EQ(judged(cleaner, "ｗｉｆｉ 维修", "家电"), Skipped::kDuplicate);
  EXPECT_EQ(judged(cleaner, "WiFi维修", "手机"), std::nullopt);
  EXPECT_EQ(cleaner.take({"WiFi维修", tag::Source::kTitle, "家电"}), std::nullopt);
}

TEST(Cleaner, cuts_what_is_too_long_at_a_whole_letter) {
  Cleaner cleaner;
  base::Random random(1);
  const std::string text = sample::letters(random, 100'000, 300);
  EXPECT_EQ(judged(cleaner, text), std::nullopt);
  EXPECT_TRUE(cleaner.was_cut());
  EXPECT_LE(cleaner.text().size(), kMaxTextBytes);
  EXPECT_GT(cleaner.text().size(), kMaxTextBytes - 4);
  EXPECT_EQ(judged(cleaner, "短"), std::nullopt);
  EXPECT_FALSE(cleaner.was_cut());
}

TEST(Post, is_read_with_all_it_may_hold) {
  const auto post = read_post(R"({"text": "修", "source": "query", "industry": "家电", "post": "p-1"})");
  ASSERT_TRUE(post.ok()) << post.status().message();
  EXPECT_EQ(post->text, "修");
  EXPECT_EQ(post->source, tag::Source::kQuery);
  EXPECT_EQ(post->industry, "家电");
}

TEST(Post, names_member_value_and_what_is_right) {
  const auto said = [](std::string_view line) { return read_post(line).status().message(); };
  EXPECT_EQ(said(R"({"text": "修", "source": "titel"})"),
            "source: \"titel\" is not known; expected one of title, body, review, query; did you mean title?");
  EXPECT_NE(said(R"({"text": 7, "source": "body"})").find("text"), std::string::npos);
  EXPECT_NE(said(R"({"txt": "修", "source": "body"})").find("txt"), std::string::npos);
  EXPECT_NE(said(R"({"source": "body"})").find("text"), std::string::npos);
  EXPECT_NE(said(R"(["修"])").find("one JSON object"), std::string::npos);
  EXPECT_NE(said(R"({"text": "修)").find("byte"), std::string::npos) << said(R"({"text": "修)");
  EXPECT_NE(said(R"({"text": "修", "source": "body", "industry": "  "})").find("industry: \"  \""),
            std::string::npos);
  EXPECT_NE(said(R"({"text": "修", "source": "body", "post": 7})").find("post"), std::string::npos);
}

}  // namespace
}  // namespace inkling::mining
