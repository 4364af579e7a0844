#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr std::string_view kEvents =
    R"({"type":"item","id":"1","ts_ms":1,"item":"coat","parent":"s1","category":["Wear"],)"
    R"("price":{"cents":18000,"currency":"EUR"}})"
    "\n"
    R"({"type":"item","id":"2","ts_ms":1,"item":"coat-m","kind":"sku","parent":"coat","category":["Wear"],)"
    R"("price":{"cents":18000,"currency":"EUR"}})"
    "\n"
    R"({"type":"item","id":"3","ts_ms":1,"item":"hat","parent":"s2","price":{"cents":300,"currency":"USD"}})"
    "\n"
    R"({"type":"item","id":"4","ts_ms":1,"item":"old","parent":"s2",)"
    R"("price":{"cents":300,"currency":"EUR"},"on_sale":false})"
    "\n"
    R"({"type":"item","id":"5","ts_ms":1,"item":"few","parent":"s2",)"
    R"("price":{"cents":300,"currency":"EUR"},"stock":2})"
    "\n"
    R"({"type":"item","id":"6","ts_ms":1,"item":"free","parent":"s2"})"
    "\n"
    R"({"type":"promotion","id":"7","ts_ms":1,"promotion":"all",)"
    R"("definition":{"currency":"EUR","every":{"spend_cents":20000,"save_cents":3000}}})"
    "\n"
    R"({"type":"promotion","id":"8","ts_ms":1,"promotion":"s1",)"
    R"("definition":{"currency":"EUR","tiers":[{"spend_cents":10000,"save_cents":500}],"scope":{"shops":["s1"]}}})"
    "\n";

class QuotesTest : public testing::Test {
 protected:
  QuotesTest() {
    EXPECT_EQ(client_.post("/v1/events", kEvents, kJsonLinesType).status, 200U);
    running_.await_snapshot();
  }
  ClientAnswer post(const std::string& lines) {
    return client_.post("/v1/quote", R"({"lines":[)" + lines + "]}", "application/json");
  }
  boost::json::value quote(const std::string& lines) {
    const ClientAnswer answer = post(lines);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return boost::json::parse(answer.body);
  }

  RunningServer running_;
  HttpClient client_ = running_.client();
};

TEST_F(QuotesTest, quotes_the_lines_of_the_body_with_the_catalogues_prices) {
  const auto told = quote(R"({"item":"coat","quantity":2})");
  EXPECT_EQ(told.at("ticked_cents"), 36000);
  EXPECT_EQ(told.at("saved_cents"), 3500);
  EXPECT_EQ(told.at("payable_cents"), 32500);
  EXPECT_EQ(told.at("banner").at("promotion"), "all");
  EXPECT_EQ(told.at("banner").at("text").at("en"), "EUR 35 saved, EUR 40 more saves another EUR 30");
  EXPECT_EQ(told.at("lines").at(0).at("pay_cents"), 32500);
  EXPECT_TRUE(told.at("left_out").as_array().empty());
  EXPECT_TRUE(told.at("repriced").as_array().empty());
}

TEST_F(QuotesTest, the_shop_of_a_sku_is_that_of_its_goods) {
  EXPECT_EQ(quote(R"({"item":"coat-m"})").at("saved_cents"), 500);
}

TEST_F(QuotesTest, a_price_that_is_not_the_one_shown_is_repriced_and_told) {
  const auto told = quote(R"({"item":"coat","price":{"cents":17000,"currency":"EUR"}})");
  EXPECT_EQ(told.at("ticked_cents"), 18000);
  EXPECT_EQ(told.at("repriced"), boost::json::parse(R"([{"item":"coat","shown":{"cents":17000,"currency":"EUR"},
                                    "price":{"cents":18000,"currency":"EUR"}}])"));
  EXPECT_TRUE(quote(R"({"item":"coat","price":{"cents":18000,"currency":"EUR"}})").at("repriced").as_array().empty());
}

