#include "train/labelled_text.h"

#include <gtest/gtest.h>

namespace inkling::train {
namespace {

constexpr std::string_view kReview =
    R"({"text":"味道好，太贵","spans":[{"begin":0,"end":2,"type":"aspect"},{"begin":2,"end":3,"type":"opinion"}],"pairs":[[0,1,"positive"]]})";

std::string complaint(std::string_view lines) {
  const auto read = parse_labelled_texts(lines, "reviews.jsonl");
  return read.ok() ? "" : read.status().message();
}

TEST(LabelledTexts, reads_spans_in_code_points_and_names_in_alphabetical_order) {
  const auto read = parse_labelled_texts(
      std::string(kReview) + "\n\n" + R"({"text":"a","spans":[{"begin":0,"end":1,"type":"a"}],"label":"good"})", "x");
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->types, (std::vector<std::string>{"a", "aspect", "opinion"}));
  EXPECT_EQ(read->relations, std::vector<std::string>{"positive"});
  EXPECT_EQ(read->labels, std::vector<std::string>{"good"});
  ASSERT_EQ(read->texts.size(), 2U);
  EXPECT_EQ(read->texts[0].spans, (std::vector<TextSpan>{{0, 2, 1}, {2, 3, 2}}));
  EXPECT_EQ(read->texts[0].pairs, (std::vector<TextPair>{{0, 1, 0}}));
  EXPECT_FALSE(read->texts[0].label.has_value());
  EXPECT_EQ(read->texts[1].label, 0U);
}

TEST(LabelledTexts, names_file_line_member_and_value_of_a_mistake) {
  const std::string first = std::string(kReview) + "\n";
  EXPECT_NE(complaint(first + R"({"text":"好吃","spans":[{"begin":1,"end":3,"type":"a"}]})")
                .find("reviews.jsonl:2: spans[0].end: 3"),
            std::string::npos)
      << complaint(first + R"({"text":"好吃","spans":[{"begin":1,"end":3,"type":"a"}]})");
  EXPECT_NE(complaint(R"({"text":"好","spans":[{"begin":0,"end":0,"type":"a"}]})").find("spans[0].end: 0"),
            std::string::npos);
  EXPECT_NE(complaint(R"({"text":"好","pairs":[[0,1,"x"]]})").find("pairs[0]"), std::string::npos);
  EXPECT_NE(complaint(R"({"text":"好","pairs":[[0,1]]})").find("[span, span, \"relation\"]"), std::string::npos);
  EXPECT_NE(complaint(R"({"txt":"好"})").find("text"), std::string::npos);
  EXPECT_NE(complaint("[1]").find("one JSON object"), std::string::npos);
  EXPECT_NE(complaint("{").find("reviews.jsonl:1:"), std::string::npos);
}

TEST(LabelledTexts, holds_out_about_the_share_and_always_the_same_texts) {
  std::size_t held_out = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = "text " + std::to_string(i);
    held_out += is_held_out(text, 0.1) ? 1 : 0;
    EXPECT_LE(is_held_out(text, 0.1), is_held_out(text, 0.2));
  }
  EXPECT_GT(held_out, 150U);
  EXPECT_LT(held_out, 250U);
  EXPECT_FALSE(is_held_out("any", 0));
}

}  // namespace
}  // namespace inkling::train
