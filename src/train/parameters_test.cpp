#include "train/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace inkling::train {
namespace {

using base::Json;
using base::JsonView;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kTable = R"(# one of each type
- name: hidden
  meaning: width of the state
  type: integer
  unit: floats
  range: [4, 512]
  default: 64
- name: learning_rate
  meaning: step size
  type: number
  range: [0.0001, 1]
  default: 0.002
- name: wide
  meaning: a linear path
  type: boolean
  default: true
- name: cell
  meaning: recurrent cell
  type: choice
  choices: [gru, lstm]
  default: gru
- name: mlp
  meaning: widths of the layers
  type: integers
  range: [1, 1024]
  default: [128, 64]
)";

ParameterTable made_up_table() {
  const auto table = ParameterTable::parse(kTable, "params.yaml");
  EXPECT_TRUE(table.ok()) << table.status().message();
  return table.ok() ? *table : ParameterTable();
}

std::string mistake_in(const std::string& yaml) {
  const auto table = ParameterTable::parse(yaml, "params.yaml");
  return table.ok() ? "accepted" : table.status().message();
}

// One parameter whose type, limits and default are the lines given.
std::string mistake_in_entry(const std::string& lines) {
  return mistake_in("- name: x\n  meaning: something\n" + lines);
}

std::string mistake_in_set(const std::string& assignment) {
  Json params = Json::object();
  const auto status = made_up_table().set(assignment, params);
  EXPECT_TRUE(status.ok() || params == Json::object()) << "a refused value must leave nothing behind";
  return status.ok() ? "accepted" : status.message();
}

std::string mistake_in_given(const char* json) {
  const auto given = Json::parse(json);
  EXPECT_TRUE(given.ok());
  const auto complete = made_up_table().complete(JsonView(*given, "params"));
  return complete.ok() ? "accepted" : complete.status().message();
}

TEST(ParameterTable, keeps_what_the_file_says_of_each_parameter_in_its_order) {
  const auto table = made_up_table();
  ASSERT_EQ(table.parameters().size(), 5U);
  const Parameter& hidden = table.parameters()[0];
  EXPECT_EQ(hidden.name, "hidden");
  EXPECT_EQ(hidden.meaning, "width of the state");
  EXPECT_EQ(hidden.unit, "floats");
  EXPECT_EQ(hidden.type, "integer");
  EXPECT_EQ(hidden.low, 4);
  EXPECT_EQ(hidden.high, 512);
  EXPECT_EQ(hidden.default_value, Json(64));
  EXPECT_EQ(table.parameters()[1].low, 0.0001);
  EXPECT_EQ(table.parameters()[2].default_value, Json(true));
  EXPECT_EQ(table.parameters()[3].choices, (std::vector<std::string>{"gru", "lstm"}));
  EXPECT_EQ(table.parameters()[4].default_value.to_text(), "[128,64]");
}

TEST(ParameterTable, completes_nothing_with_every_default_in_the_order_of_the_table) {
  const Json nothing;
  const auto complete = made_up_table().complete(JsonView(nothing));
  ASSERT_TRUE(complete.ok());
  EXPECT_EQ(complete->to_text(), R"({"hidden":64,"learning_rate":0.002,"wide":true,"cell":"gru","mlp":[128,64]})");
}

TEST(ParameterTable, completes_what_is_given_and_keeps_the_order_of_the_table) {
  const Json given = *Json::parse(R"({"mlp": [], "cell": "lstm", "learning_rate": 1})");
  const auto complete = made_up_table().complete(JsonView(given));
  ASSERT_TRUE(complete.ok());
  EXPECT_EQ(complete->to_text(), R"({"hidden":64,"learning_rate":1,"wide":true,"cell":"lstm","mlp":[]})");
}

