#include "base/yaml_document.h"

#include <gtest/gtest.h>

namespace inkling::base {
namespace {

YamlDocument parsed(std::string_view text) {
  auto document = YamlDocument::parse(text, "f.yaml");
  EXPECT_TRUE(document.ok()) << document.status().message();
  return *std::move(document);
}

TEST(YamlDocument, reads_scalars_by_the_core_schema) {
  const YamlDocument document =
      parsed("{a: 1, b: 1.5, c: true, d: no, e: '1', f: null, g: -3, h: 1e3, i: 2013-05-31}");
  EXPECT_EQ(document.root().to_text(),
            R"({"a":1,"b":1.5,"c":true,"d":"no","e":"1","f":null,"g":-3,"h":1000.0,"i":"2013-05-31"})");
}

TEST(YamlDocument, knows_the_line_of_every_path) {
  const YamlDocument document = parsed("a:\n  b:\n    - x: 1\n    - x: 2\n");
  EXPECT_EQ(document.line_of("a.b[1].x"), 4);
  EXPECT_EQ(document.line_of("a.b[1].gone.deeper"), 4);
  EXPECT_EQ(document.line_of("nothing"), 1);
}

TEST(YamlDocument, tells_a_view_error_with_its_line) {
  const YamlDocument document = parsed("size: 1\nviews:\n  - window: 0\n");
  const auto views = document.view().elements("views");
  ASSERT_TRUE(views.ok());
  const Status status = document.located((*views)[0].integer("window", 1, 128).status());
  EXPECT_EQ(status.message().substr(0, 26), "f.yaml:3: views[0].window:") << status.message();
}

TEST(YamlDocument, refuses_duplicate_keys_with_their_line) {
  const auto document = YamlDocument::parse("a: 1\nb: 2\na: 3\n", "f.yaml");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.status().message(), "f.yaml:3: a: stands twice, first in line 1; keep one of them");
  EXPECT_EQ(YamlDocument::parse("a:\n  - {b: 1, b: 2}\n", "f.yaml").status().message(),
            "f.yaml:2: a[0].b: stands twice, first in line 2; keep one of them");
  EXPECT_EQ(YamlDocument::parse("a: {[b]: 1}\n", "f.yaml").status().message(),
            "f.yaml:1: a: a list or keys stand where a key should; expected plain text");
}

TEST(YamlDocument, tells_every_bad_key_to_who_collects_mistakes_and_keeps_the_first_value) {
  FileMistakes mistakes("f.yaml");
  const auto document =
      YamlDocument::parse("a: 1\nb: {x: 1, x: 2}\n? [c]\n: 3\na: 4\n", "f.yaml", {.mistakes = &mistakes});
  ASSERT_TRUE(document.ok()) << document.status().message();
  EXPECT_EQ(document->root().to_text(), R"({"a":1,"b":{"x":1}})");
  EXPECT_EQ(mistakes.status().message(),
            "f.yaml:2: b.x: stands twice, first in line 2; keep one of them\n"
            "f.yaml:3: a list or keys stand where a key should; expected plain text\n"
            "f.yaml:5: a: stands twice, first in line 1; keep one of them");
}

TEST(YamlDocument, keeps_scalars_as_they_were_written_when_asked_to) {
  const auto document = YamlDocument::parse("{a: 0.50, b: '1', c: true, d: ~, e: [x, \"\"], 7: no, f: }", "f.yaml",
                                            {.scalars_as_text = true});
  ASSERT_TRUE(document.ok()) << document.status().message();
  EXPECT_EQ(document->root().to_text(), R"({"a":"0.50","b":"1","c":"true","d":null,"e":["x",""],"7":"no","f":null})");
  EXPECT_TRUE(document->is_quoted("b"));
  EXPECT_TRUE(document->is_quoted("e[1]"));
  EXPECT_FALSE(document->is_quoted("a"));
  EXPECT_FALSE(document->is_quoted("e[0]"));
}

TEST(YamlDocument, refuses_what_is_not_utf8_with_its_line) {
  EXPECT_EQ(YamlDocument::parse("a: b\nc: \xFF\n", "f.yaml").status().message(),
            "f.yaml:2: the file is not UTF-8 from this line on; expected text saved as UTF-8");
}

TEST(YamlDocument, refuses_aliases_that_unfold_without_end) {
  std::string text = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    text.append(name).append(": &").append(name).append(" [").append(before).append(", ").append(before).append(
        "]\n");
  }
  EXPECT_NE(YamlDocument::parse(text, "f.yaml").status().message().find("unfold to too many values"),
            std::string::npos);
  EXPECT_TRUE(YamlDocument::parse("a: &a [x, y]\nb: *a\nc: *a\n", "f.yaml").ok());
}

TEST(YamlDocument, tells_syntax_errors_with_their_line) {
  const auto document = YamlDocument::parse("a: 1\nb: [1, 2\n", "f.yaml");
  ASSERT_FALSE(document.ok());
  EXPECT_NE(document.status().message().find("f.yaml:3:1: not valid YAML"), std::string::npos)
      << document.status().message();
}

// yaml-cpp's own reading of these never ends and fills the memory (found by fuzz_mapping).
TEST(YamlDocument, refuses_a_comma_that_begins_a_document) {
  EXPECT_EQ(YamlDocument::parse(", a: 1\n", "f.yaml").status().message(),
            "f.yaml:1: not valid YAML: a comma or the like where a value is expected");
  EXPECT_EQ(YamlDocument::parse("a: 1\n---\n,,\"b", "f.yaml").status().message(),
            "f.yaml:3: not valid YAML: a comma or the like where a value is expected");
}

TEST(YamlDocument, refuses_an_empty_file_and_a_second_document) {
  EXPECT_EQ(YamlDocument::parse("", "f.yaml").status().message(), "f.yaml:1: the file is empty");
  EXPECT_FALSE(YamlDocument::parse("a: 1\n---\nb: 2\n", "f.yaml").ok());
}

TEST(YamlDocument, tells_several_refusals_in_the_order_of_the_file_without_their_full_stops) {
  const YamlDocument document = parsed("a: 1\nb: 2\nc: {d: 3}\n");
  EXPECT_EQ(document.located(invalid_input("c.d: is odd.\na: is odd; did you mean 2?\nz: is missing.")).message(),
            "f.yaml:1: a: is odd; did you mean 2?\nf.yaml:1: z: is missing\nf.yaml:3: c.d: is odd");
}

TEST(YamlDocument, tells_a_syntax_error_in_plain_words_with_line_and_column) {
  const auto told = [](std::string_view text) { return YamlDocument::parse(text, "f").status().message(); };
  EXPECT_EQ(told("a: b: c\n").substr(0, 65), "f:1:5: not valid YAML: a colon stands where no key can; expected ");
  EXPECT_EQ(told("a: {b: 1\n").substr(0, 70),
            "f:2:1: not valid YAML: the keys opened with { are never closed; expect");
  EXPECT_EQ(told("a:\n  - b\n\t- c\n"), "f:3:1: not valid YAML: a tab stands before the text; expected blanks");
  EXPECT_EQ(told("a: *b\n").substr(0, 60), "f:1:4: not valid YAML: an alias (*name) has no anchor; expec");
}

}  // namespace
}  // namespace inkling::base
