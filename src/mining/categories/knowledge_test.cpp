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

TEST(Knowledge, ScenesHaveMembersThatKnowTheirPlace) {
  const auto knowledge =
      parse_knowledge("hyponyms: {}\ntemplates: []\nscenes:\n  搬新家: [开荒保洁,\n    搬家]\n", "k.yaml");
  ASSERT_TRUE(knowledge.ok()) << knowledge.status().message();
  ASSERT_EQ(knowledge->scenes.size(), 1U);
  EXPECT_EQ(knowledge->scenes[0].name, "搬新家");
  EXPECT_EQ(knowledge->scenes[0].members[1].word, "搬家");
  EXPECT_EQ(knowledge->scenes[0].members[1].place, "k.yaml:5: scenes.搬新家[1]");
}

TEST(Knowledge, WhatContradictsItselfIsRefused) {
  const auto refusal = [](const std::string& scenes) {
    return parse_knowledge("hyponyms: {}\ntemplates: []\nscenes:\n" + scenes, "k.yaml").status().message();
  };
  EXPECT_THAT(refusal("  搬新家: []\n"), AllOf(HasSubstr("k.yaml:"), HasSubstr("\"搬新家\" has no members")));
  EXPECT_THAT(refusal("  搬新家:\n    - 搬家\n    - 搬新家\n"),
              AllOf(HasSubstr("k.yaml:6: "), HasSubstr("not shown in itself")));
  EXPECT_THAT(refusal("  a: [WiFi]\n  b: [wifi, ＷＩＦＩ]\n"),
              AllOf(HasSubstr("k.yaml:5: "), HasSubstr("\"ＷＩＦＩ\" is a member of this scene already")));
  EXPECT_THAT(refusal("  wifi: [a]\n  WiFi: [b]\n"),
              AllOf(HasSubstr("k.yaml:5: "), HasSubstr("the same scene as \"wifi\"")));
  EXPECT_THAT(refusal("  搬新家: ['　']\n"), HasSubstr("is no word"));
  EXPECT_THAT(parse_knowledge("hyponyms:\n  家电: [电视]\n  电视: [冰箱, 家电]\ntemplates: []\n", "k.yaml")
                  .status()
                  .message(),
              AllOf(HasSubstr("k.yaml:"), HasSubstr("the other way round")));
}

}  // namespace
}  // namespace inkling::categories