TEST(ParameterTable, sets_a_value_of_every_type_from_a_command_line) {
  Json params = Json::object();
  for (const char* assignment : {"hidden=32", "learning_rate=1e-2", "wide=false", "cell=lstm", "mlp=[16, 8]"}) {
    const auto status = made_up_table().set(assignment, params);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  EXPECT_EQ(params.to_text(), R"({"hidden":32,"learning_rate":0.01,"wide":false,"cell":"lstm","mlp":[16,8]})");
}

TEST(ParameterTable, takes_the_last_of_two_assignments_and_the_ends_of_a_range) {
  Json params = Json::object();
  const auto table = made_up_table();
  EXPECT_TRUE(table.set("hidden=4", params).ok());
  EXPECT_TRUE(table.set("hidden=512", params).ok());
  EXPECT_EQ(params.to_text(), R"({"hidden":512})");
}

TEST(ParameterTable, refuses_an_assignment_with_its_parameter_value_and_limits) {
  EXPECT_EQ(mistake_in_set("hidden"), "--set \"hidden\": write name=value");
  EXPECT_EQ(mistake_in_set("hidden=3"), "--set hidden: 3 is not between 4 and 512.");
  EXPECT_EQ(mistake_in_set("hidden=513"), "--set hidden: 513 is not between 4 and 512.");
  EXPECT_EQ(mistake_in_set("hidden=6.5"), "--set hidden: expected a whole number from 4 to 512, found 6.5.");
  EXPECT_EQ(mistake_in_set("hidden="), "--set hidden=: the value after = is missing");
  EXPECT_EQ(mistake_in_set("hidden= "), "--set hidden= : the value after = is missing");
  EXPECT_EQ(mistake_in_set("learning_rate=fast"),
            "--set learning_rate: expected a number from 1e-04 to 1, found \"fast\".");
  EXPECT_THAT(mistake_in_set("learning_rate=2"), StartsWith("--set learning_rate: 2 is not between "));
  EXPECT_EQ(mistake_in_set("wide=1"), "--set wide: expected true or false, found 1.");
  EXPECT_EQ(mistake_in_set("mlp=64"), "--set mlp: expected a list, found 64.");
  EXPECT_EQ(mistake_in_set("mlp=[64, 0]"), "--set mlp[1]: 0 is not between 1 and 1024.");
}

TEST(ParameterTable, names_the_nearest_choice_and_the_nearest_parameter) {
  EXPECT_THAT(mistake_in_set("cell=lstn"),
              StartsWith("--set cell: \"lstn\" is not allowed; expected one of gru, lstm; did you mean lstm?"));
  EXPECT_EQ(
      mistake_in_set("hiden=8"),
      "\"hiden\" is no parameter of this model; expected one of hidden, learning_rate, wide, cell, mlp; did you "
      "mean hidden?");
}

TEST(ParameterTable, refuses_given_parameters_with_their_path) {
  EXPECT_EQ(mistake_in_given("[]"), "params: expected name: value pairs.");
  EXPECT_EQ(mistake_in_given(R"({"hidden": 2})"), "params.hidden: 2 is not between 4 and 512.");
  EXPECT_EQ(mistake_in_given(R"({"mlp": ["a"]})"),
            "params.mlp[0]: expected a whole number from 1 to 1024, found \"a\".");
  EXPECT_THAT(mistake_in_given(R"({"hiddem": 8})"),
              StartsWith("params.hiddem: \"hiddem\" is no parameter of this model; expected one of hidden"));
}

TEST(ParameterTable, refuses_a_table_that_is_no_list_or_leaves_something_out) {
  EXPECT_EQ(mistake_in("name: x\n"), "params.yaml:1: the document: expected a list, found keys and values");
  EXPECT_EQ(mistake_in("- meaning: m\n"), "params.yaml:1: [0].name: is missing");
  EXPECT_EQ(mistake_in_entry("  type: integer\n  default: 1\n"), "params.yaml:1: [0].range: is missing");
  EXPECT_EQ(mistake_in_entry("  type: choice\n  default: a\n"), "params.yaml:1: [0].choices: is missing");
  EXPECT_EQ(mistake_in_entry("  type: boolean\n"), "params.yaml:1: [0].default: is missing");
}

TEST(ParameterTable, refuses_a_mistake_in_the_table_with_its_line) {
  EXPECT_EQ(
      mistake_in_entry("  type: text\n  default: a\n"),
      "params.yaml:1: [0]: type \"text\" is unknown; expected one of integer, number, boolean, choice, integers");
  EXPECT_EQ(mistake_in_entry("  type: integer\n  range: [1]\n  default: 1\n"),
            "params.yaml:1: [0]: range must hold two numbers, the lowest and the highest");
  EXPECT_EQ(mistake_in_entry("  type: integer\n  range: [1, 4]\n  default: 9\n"),
            "params.yaml:5: [0].default: 9 is not between 1 and 4");
  EXPECT_EQ(mistake_in_entry("  type: choice\n  choices: [a, b]\n  default: c\n"),
            "params.yaml:5: [0].default: \"c\" is not allowed; expected one of a, b");
  EXPECT_THAT(mistake_in_entry("  type: boolean\n  defualt: true\n"), HasSubstr("[0].defualt: there is no such key"));
}

TEST(ParameterTable, refuses_a_name_given_to_two_parameters) {
  EXPECT_EQ(mistake_in("- {name: a, meaning: m, type: boolean, default: true}\n"
                       "- {name: a, meaning: m, type: boolean, default: false}\n"),
            "params.yaml:2: [1].name: \"a\" is the name of another parameter already");
}

TEST(ParameterTable, reads_the_parameters_of_dipn_and_every_one_says_what_it_means) {
  const auto yaml = base::read_file("models/dipn/params.yaml");
  ASSERT_TRUE(yaml.ok()) << yaml.status().message();
  const auto table = ParameterTable::parse(*yaml, "models/dipn/params.yaml");
  ASSERT_TRUE(table.ok()) << table.status().message();
  std::size_t named = 0;
  for (auto at = yaml->find("\n- name: "); at != std::string::npos; at = yaml->find("\n- name: ", at + 1)) ++named;
  EXPECT_EQ(table->parameters().size(), named);
  for (const Parameter& parameter : table->parameters()) EXPECT_GT(parameter.meaning.size(), 20U) << parameter.name;
  const Json nothing;
  const auto complete = table->complete(JsonView(nothing));
  ASSERT_TRUE(complete.ok());
  ASSERT_TRUE(complete->find("cell") != nullptr && complete->find("patience") != nullptr);
  EXPECT_EQ(*complete->find("cell"), Json("gru"));
}

}  // namespace
}  // namespace inkling::train
