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
  const YamlDocument document = parsed("{a: 1, b: 1.5, c: true, d: no, e: '1', f: null, g: -3, h: 1e3, i: 2013-05-31}");
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
  EXPECT_EQ(document.status().message(), "f.yaml:3: key \"a\" stands twice; keep one of them");
}

TEST(YamlDocument, tells_syntax_errors_with_their_line) {
  const auto document = YamlDocument::parse("a: 1\nb: [1, 2\n", "f.yaml");
  ASSERT_FALSE(document.ok());
  EXPECT_NE(document.status().message().find("f.yaml:3: not valid YAML"), std::string::npos)
      << document.status().message();
}

TEST(YamlDocument, refuses_an_empty_file_and_a_second_document) {
  EXPECT_EQ(YamlDocument::parse("", "f.yaml").status().message(), "f.yaml: the file is empty");
  EXPECT_FALSE(YamlDocument::parse("a: 1\n---\nb: 2\n", "f.yaml").ok());
}

}  // namespace
}  // namespace inkling::base
