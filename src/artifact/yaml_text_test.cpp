#include "artifact/yaml_text.h"

#include <gtest/gtest.h>

#include "base/yaml_document.h"

namespace inkling::artifact {
namespace {

using base::Json;

TEST(YamlText, is_block_style_that_people_can_read) {
  const Json json = *Json::parse(R"({"name":"dipn","metrics":{"auc":0.5},"views":[{"w":1,"tags":["a","b"]},{"w":2}],
                                     "odd key":{},"list":[]})");
  EXPECT_EQ(yaml_text(json), R"(name: "dipn"
metrics:
  auc: 0.5
views:
  -
    w: 1
    tags: ["a", "b"]
  -
    w: 2
"odd key": {}
list: []
)");
}

TEST(YamlText, reads_back_as_the_same_value) {
  const Json json = *Json::parse(
      R"({"text":["no","1","~","a: b # c","tab\tline\nquote\" back\\ \u0001 \u00e9 😀",""],"":0,"null":null,"1":-0.0,
          "numbers":[1e+300,5e-324,9223372036854775807,-1,true],"deep":[[[1],[{"a":[[2]]}]],[]],"nothing":{}})");
  const auto document = base::YamlDocument::parse(yaml_text(json), "test");
  ASSERT_TRUE(document.ok()) << document.status().message() << yaml_text(json);
  EXPECT_EQ(document->root().to_text(), json.to_text());
}

TEST(YamlText, of_an_empty_object_is_an_empty_object) {
  EXPECT_EQ(yaml_text(Json::object()), "{}\n");
}

}  // namespace
}  // namespace inkling::artifact
