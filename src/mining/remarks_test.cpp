#include "mining/remarks.h"

#include <gtest/gtest.h>

#include <string>

#include "mining/reviews_for_test.h"

namespace inkling::mining {
namespace {

class Remarks : public testing::Test {
 protected:
  // "面:很好+ ": what, how, and whether that is good.
  static std::string read(std::string_view text) {
    static const auto kTexts = sample::reviews();
    static const OpinionWords kWords = *OpinionWords::learn(sample::views(kTexts));
    auto reader = RemarkReader::create(kWords);
    std::vector<Remark> remarks;
    reader->read(text, remarks);
    std::string told;
    for (const Remark& remark : remarks) {
      const auto part = [&](TextPart at) { return std::string(text.substr(at.begin, at.end - at.begin)); };
      told += (remark.aspect ? part(*remark.aspect) : "") + ":" + part(remark.opinion) +
              (remark.polarity > 0   ? "+ "
               : remark.polarity < 0 ? "- "
                                     : "  ");
    }
    return told;
  }
};

TEST_F(Remarks, are_what_stands_before_a_judgement_and_the_clause_from_there_on) {
  EXPECT_EQ(read("面也很地道,我们坐着,服务太敷衍了。"), "面:也很地道+ 服务:太敷衍了- ");
}

TEST_F(Remarks, are_denied) {
  EXPECT_EQ(read("服务不热情"), "服务:不热情- ");
  EXPECT_EQ(read("服务不热情也不差"), "服务:不热情也不差  ") << "one of each";
}

TEST_F(Remarks, find_what_is_judged_behind_the_judgement) {
  EXPECT_EQ(read("很好的面"), "面:很好+ ");
}

TEST_F(Remarks, go_on_about_what_was_named_until_the_sentence_ends) {
  EXPECT_EQ(read("面很地道,但是很贵。太差"), "面:很地道+ 面:很贵- :太差- ");
  EXPECT_EQ(read("【服务】很热情"), "服务:很热情+ ");
}

TEST_F(Remarks, are_of_every_name_in_a_list) {
  EXPECT_EQ(read("面、服务都不错"), "面:都不错+ 服务:都不错+ ");
}

TEST_F(Remarks, leave_out_a_word_that_is_part_of_a_name) {
  EXPECT_EQ(read("好面馆走路"), "");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("\xFF\xFE好"), ":好+ ") << "bytes that are no text are marks";
}

}  // namespace
}  // namespace inkling::mining
