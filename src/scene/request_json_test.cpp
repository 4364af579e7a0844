#include <gtest/gtest.h>

#include "scene/answer_json.h"

namespace inkling::scene {
namespace {

std::string complaint(std::string_view json) {
  const auto request = request_from_json(json);
  return request.ok() ? "none" : request.status().message();
}

TEST(RequestFromJson, reads_every_field) {
  const auto request = request_from_json(
      R"({"shopper": "anna", "session": "s1", "size": 3, "cursor": "10000abcd", "query": "warm coat", "trace": true,
          "cart": [{"item": "i1", "quantity": 2, "ticked": false, "price": {"cents": 1250, "currency": "EUR"}},
                   {"item": "i2"}],
          "context": {"page": "home", "gap_cents": 4000, "new": true, "nothing": null}})");
  ASSERT_TRUE(request.ok()) << request.status().message();
  EXPECT_EQ(request->shopper, "anna");
  EXPECT_EQ(request->session, "s1");
  EXPECT_EQ(request->size, 3);
  EXPECT_EQ(request->cursor, "10000abcd");
  EXPECT_EQ(request->query, "warm coat");
  EXPECT_TRUE(request->trace);
  ASSERT_TRUE(request->cart);
  ASSERT_EQ(request->cart->size(), 2U);
  EXPECT_EQ((*request->cart)[0].quantity, 2);
  EXPECT_FALSE((*request->cart)[0].ticked);
  EXPECT_EQ((*request->cart)[0].price, (domain::Money{1250, "EUR"}));
  EXPECT_TRUE((*request->cart)[1].ticked);
  EXPECT_FALSE((*request->cart)[1].price);
  EXPECT_EQ(request->context,
            (std::vector<domain::Attribute>{{"page", "home"}, {"gap_cents", "4000"}, {"new", "true"}}));
}

TEST(RequestFromJson, needs_only_a_shopper_and_tells_no_cart_from_an_empty_one) {
  const auto request = request_from_json(R"({"shopper": "anna", "session": null})");
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->size, 10);
  EXPECT_FALSE(request->cart);
  EXPECT_TRUE(request_from_json(R"({"shopper": "anna", "cart": []})")->cart);
}

TEST(RequestFromJson, names_the_field_the_value_and_what_is_allowed) {
  EXPECT_EQ(complaint("{}"), "shopper: is missing, allowed is a text of 1 to 128 bytes");
  EXPECT_EQ(complaint(R"({"shopper": 7})"), "shopper: 7, allowed is a text of 1 to 128 bytes");
  EXPECT_EQ(complaint(R"({"shopper": ""})"), R"(shopper: "", allowed is a text of 1 to 128 bytes)");
  EXPECT_EQ(complaint(R"({"shopper": "a", "size": 0})"), "size: 0, allowed is a whole number from 1 to 200");
  EXPECT_EQ(complaint(R"({"shopper": "a", "size": 1.5})"), "size: 1.5E0, allowed is a whole number from 1 to 200");
  EXPECT_EQ(complaint(R"({"shopper": "a", "trace": "yes"})"), R"(trace: "yes", allowed is true or false)");
  EXPECT_EQ(complaint(R"({"shopper": "a", "cursor": "page-2"})"),
            R"(cursor: "page-2", allowed is what an answer gave, unchanged)");
  EXPECT_EQ(complaint(R"({"shopper": "a", "shoper": "b"})"),
            "shoper: there is no such field, expected one of shopper, session, size, cursor, query, cart, context, "
            "trace, hint; "
            "did you mean shopper?");
}

TEST(RequestFromJson, names_places_inside_cart_and_context) {
  EXPECT_EQ(complaint(R"({"shopper": "a", "cart": [{"item": "i"}, {"quantity": 0, "price": {"cents": -1}}]})"),
            "cart[1].item: is missing, allowed is a text of 1 to 128 bytes; "
            "cart[1].quantity: 0, allowed is a whole number from 1 to 1000000; "
            "cart[1].price.cents: -1, allowed is a whole number from 0 to 9223372036854775807");
  EXPECT_EQ(complaint(R"({"shopper": "a", "cart": [{"item": "i", "price": 12}]})"),
            "cart[0].price: 12, allowed is an object with cents and, if you like, a currency");
  EXPECT_EQ(complaint(R"({"shopper": "a", "cart": [{"item": "i", "price": {"currency": "EUR"}}]})"),
            "cart[0].price: an object, allowed is an object with cents and, if you like, a currency");
  EXPECT_EQ(complaint(R"({"shopper": "a", "context": {"where": {"city": "x"}}})"),
            "context.where: an object, allowed is a number, true, false or a text of at most 1024 bytes");
  EXPECT_EQ(complaint(R"({"shopper": "a", "context": []})"),
            "context: a list, allowed is an object of at most 32 entries");
}

