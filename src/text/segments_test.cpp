#include "text/segments.h"

#include <gtest/gtest.h>

#include <string>

namespace inkling::text {
namespace {

std::string cut(Segmenter& segmenter, std::string_view text) {
  std::string told;
  for (const Segment& each : segmenter.cut(text)) {
    if (each.kind == SegmentKind::kMark) continue;
    told += std::string(text.substr(each.begin, each.end - each.begin));
    told += each.kind == SegmentKind::kNumber ? "# " : " ";
  }
  return told;
}

TEST(Segments, are_words_of_the_dictionary_numbers_and_words_between_blanks) {
  auto segmenter = Segmenter::create();
  ASSERT_TRUE(segmenter.ok());
  EXPECT_EQ(cut(*segmenter, "空调维修, 24小时 wifi door-to-door!"), "空调 维修 24# 小时 wifi door to door ");
  EXPECT_EQ(cut(*segmenter, ""), "") << "after a longer text";
  EXPECT_EQ(cut(*segmenter, "...👍 "), "");
}

TEST(Segments, leave_no_byte_out) {
  auto segmenter = Segmenter::create();
  ASSERT_TRUE(segmenter.ok());
  for (const std::string_view text : {"搬家 a1", "\xE4\xB8\xFF修", "ひらがな カタカナ 漢字", "𠮷野家"}) {
    std::uint32_t at = 0;
    for (const Segment& each : segmenter->cut(text)) {
      EXPECT_EQ(each.begin, at) << text;
      EXPECT_LT(each.begin, each.end) << text;
      at = each.end;
    }
    EXPECT_EQ(at, text.size()) << text;
  }
}

}  // namespace
}  // namespace inkling::text