TEST_F(QuotesTest, what_cannot_be_bought_is_left_out_with_the_reason) {
  const auto told = quote(R"({"item":"coat"},{"item":"old"},{"item":"few","quantity":3},{"item":"free"},
                             {"item":"old","ticked":false})");
  EXPECT_EQ(told.at("ticked_cents"), 18000);
  EXPECT_EQ(told.at("left_out"), boost::json::parse(R"([{"item":"old","reason":"it is not on sale"},
      {"item":"few","reason":"only 2 pieces of it are left"},{"item":"free","reason":"it has no price"}])"));
}

TEST_F(QuotesTest, refuses_unknown_items_mixed_currencies_and_wrong_members) {
  const auto refusal = [this](const std::string& lines) {
    const ClientAnswer answer = post(lines);
    EXPECT_EQ(answer.status, 400U) << answer.body;
    return answer.body;
  };
  EXPECT_THAT(refusal(R"({"item":"coat"},{"item":"ghost"})"),
              HasSubstr("lines[1].item: no event told of an item \\\"ghost\\\""));
  EXPECT_THAT(refusal(R"({"item":"coat"},{"item":"hat"})"), HasSubstr("expected one currency"));
  EXPECT_THAT(refusal(R"({"item":"coat","quantity":0})"), HasSubstr("lines[0].quantity: 0 is not between 1"));
  EXPECT_THAT(refusal(R"({"item":"coat","quantty":1})"), HasSubstr("did you mean quantity?"));
  EXPECT_THAT(refusal(R"({"item":"coat","price":{"cents":1,"currency":"euro"}})"),
              HasSubstr("lines[0].price.currency"));
  EXPECT_THAT(refusal(R"({"item":"coat","price":{"cents":-1}})"), HasSubstr("lines[0].price.cents: -1"));
  EXPECT_THAT(refusal(""), HasSubstr("lines: has 0 of them; expected a list of 1 to 200"));
  EXPECT_THAT(refusal("{}"), HasSubstr("lines[0].item: is missing"));
  EXPECT_EQ(client_.post("/v1/quote", "{", "application/json").status, 400U);
  EXPECT_EQ(client_.post("/v1/quote", std::string(300'000, ' '), "application/json").status, 413U);
}

TEST_F(QuotesTest, a_shoppers_cart_tells_the_same) {
  const std::string patch = R"({"id":"p","changes":[{"item":"coat","add":2}]})";
  const ClientAnswer answer = client_.send("PATCH", "/v1/carts/ann", patch, "application/json");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  auto right = quote(R"({"item":"coat","quantity":2})");
  right.as_object().erase("repriced");
  EXPECT_EQ(boost::json::parse(answer.body).at("offers"), right);
  EXPECT_EQ(boost::json::parse(client_.get("/v1/carts/ann").body).at("offers"), right);
}

TEST_F(QuotesTest, a_cart_that_cannot_be_quoted_says_why) {
  const std::string patch = R"({"id":"p","changes":[{"item":"coat","add":1},{"item":"hat","add":1}]})";
  const ClientAnswer answer = client_.send("PATCH", "/v1/carts/ann", patch, "application/json");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_THAT(std::string(boost::json::parse(answer.body).at("offers").at("refused").as_string()),
              HasSubstr("item \"hat\": its price is in USD"));
}

class EndingPromotion : public QuotesTest, public testing::WithParamInterface<bool> {};

TEST_P(EndingPromotion, counts_until_just_before_its_end_by_the_servers_clock) {
  const bool ends_now = GetParam();
  const std::int64_t now = running_.clock().now_ms();
  const std::string body = R"({"currency":"EUR","every":{"spend_cents":10000,"save_cents":100},"ends_ms":)" +
                           std::to_string(now + (ends_now ? 0 : 1)) + "}";
  ASSERT_EQ(client_.send("PUT", "/v1/promotions/brief", body, "application/json").status, 200U);
  running_.await_snapshot();
  EXPECT_EQ(quote(R"({"item":"coat"})").at("saved_cents"), ends_now ? 500 : 600);
}

INSTANTIATE_TEST_SUITE_P(Quotes, EndingPromotion, testing::Bool());

}  // namespace
}  // namespace inkling::server
