// Posts become a tag graph: the verb as its user meets it.
#include "base/core/json.h"
#include "tests/cli/workplace.h"

namespace inkling::cli_test {
namespace {

using ::testing::HasSubstr;

class MineTags : public Workplace {
 protected:
  // 40 posts, of which half speak of 空调维修 and half of 长途搬家.
  static std::string posts() {
    std::string lines;
    for (int i = 0; i < 40; ++i) {
      const bool repairs = i % 2 == 0;
      lines += std::string(R"({"text": "第)") + std::to_string(i) +
               (repairs ? "次空调维修, 很快" : "回长途搬家, 顺利") + R"(", "source": "review", "industry": ")" +
               (repairs ? "家电" : "搬家") + "\"}\n";
    }
    return lines;
  }
  [[nodiscard]] base::Json mined(const std::string& file) const {
    const auto parsed = base::Json::parse(
        inkling_ok({"mine", "tags", "--in", file, "--data", "data", "--min-count", "5", "--json"}).out);
    EXPECT_TRUE(parsed.ok());
    return parsed.ok() ? *parsed : base::Json();
  }
};

TEST_F(MineTags, write_a_candidate_with_its_report_and_take_edits_again) {
  write("posts.jsonl.gz", gzipped(posts()));
  const base::Json first = mined("posts.jsonl.gz");
  EXPECT_EQ(*base::JsonView(first).integer("texts"), 40);
  EXPECT_EQ(*base::JsonView(first).integer("slices_counted"), 1);
  EXPECT_THAT(read_text(folder() / "data" / "packages" / "tags" / "v1" / "report.html"), HasSubstr("空调"));
  EXPECT_THAT(inkling_ok({"models", "list", "--data", "data"}).out, HasSubstr("candidate"));
  write("data/tags/edits.jsonl",
        R"({"edit": "ban", "at_ms": 1, "who": "li", "why": "too broad", "name": "空调", "industry": "家电"})"
        "\n");
  const base::Json second = mined("posts.jsonl.gz");
  EXPECT_EQ(*base::JsonView(second).integer("slices_counted"), 0) << "counted before";
  EXPECT_EQ(*base::JsonView(second).integer("edits"), 1);
  EXPECT_EQ(*base::JsonView(second).text("version"), "v2");
}

TEST_F(MineTags, know_opinions_where_reviews_are_labelled) {
  write("posts.jsonl", posts());
  std::string reviews;
  for (int i = 0; i < 40; ++i) {
    reviews += std::string(R"({"text":")") +
               (i % 2 == 0 ? R"(搬家很快","label":"positive"})" : R"(搬家很慢","label":"negative"})") + "\n";
  }
  write("reviews.jsonl", reviews);
  const std::vector<std::string> mine = {"mine", "tags",        "--in", "posts.jsonl", "--data",
                                         "data", "--min-count", "5",    "--opinions"};
  std::vector<std::string> with = mine;
  with.push_back("reviews.jsonl");
  EXPECT_THAT(inkling_ok(with).out, HasSubstr("1 tags are opinions")) << "很快, and not 搬家";
  write("stars.jsonl", R"({"text":"搬家很快","label":"5"})"
                       "\n");
  with.back() = "stars.jsonl";
  expect_refusal(inkling(with), kBadInput, {"stars.jsonl", "negative"});
}

TEST_F(MineTags, know_opinions_from_the_texts_alone) {
  std::string lines;
  for (int i = 0; i < 12; ++i) {
    lines += R"({"text": "第)" + std::to_string(i) + R"(次搬家,师傅很热情,搬家很利索","source": "review"})" + "\n";
    lines += R"({"text": "第)" + std::to_string(i) + R"(次清洗,师傅太慢,清洗很敷衍","source": "review"})" + "\n";
  }
  write("posts.jsonl", lines);
  std::vector<std::string> mine = {"mine", "tags",        "--in", "posts.jsonl",          "--data",
                                   "data", "--min-count", "5",    "--opinions-from-texts"};
  EXPECT_THAT(inkling_ok(mine).out, HasSubstr("4 tags are opinions")) << "热情 and 太慢, each with 师傅 and without";
  mine.insert(mine.end(), {"--opinions", "posts.jsonl"});
  expect_refusal(inkling(mine), kBadInput, {"--opinions-from-texts", "--opinions"});
}

TEST_F(MineTags, refuse_a_wrong_line_with_file_line_and_what_is_right) {
  write("posts.jsonl", posts() + R"({"text": "修", "source": "titel"})" + "\n");
  const Outcome refused = inkling({"mine", "tags", "--in", "posts.jsonl", "--data", "data"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("posts.jsonl:41: source: \"titel\" is not known"));
  EXPECT_THAT(refused.err, HasSubstr("did you mean title?"));
  EXPECT_FALSE(std::filesystem::exists(folder() / "data" / "packages"));
  EXPECT_THAT(inkling_ok({"mine", "tags", "--in", "posts.jsonl", "--data", "data", "--max-bad-lines", "1"}).out,
              HasSubstr("1 is no line of posts; first posts.jsonl:41"));
}

}  // namespace
}  // namespace inkling::cli_test