constexpr const char* kHint =
    R"({"model":"dipn","version":"v3","session":"s1","target":"purchase_1h","probability":0.23,"gestures":57})";

std::string hint_with(const std::string& from, const std::string& to) {
  std::string hint = kHint;
  hint.replace(hint.find(from), from.size(), to);
  return R"({"shopper": "a", "hint": )" + hint + "}";
}

TEST(RequestFromJson, reads_the_hint_of_a_device) {
  const auto request = request_from_json(std::string(R"({"shopper": "a", "hint": )") + kHint + "}");
  ASSERT_TRUE(request.ok()) << request.status().message();
  ASSERT_TRUE(request->hint);
  EXPECT_EQ(request->hint->model, "dipn");
  EXPECT_EQ(request->hint->version, "v3");
  EXPECT_EQ(request->hint->session, "s1");
  EXPECT_EQ(request->hint->target, "purchase_1h");
  EXPECT_EQ(request->hint->probability, 0.23F);
  EXPECT_EQ(request->hint->gestures, 57);
  EXPECT_FALSE(request_from_json(R"({"shopper": "a", "hint": null})")->hint);
  EXPECT_EQ(request_from_json(hint_with("0.23", "1"))->hint->probability, 1.0F);
}

TEST(RequestFromJson, refuses_a_hint_that_is_none) {
  EXPECT_EQ(complaint(R"({"shopper": "a", "hint": 0.3})"),
            "hint: 3E-1, allowed is an object with what a device's model says");
  for (const char* wrong : {"1.0001", "-0.1", "1e400", "\"0.2\"", "[]", "true"}) {
    EXPECT_NE(complaint(hint_with("0.23", wrong)), "") << wrong;
  }
  EXPECT_EQ(complaint(hint_with("0.23", "1.5")), "hint.probability: 1.5E0, allowed is a number from 0 to 1");
  EXPECT_EQ(complaint(hint_with("0.23", "NaN")).substr(0, 24), "the request is no JSON: ");
  EXPECT_EQ(complaint(hint_with("57", "-1")), "hint.gestures: -1, allowed is a whole number from 0 to 1000000000");
  EXPECT_EQ(complaint(hint_with("\"s1\"", "\"\"")), R"(hint.session: "", allowed is a text of 1 to 128 bytes)");
  EXPECT_EQ(complaint(hint_with("gestures", "gesture")),
            "hint.gesture: there is no such field, expected one of model, version, session, target, probability, "
            "gestures; did you mean gestures?; hint.gestures: is missing, allowed is a whole number from 0");
}

TEST(RequestFromJson, refuses_what_is_too_long) {
  const std::string shopper(129, 'x');
  EXPECT_EQ(complaint(R"({"shopper": ")" + shopper + "\"}"),
            "shopper: a text of 129 bytes, allowed is a text of 1 to 128 bytes");
  std::string lines = R"({"item": "i"})";
  for (int i = 0; i < 200; ++i) lines += R"(,{"item": "i"})";
  EXPECT_EQ(complaint(R"({"shopper": "a", "cart": [)" + lines + "]}"),
            "cart: 201 lines, allowed is a list of at most 200 lines");
}

TEST(RequestFromJson, refuses_what_is_no_request) {
  EXPECT_EQ(complaint("[]"), "the request is a list; allowed is a JSON object");
  EXPECT_EQ(complaint("{").substr(0, 24), "the request is no JSON: ");
  EXPECT_EQ(complaint("{\"shopper\": \"\xff\"}").substr(0, 24), "the request is no JSON: ");
}

}  // namespace
}  // namespace inkling::scene
