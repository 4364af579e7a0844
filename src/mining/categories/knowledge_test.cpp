#include "mining/categories/knowledge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::categories {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Knowledge, IsReadAndFillsTemplates) {
  const auto knowledge = parse_knowledge("hyponyms:\n  家电: [电视, 冰箱]\ntemplates: ['{}维修']\n", "k.yaml");
  ASSERT_TRUE(knowledge.ok()) << knowledge.status().message();
  EXPECT_THAT(knowledge->hyponyms[0].kinds, ElementsAre("电视", "冰箱"));
  EXPECT_EQ(filled(knowledge->templates[0], "电视"), "电视维修");
}

TEST(Knowledge, MistakesAreToldWithTheirLine) {
  const auto refusal = [](std::string_view yaml) { return parse_knowledge(yaml, "k.yaml").status().message(); };
  EXPECT_THAT(refusal("hyponyms:\n  家电: [电视]\ntemplates:\n  - 维修\n"),
              AllOf(HasSubstr("k.yaml:4:"), HasSubstr("\"维修\" is no template")));
  EXPECT_THAT(refusal("hyponyms:\n  家电: [家电]\ntemplates: []\n"), HasSubstr("no kind of itself"));
  EXPECT_THAT(refusal("hyponyms: [家电]\ntemplates: []\n"), HasSubstr("expected words with a list"));
}

}  // namespace
}  // namespace inkling::categories
