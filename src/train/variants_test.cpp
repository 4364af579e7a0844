#include "train/variants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::train {
namespace {

using base::Json;
using feature::View;
using feature::ViewSpec;
using testing::HasSubstr;

constexpr const char* kTable = R"(
- {name: intra, meaning: inside, type: boolean, default: true}
- {name: inter, meaning: between, type: boolean, default: true}
- {name: hidden, meaning: width, type: integer, range: [4, 64], default: 32}
)";

ParameterTable table() {
  const auto parsed = ParameterTable::parse(kTable, "params.yaml");
  EXPECT_TRUE(parsed.ok()) << parsed.status().message();
  return *parsed;
}

base::Result<std::vector<Variant>> read(const std::string& yaml) {
  return variants_from_yaml(yaml, "dipn", table(), "variants.yaml");
}

std::string mistake_in(const std::string& yaml) {
  const auto variants = read(yaml);
  return variants.ok() ? "accepted" : variants.status().message();
}

Variant no_intra() {
  return {
      .name = "no-intra", .model = "dipn", .meaning = "", .params = Json::object().set("intra", false), .views = {}};
}

TEST(Variants, reads_presets_and_views_in_the_order_of_the_file) {
  const auto variants = read("b:\n  meaning: second\n  params: {intra: false}\na: {views: [tap, browse]}\n");
  ASSERT_TRUE(variants.ok()) << variants.status().message();
  ASSERT_EQ(variants->size(), 2U);
  EXPECT_EQ((*variants)[0].name, "b");
  EXPECT_EQ((*variants)[0].model, "dipn");
  EXPECT_EQ((*variants)[0].meaning, "second");
  EXPECT_EQ((*variants)[0].params.to_text(), R"({"intra":false})");
  EXPECT_EQ((*variants)[1].views, (std::vector<View>{View::kTap, View::kBrowse}));
}

TEST(Variants, refuses_a_preset_of_no_parameter_with_its_line) {
  EXPECT_THAT(mistake_in("a: {}\nb:\n  params: {intar: false}\n"),
              testing::AllOf(HasSubstr("variants.yaml:3"), HasSubstr("intra")));
  EXPECT_THAT(mistake_in("a: {params: {hidden: 900}}\n"), HasSubstr("900"));
}

TEST(Variants, refuses_unknown_members_and_views) {
  EXPECT_THAT(mistake_in("a: {parameters: {}}\n"), HasSubstr("params"));
  EXPECT_THAT(mistake_in("a: {views: [brows]}\n"), HasSubstr("did you mean browse"));
  EXPECT_THAT(mistake_in("a: {views: []}\n"), HasSubstr("empty"));
  EXPECT_THAT(mistake_in("[a, b]\n"), HasSubstr("name: {params, views}"));
}

TEST(Variants, presets_stand_above_what_is_given) {
  const Json given = *Json::parse(R"({"intra":true,"hidden":16})");
  EXPECT_EQ(with_presets(given, no_intra()).to_text(), R"({"intra":false,"hidden":16})");
  EXPECT_EQ(with_presets(Json(), no_intra()).to_text(), R"({"intra":false})");
}

TEST(Variants, a_preset_cannot_be_set_but_other_parameters_can) {
  EXPECT_THAT(check_assignment("intra=true", no_intra()).message(), HasSubstr("--model dipn"));
  EXPECT_TRUE(check_assignment("inter=false", no_intra()).ok());
}

TEST(Variants, keeps_the_views_it_names_and_says_when_none_is_left) {
  Variant browse = no_intra();
  browse.views = {View::kBrowse};
  const auto both = chosen_views({ViewSpec{View::kTap, 9, {}}, ViewSpec{View::kBrowse, 7, {}}}, browse);
  ASSERT_TRUE(both.ok());
  ASSERT_EQ(both->size(), 1U);
  EXPECT_EQ(both->front().window, 7U);
  EXPECT_THAT(chosen_views({ViewSpec{View::kTap, 9, {}}}, browse).status().message(), HasSubstr("view browse"));
  EXPECT_EQ(chosen_views({ViewSpec{View::kTap, 9, {}}}, no_intra())->size(), 1U);
}

}  // namespace
}  // namespace inkling::train
