#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "content/amounts.h"
#include "content/post_check.h"
#include "content/post_reader.h"
#include "content/template_file.h"

namespace inkling::content {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Template moving() {
  auto form = load_template("templates/moving.yaml");
  EXPECT_TRUE(form.ok()) << form.status().message();
  return std::move(form).value();
}

std::string read_json(const Template& form, std::string_view text) {
  const auto post = read_post(form, text);
  EXPECT_TRUE(post.ok());
  return post->attributes.to_text();
}

// What each piece of evidence says, in the words of the text.
std::multimap<std::string, std::string> evidence_of(const Template& form, const std::string& text) {
  std::multimap<std::string, std::string> found;
  const auto post = read_post(form, text);
  for (const Evidence& each : post->evidence)
    found.emplace(each.field, text.substr(each.begin, each.end - each.begin));
  return found;
}

std::vector<std::string> sentences(const Template& form, std::string_view json) {
  std::vector<std::string> told;
  for (const FieldMistake& mistake : check_post(form, Json::parse(json).value()).mistakes)
    told.push_back(mistake.message);
  return told;
}

TEST(Amounts, are_read_as_people_write_them) {
  const std::map<std::string, double> known = {
      {"15", 15},     {"4.2", 4.2}, {"1,200", 1200},     {"十五", 15}, {"两", 2},         {"三千五百", 3500},
      {"3万", 30000}, {"二十", 20}, {"一万二千", 12000}, {"半", 0.5},  {"一百零五", 105}, {"12.50", 12.5}};
  for (const auto& [text, value] : known) {
    const auto amounts = amounts_of(text);
    ASSERT_EQ(amounts.size(), 1u) << text;
    EXPECT_DOUBLE_EQ(amounts[0].value, value) << text;
    EXPECT_EQ(amounts[0].end, text.size()) << text;
  }
  EXPECT_THAT(amounts_of("没有数字."), IsEmpty());
  EXPECT_EQ(amounts_of("1,2").size(), 2u) << "no group of three";
  EXPECT_EQ(amounts_of("十五千米").at(0).value, 15) << "the thousand is the unit's";
  EXPECT_EQ(amounts_of("3千克").at(0).value, 3);
  EXPECT_EQ(amounts_of("十五千").at(0).value, 15) << "units of a number fall";
}

TEST(Templates, of_the_repository_are_right) {
  const auto forms = load_templates("templates");
  ASSERT_TRUE(forms.ok()) << forms.status().message();
  EXPECT_EQ(forms->size(), 3u);
}

TEST(PostReader, reads_a_post_about_a_move) {
  const Template form = moving();
  EXPECT_EQ(read_json(form, "4.2米厢货, 电梯房, 15公里, 每公里6元, 2名师傅"),
            R"({"vehicle":"van_4m2","lift":true,"distance_km":15.0,"price_per_km":600,"helpers":2.0})");
  EXPECT_EQ(
      read_json(form, "面包车，没有电梯，距离：约十五千米，6.5元/公里，两个师傅，全包800元"),
      R"({"vehicle":"minivan","lift":false,"distance_km":15.0,"price_per_km":650,"helpers":2.0,"total":80000})");
  EXPECT_EQ(read_json(form, "起步价３００元 一公里6块 每层50元 5层楼 步梯"),
            R"({"start_price":30000,"price_per_km":600,"price_per_floor":5000,"extra_floors":5.0,"lift":false})");
  EXPECT_EQ(read_json(form, "minivan, no lift, 12 km, total ¥450, 3 helpers"),
            R"({"vehicle":"minivan","lift":false,"distance_km":12.0,"total":45000,"helpers":3.0})");
}

TEST(PostReader, takes_no_part_of_a_longer_word_or_number) {
  const Template form = moving();
  EXPECT_EQ(read_json(form, "14.2米, 5kmh, 不接长途, 每人50元"), R"({"long_way":false})");
  EXPECT_EQ(read_json(form, "你懂的"), "{}");
  EXPECT_EQ(read_json(form, ""), "{}");
}

TEST(PostReader, shows_where_it_read) {
  EXPECT_THAT(
      evidence_of(moving(), "４．２米厢货，15 公里，每公里 6 元"),
      testing::UnorderedElementsAre(testing::Pair("vehicle", "４．２米厢货"), testing::Pair("distance_km", "15 公里"),
                                    testing::Pair("price_per_km", "每公里 6 元")));
}

TEST(PostReader, doubts_what_is_told_twice) {
  const auto post = read_post(moving(), "15公里, 20公里, 15公里");
  EXPECT_THAT(post->doubts, ElementsAre("distance_km: 15.0 and 20.0 are both told; expected one of them"));
  EXPECT_EQ(post->attributes.to_text(), R"({"distance_km":15.0})");
}

TEST(PostReader, refuses_megabytes) {
  EXPECT_EQ(read_post(moving(), std::string(1 << 20, 'a')).status().code(), base::ErrorCode::kTooLarge);
}

TEST(PostReader, survives_bytes_that_are_no_text) {
  const Template form = moving();
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = "15公里" + std::string(1, static_cast<char>(byte)) + "每公里6元";
    EXPECT_TRUE(read_post(form, text).ok());
  }
}

