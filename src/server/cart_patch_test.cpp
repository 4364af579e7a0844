#include "server/cart_patch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace inkling::server {
namespace {

using testing::HasSubstr;

CartPatch patch(const std::string& changes) {
  auto parsed = parse_cart_patch(R"({"id":"p1","session":"s1","changes":[)" + changes + "]}");
  EXPECT_TRUE(parsed.ok()) << parsed.status().message();
  return parsed.ok() ? *std::move(parsed) : CartPatch{};
}

std::string refusal(const std::string& body) {
  return parse_cart_patch(body).status().message();
}

std::string change_refusal(const std::string& change) {
  return refusal(R"({"id":"p","changes":[{"item":"a","add":1},)" + change + "]}");
}

class CartPatchTest : public testing::Test {
 protected:
  std::vector<domain::Event> change(const std::string& changes) {
    return events_of(patch(changes), "ann", 1'000, state_);
  }
  // item, quantity, ticked
  std::string cart() const {
    std::string text;
    for (const auto& line : state_.cart) {
      text += line.item + ":" + std::to_string(line.quantity) + (line.ticked ? "+ " : "- ");
    }
    return text;
  }
  state::ShopperState state_;
};

TEST_F(CartPatchTest, changes_follow_each_other) {
  change(R"({"item":"a","add":2},{"item":"b","quantity":3},{"item":"a","ticked":false},{"item":"c","add":1})");
  EXPECT_EQ(cart(), "a:2- b:3+ c:1+ ");
  change(R"({"item":"a","quantity":5},{"item":"b","quantity":1},{"item":"c","remove":true},{"item":"c","add":7})");
  EXPECT_EQ(cart(), "a:5- b:1+ c:7+ ") << "more of an unticked line leaves it unticked";
  change(R"({"item":"a","ticked":true},{"item":"b","quantity":0},{"item":"c","remove":true})");
  EXPECT_EQ(cart(), "a:5+ ");
}

TEST_F(CartPatchTest, every_change_leaves_an_event_of_its_own_id_even_when_nothing_changes) {
  change(R"({"item":"a","add":2})");
  const auto events = change(R"({"item":"a","quantity":2},{"item":"b","remove":true},{"item":"b","ticked":false})");
  EXPECT_EQ(cart(), "a:2+ ");
  ASSERT_EQ(events.size(), 3U);
  std::set<std::string> ids;
  for (const auto& event : events) {
    ids.insert(event.id);
    EXPECT_EQ(event.shopper, "ann");
    EXPECT_EQ(event.session, "s1");
    EXPECT_EQ(event.ts_ms, 1'000);
  }
  EXPECT_THAT(ids, testing::ElementsAre("p1:0", "p1:1", "p1:2"));
}

TEST(CartPatchForm, refuses_a_patch_that_is_none) {
  EXPECT_THAT(refusal("nonsense"), HasSubstr("body: is no JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("body: expected a JSON object"));
  EXPECT_THAT(refusal(R"({"changes":[]})"), HasSubstr("id: expected a text of 1 to 120 bytes"));
  EXPECT_THAT(refusal(R"({"id":"p"})"), HasSubstr("changes: expected a list of 1 to 200"));
  EXPECT_THAT(refusal(R"({"id":"p","changes":[]})"), HasSubstr("changes: has 0 of them"));
  EXPECT_THAT(refusal(R"({"id":"p","change":[]})"),
              HasSubstr("change: there is no such member, expected one of id, session, changes"));
  EXPECT_THAT(refusal("{\"id\":\"" + std::string(121, 'x') + "\",\"changes\":[]}"), HasSubstr("id: expected"));
}

TEST(CartPatchForm, refuses_more_changes_than_allowed) {
  std::string changes = R"({"item":"a","add":1})";
  for (int i = 1; i < 200; ++i) changes += R"(,{"item":"a","add":1})";
  EXPECT_EQ(patch(changes).changes.size(), 200U);
  EXPECT_THAT(refusal(R"({"id":"p","changes":[)" + changes + R"(,{"item":"a","add":1}]})"),
              HasSubstr("changes: has 201 of them"));
}

TEST(CartPatchForm, names_the_change_that_is_wrong) {
  EXPECT_THAT(change_refusal("7"), HasSubstr("changes[1]: expected an object"));
  EXPECT_THAT(change_refusal(R"({"add":1})"), HasSubstr("changes[1]: item: expected a text"));
  EXPECT_THAT(change_refusal(R"({"item":"a"})"), HasSubstr("changes[1]: expected one of \"add\""));
  EXPECT_THAT(change_refusal(R"({"item":"a","add":1,"ticked":true})"), HasSubstr("changes[1]: expected one of"));
  EXPECT_THAT(change_refusal(R"({"item":"a","tick":true})"), HasSubstr("changes[1]: tick: there is no such member"));
  for (const char* wrong : {"0", "-1", "1.5", "1000001", "\"1\"", "null"}) {
    EXPECT_THAT(change_refusal(R"({"item":"a","add":)" + std::string(wrong) + "}"),
                HasSubstr("changes[1]: add: expected a whole number from 1 to 1000000"))
        << wrong;
  }
  EXPECT_THAT(change_refusal(R"({"item":"a","quantity":-1})"), HasSubstr("quantity: expected a whole number from 0"));
  EXPECT_THAT(change_refusal(R"({"item":"a","remove":false})"), HasSubstr("remove: expected true"));
  EXPECT_THAT(change_refusal(R"({"item":"a","ticked":1})"), HasSubstr("ticked: expected true or false"));
}

}  // namespace
}  // namespace inkling::server
