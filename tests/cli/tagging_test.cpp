// inkling train --labelled: texts that people labelled in, a package that tags others out; inkling tag asks it.
#include <sstream>

#include "base/core/json.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using testing::HasSubstr;

// Sixty reviews: what is spoken of, what is said of it, and whether the whole is good.
std::string labelled_reviews() {
  constexpr const char* kGood[] = {"准时", "干净", "热情"};
  constexpr const char* kBad[] = {"迟到", "肮脏", "冷淡"};
  constexpr const char* kAspects[] = {"师傅", "服务"};
  std::string lines;
  for (int i = 0; i < 60; ++i) {
    const bool good = i % 2 == 0;
    const std::string aspect = kAspects[i % 4 / 2], said = (good ? kGood : kBad)[i % 3];
    lines += R"({"text":")" + aspect + "很" + said + "，第" + std::to_string(i) +
             R"(次","spans":[{"begin":0,"end":2,"type":"aspect"},{"begin":3,"end":5,"type":"opinion"}],)"
             R"("pairs":[[0,1,")" +
             (good ? "positive" : "negative") + R"("]],"label":")" + (good ? "good" : "bad") + "\"}\n";
  }
  return lines;
}

class TaggingTest : public Workplace {
 protected:
  void SetUp() override {
    write("reviews.jsonl", labelled_reviews());
    write("new.txt", "师傅很干净，老地方\r\n服务很迟到，老地方\n");
  }
  Outcome train(const std::string& model, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"train", "--data", "data", "--model", model, "--labelled", "reviews.jsonl"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return inkling_ok(arguments);
  }
  // What a model finds in each line of new.txt.
  std::vector<base::Json> tagged(const std::string& model) const {
    std::istringstream lines(inkling_ok({"tag", "--data", "data", "--model", model, "--in", "new.txt"}).out);
    std::vector<base::Json> found;
    for (std::string line; std::getline(lines, line);) {
      const auto row = base::Json::parse(line);
      EXPECT_TRUE(row.ok()) << line;
      if (row.ok()) found.push_back(*row);
    }
    return found;
  }
};

TEST_F(TaggingTest, learns_from_labelled_texts_what_is_good_and_tells_it_of_others) {
  EXPECT_THAT(train("text_polarity", {"--set", "min_count=1"}).out, HasSubstr("60 texts: 120 spans of 2 types"));
  const auto found = tagged("text_polarity");
  ASSERT_EQ(found.size(), 2U);
  const auto good = [](const base::Json& row) { return *row.find("labels")->find("good")->if_number(); };
  EXPECT_GT(good(found[0]), 0.5);
  EXPECT_LT(good(found[1]), 0.5);
  EXPECT_EQ(*found[0].find("text")->if_text(), "师傅很干净，老地方");
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out,
              testing::ContainsRegex("text_polarity +v1 +live"));
  EXPECT_THAT(inkling_ok({"models", "zoo"}).out, HasSubstr("text_polarity  tags texts"));
  EXPECT_THAT(inkling_ok({"models", "params", "text_polarity"}).out, HasSubstr("bucket_bits"));
}

TEST_F(TaggingTest, learns_spans_and_pairs) {
  train("span_tagger", {"--set", "hidden=16", "--set", "min_count=1", "--set", "epochs=20", "--set", "dropout=0"});
  const auto found = tagged("span_tagger");
  ASSERT_EQ(found.size(), 2U);
  const auto& spans = *found[0].find("spans")->if_array();
  ASSERT_EQ(spans.size(), 2U) << found[0].to_text();
  EXPECT_EQ(*spans[0].find("text")->if_text(), "师傅");
  EXPECT_EQ(*spans[0].find("type")->if_text(), "aspect");
  EXPECT_EQ(*spans[1].find("text")->if_text(), "干净");
  ASSERT_EQ(found[0].find("pairs")->if_array()->size(), 1U) << found[0].to_text();
}

TEST_F(TaggingTest, leaves_a_server_that_scores_shoppers_alone) {
  journal_one_event("data");
  train("text_polarity");
  Program server(
      folder(), {"serve", "--data", "data", "--port", "0", "--port-file", "port", "--scenes", source_path("scenes")});
  EXPECT_GT(server.await_port(), 0);
  EXPECT_EQ(server.stop().exit_code, 0);
}

TEST_F(TaggingTest, says_what_is_missing_or_wrong) {
  expect_refusal(inkling({"train", "--data", "data", "--model", "text_polarity"}), kBadInput, {"--labelled"});
  expect_refusal(inkling({"train", "--data", "data", "--model", "caam", "--labelled", "reviews.jsonl"}), kBadInput,
                 {"--labelled", "span_tagger"});
  write("wrong.jsonl", "{\"text\":\"好\",\"spans\":[{\"begin\":0,\"end\":9,\"type\":\"aspect\"}]}\n");
  expect_refusal(inkling({"train", "--data", "data", "--model", "span_tagger", "--labelled", "wrong.jsonl"}),
                 kBadInput, {"wrong.jsonl:1", "9"});
  expect_refusal(inkling({"tag", "--data", "data", "--model", "text_polarity"}), kBadInput,
                 {"no version of \"text_polarity\" is live"});
  expect_refusal(inkling({"tag", "--data", "data", "--model", "txt_polarity"}), kBadInput,
                 {"did you mean text_polarity?"});
}

}  // namespace
}  // namespace inkling::cli_test
