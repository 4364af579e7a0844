#include "content/post_description.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/post_item.h"

namespace inkling::content {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class PostDescriptionTest : public testing::Test {
 protected:
  [[nodiscard]] const Template& form(std::string_view id) const {
    return *std::ranges::find(forms_, id, &Template::id);
  }
  [[nodiscard]] base::Result<PostDescription> describe(std::optional<std::string_view> text,
                                                       std::string_view attributes) const {
    return describe_post(form("moving"), forms_, text, Json::parse(attributes).value());
  }

  std::vector<Template> forms_ = load_templates("templates").value();
};

TEST_F(PostDescriptionTest, attributes_win_over_what_the_text_says) {
  const auto post = describe("面包车, 电梯房, 15公里", R"({"distance_km":20,"lift":null,"helpers":2})");
  ASSERT_TRUE(post.ok());
  EXPECT_EQ(post->post.attributes.to_text(), R"({"vehicle":"minivan","distance_km":20.0,"helpers":2.0})");
  EXPECT_THAT(post->post.mistakes, IsEmpty());
  ASSERT_THAT(post->evidence, SizeIs(1)) << "of what counts";
  EXPECT_EQ(post->evidence[0].field, "vehicle");
  EXPECT_THAT(post->doubts,
              ElementsAre("distance_km: the text says 15.0, the attributes 20.0; the attributes count"));
}

TEST_F(PostDescriptionTest, attributes_that_say_the_same_are_no_doubt) {
  const auto post = describe("面包车, 15公里", R"({"distance_km":"15 km","vehicle":"面包车"})");
  EXPECT_THAT(post->doubts, IsEmpty());
  EXPECT_THAT(post->post.mistakes, IsEmpty());
}

TEST_F(PostDescriptionTest, takes_text_or_attributes_alone) {
  EXPECT_EQ(describe("面包车, 15公里", "null")->post.attributes.to_text(),
            R"({"vehicle":"minivan","distance_km":15.0})");
  EXPECT_EQ(describe({}, R"({"vehicle":"小面","distance_km":3})")->post.attributes.to_text(),
            R"({"vehicle":"minivan","distance_km":3.0})");
  EXPECT_THAT(describe("面包车", "[]")->post.mistakes, SizeIs(1)) << "a list is no attributes";
}

TEST_F(PostDescriptionTest, doubts_a_text_of_another_template) {
  const auto post = describe("上门修空调, 不制冷, 加氟, 上门费50元, 质保3个月", "null");
  ASSERT_TRUE(post.ok());
  ASSERT_THAT(post->doubts, SizeIs(1));
  EXPECT_THAT(post->doubts[0], HasSubstr("of appliance_repair; is it a post of that template?"));
  EXPECT_THAT(describe("今天天气真好", "null")->doubts, ElementsAre(HasSubstr("text: tells no field of moving")));
  EXPECT_THAT(describe("🚚🚚🚚", "null")->doubts, ElementsAre(HasSubstr("text: tells no field of moving")));
}

TEST_F(PostDescriptionTest, refuses_nothing_and_megabytes) {
  EXPECT_THAT(describe(" \n", "null").status().message(), HasSubstr("text: is empty"));
  EXPECT_EQ(describe(std::string(1 << 20, 'a'), "null").status().code(), base::ErrorCode::kTooLarge);
}

TEST_F(PostDescriptionTest, of_an_item_is_what_was_told) {
  const Template& moving = form("moving");
  const auto checked = check_post(
      moving,
      Json::parse(R"({"vehicle":"minivan","lift":false,"distance_km":4.2,"total":80000,"note":"小心"})").value());
  ASSERT_THAT(checked.mistakes, IsEmpty());
  domain::Item item;
  item.kind = domain::ItemKind::kPost;
  item.attributes = item_attributes(moving, checked.attributes);
  EXPECT_THAT(item.attributes,
              ElementsAre(domain::Attribute("template", "moving"), domain::Attribute("vehicle", "minivan"),
                          domain::Attribute("lift", "false"), domain::Attribute("distance_km", "4.2"),
                          domain::Attribute("total", "80000"), domain::Attribute("note", "小心")));
  EXPECT_EQ(price_cents_of(moving, checked.attributes), 80000);
  EXPECT_EQ(check_post(moving, told_attributes(moving, item)).attributes, checked.attributes);
  EXPECT_TRUE(is_post_of(moving, item));
  EXPECT_FALSE(is_post_of(form("housekeeping"), item));
  item.attributes.emplace_back("colour", "red");
  EXPECT_EQ(told_attributes(moving, item).find("colour"), nullptr);
  item.kind = domain::ItemKind::kGoods;
  EXPECT_FALSE(is_post_of(moving, item));
}

TEST_F(PostDescriptionTest, texts_of_items_that_are_not_of_their_kind_stay_for_the_check) {
  domain::Item item;
  item.attributes = {{"vehicle", "minivan"}, {"distance_km", "far"}, {"lift", "maybe"}, {"total", "cheap"}};
  const auto checked = check_post(form("moving"), told_attributes(form("moving"), item));
  EXPECT_THAT(checked.mistakes, SizeIs(3));
}

}  // namespace
}  // namespace inkling::content
