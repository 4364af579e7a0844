#include "scene/parameter.h"

#include <gtest/gtest.h>

#include "scene/sample_stages.h"

namespace inkling::scene {
namespace {

using Shape = RawParameter::Shape;
using sample::kTypedParameters;

std::string complaint(const RawParameter& raw) {
  std::vector<RawParameter> given = {raw};
  if (raw.name != "count") given.push_back(RawParameter::plain("count", "3"));
  return make_parameters(kTypedParameters, given).status().message();
}

TEST(Parameters, are_read_with_their_types_and_defaults) {
  const std::vector<RawParameter> given = {RawParameter::plain("count", "7"),
                                           RawParameter::plain("colour", "blue"),
                                           {"names", Shape::kList, {"ann", "bob"}}};
  const auto parameters = make_parameters(kTypedParameters, given);
  ASSERT_TRUE(parameters.ok()) << parameters.status().message();
  EXPECT_EQ(parameters->integer("count"), 7);
  EXPECT_EQ(parameters->number("share"), 0.5);
  EXPECT_FALSE(parameters->boolean("loud"));
  EXPECT_EQ(parameters->text("colour"), "blue");
  EXPECT_EQ(parameters->texts("names"), (std::vector<std::string>{"ann", "bob"}));
}

TEST(Parameters, know_which_were_not_given) {
  const std::vector<RawParameter> given = {RawParameter::plain("count", "7")};
  const auto parameters = make_parameters(kTypedParameters, given);
  ASSERT_TRUE(parameters.ok());
  EXPECT_TRUE(parameters->has("share"));
  EXPECT_FALSE(parameters->has("colour"));
}

TEST(Parameters, refuse_wrong_types) {
  EXPECT_EQ(complaint(RawParameter::plain("count", "2.5")),
            "count: \"2.5\" is not a whole number; allowed is a whole number from 1 to 100 (items)");
  EXPECT_EQ(complaint(RawParameter::plain("share", "much")),
            "share: \"much\" is not a number; allowed is a number from 0 to 1");
  EXPECT_EQ(complaint({"share", Shape::kQuoted, {"0.5"}}),
            "share: \"0.5\" is a text, for it stands in quotes; allowed is a number from 0 to 1");
  EXPECT_EQ(complaint(RawParameter::plain("share", "nan")),
            "share: \"nan\" is not a number; allowed is a number from 0 to 1");
  EXPECT_EQ(complaint(RawParameter::plain("loud", "yes")), "loud: \"yes\" is neither; allowed is true or false");
  EXPECT_EQ(complaint({"colour", Shape::kList, {"blue"}}),
            "colour: a list does not fit; allowed is a text out of \"green\", \"blue\"");
  EXPECT_EQ(complaint(RawParameter::plain("names", "ann")),
            "names: \"ann\" does not fit; allowed is a list of texts");
  EXPECT_EQ(complaint({"share", Shape::kNothing, {}}), "share: no value was given; allowed is a number from 0 to 1");
  EXPECT_EQ(complaint({"share", Shape::kOther, {}}),
            "share: a nested value does not fit; allowed is a number from 0 to 1");
}

TEST(Parameters, refuse_values_outside_their_range) {
  EXPECT_EQ(complaint(RawParameter::plain("count", "0")),
            "count: 0 is below 1; allowed is a whole number from 1 to 100 (items)");
  EXPECT_EQ(complaint(RawParameter::plain("share", "1.01")),
            "share: 1.01 is above 1; allowed is a number from 0 to 1");
  EXPECT_EQ(complaint(RawParameter::plain("colour", "gren")),
            "colour: \"gren\" is none of them; allowed is a text out of \"green\", \"blue\"; did you mean green?");
  EXPECT_EQ(complaint({"names", Shape::kList, {"ann", ""}}), "names: \"\" is empty; allowed is a list of texts");
}

TEST(Parameters, report_all_mistakes_at_once) {
  const std::vector<RawParameter> given = {RawParameter::plain("share", "2"), RawParameter::plain("cuont", "1")};
  EXPECT_EQ(make_parameters(kTypedParameters, given).status().message(),
            "count: is missing; allowed is a whole number from 1 to 100 (items); "
            "share: 2 is above 1; allowed is a number from 0 to 1; "
            "cuont: there is no such parameter; expected one of count, share, loud, colour, names; "
            "did you mean count?");
}

TEST(ParameterTable, tells_meaning_range_and_default) {
  const std::string table = parameter_table(kTypedParameters);
  EXPECT_NE(table.find("| `count` | how many | a whole number from 1 to 100 (items) | required |\n"),
            std::string::npos);
  EXPECT_NE(table.find("| `share` | how much | a number from 0 to 1 | 0.5 |\n"), std::string::npos);
  EXPECT_NE(table.find("| `names` | who | a list of texts | none |\n"), std::string::npos);
  EXPECT_EQ(parameter_table({}), "This stage has no parameters.\n");
}

}  // namespace
}  // namespace inkling::scene