TEST(PostCheck, brings_attributes_into_one_form) {
  const auto checked =
      check_post(moving(), Json::parse(R"({"vehicle":"4.2米厢式货车","distance_km":"1500 m","lift":true,
      "price_per_km":"6.5元","helpers":2,"note":null})")
                               .value());
  EXPECT_EQ(checked.mistakes.size(), 1u) << "metres are no unit of this template";
  EXPECT_THAT(checked.mistakes[0].message,
              HasSubstr(R"(distance_km: "1500 m" has an unknown unit; expected one of km, )"));
  EXPECT_EQ(checked.attributes.to_text(), R"({"vehicle":"van_4m2","lift":true,"price_per_km":650,"helpers":2.0})");
}

TEST(PostCheck, tells_every_mistake) {
  EXPECT_THAT(
      sentences(moving(),
                R"({"vehicle":"4.2 m box trucks","lift":"yes","distance_km":-3,"price_per_km":6.5,"helper":2})"),
      ElementsAre(
          R"(vehicle: "4.2 m box trucks" is none of its options; expected one of minivan, flatbed, van_4m2, van_6m8; did you mean van_4m2?)",
          R"(lift: "yes" is no flag; expected true or false)",
          R"(distance_km: -3 is out of range; expected a number from 0 to 5000 (km))",
          R"(price_per_km: 6.5 is no whole number of cents; expected a whole number from 0 to 100000 (cents))",
          testing::AllOf(testing::StartsWith(R"("helper" is no field of moving; expected one of vehicle, )"),
                         testing::EndsWith("did you mean helpers?"))));
  EXPECT_THAT(sentences(moving(), "{}"),
              ElementsAre("vehicle: is missing; expected one of minivan, flatbed, van_4m2, van_6m8",
                          "distance_km: is missing; expected a number from 0 to 5000 (km)"));
  EXPECT_THAT(sentences(moving(), "[]"), ElementsAre("attributes: a list is no object; expected fields and values"));
}

TEST(PostCheck, makes_a_priced_post) {
  const Template form = moving();
  const auto checked = check_post(
      form, Json::parse(R"({"vehicle":"minivan","distance_km":15,"lift":false,"total":"800元","note":"小心钢琴"})")
                .value());
  ASSERT_THAT(checked.mistakes, IsEmpty());
  const PricedPost post = priced_post(form, checked.attributes, "p1");
  EXPECT_EQ(post.price_cents, 80000);
  ASSERT_EQ(post.choices.size(), 2u);
  EXPECT_EQ(post.choices[1].field + "=" + post.choices[1].text, "lift=no");
  ASSERT_EQ(post.numbers.size(), 1u);
  EXPECT_EQ(post.numbers[0].value, 15);
  EXPECT_EQ(post.texts.at(0).text, "小心钢琴");
}

TEST(TemplateFile, tells_every_mistake_with_its_line) {
  const auto form = parse_template(R"(template: cars
price: sum
fields:
  - {field: Colour, kind: chioce}
  - {field: speed, kind: number, min: 9, max: 1, per: [km]}
  - {field: speed, kind: flag, surface: [fast]}
  - {field: make, kind: choice, options: [{option: vw, surfaces: [x]}, {option: bmw, surfaces: [X]}]}
)",
                                   "cars.yaml");
  ASSERT_FALSE(form.ok());
  const std::string told = form.status().message();
  for (
      const char* sentence :
      {R"(cars.yaml:2: price: "sum" is no money field; none is known)",
       R"(cars.yaml:4: fields[0].field: "Colour" is no id; expected up to 64 of a-z, 0-9 and _)",
       R"(cars.yaml:4: fields[0].kind: "chioce" is no kind; expected one of choice, number, money, flag, text; did you mean choice?)",
       R"(cars.yaml:5: fields[1].per: means nothing to a number; expected another kind, or nothing)",
       R"(cars.yaml:5: fields[1].min: 9 is above max, which is 1; expected at most that)",
       R"(cars.yaml:6: fields[2].surface: there is no such key; expected one of )",
       R"(cars.yaml:6: fields[2].field: "speed" stands there twice; expected once)",
       R"(cars.yaml:7: fields[3].options[1].option: "x" tells another option too; expected each word once)"}) {
    EXPECT_THAT(told, HasSubstr(sentence));
  }
}

TEST(TemplateFile, refuses_what_is_no_template) {
  EXPECT_THAT(parse_template("[1]", "a.yaml").status().message(),
              HasSubstr("a.yaml:1: template: the file is no mapping"));
  EXPECT_THAT(parse_template("template: a\nfields: [1, x]", "a.yaml").status().message(),
              HasSubstr("a.yaml:2: fields[0]: "));
  EXPECT_FALSE(parse_template("template: a\nfields: []", "a.yaml").ok());
  EXPECT_THAT(parse_template("template: b\nfields: [{field: x, kind: text}]", "a.yaml", "a").status().message(),
              HasSubstr("\"b\" is not the name of its file; expected a"));
}

}  // namespace
}  // namespace inkling::content
