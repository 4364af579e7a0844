#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <thread>

#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr std::string_view kItems =
    R"({"type":"item","id":"1","ts_ms":1700000000000,"item":"coat","price":{"cents":1250,"currency":"EUR"}}
{"type":"item","id":"2","ts_ms":1700000000000,"item":"hat","price":{"cents":300,"currency":"USD"}})";

class CartsTest : public testing::Test {
 protected:
  CartsTest() { EXPECT_EQ(client_.post("/v1/events", kItems, kJsonLinesType).status, 200U); }

  ClientAnswer patch(const std::string& id, const std::string& changes, const std::string& shopper = "ann") {
    return client_.send("PATCH", "/v1/carts/" + shopper, R"({"id":")" + id + R"(","changes":[)" + changes + "]}",
                        "application/json");
  }
  boost::json::value cart(const std::string& shopper = "ann") {
    const ClientAnswer answer = client_.get("/v1/carts/" + shopper);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return boost::json::parse(answer.body);
  }
  // What the promotions give for it is tested on its own.
  static boost::json::value without_offers(boost::json::value cart) {
    EXPECT_EQ(cart.as_object().erase("offers"), 1U);
    return cart;
  }

  RunningServer running_;
  HttpClient client_ = running_.client();
};

TEST_F(CartsTest, answers_the_new_cart_with_the_catalogues_prices) {
  const ClientAnswer answer = patch("p1", R"({"item":"coat","add":2},{"item":"unpriced","add":1})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(without_offers(boost::json::parse(answer.body)), boost::json::parse(R"({"shopper":"ann","lines":[
      {"item":"coat","quantity":2,"ticked":true,"price":{"cents":1250,"currency":"EUR"}},
      {"item":"unpriced","quantity":1,"ticked":true}],"ticked_cents":2500,"currency":"EUR"})"));
  EXPECT_EQ(cart(), boost::json::parse(answer.body));
}

TEST_F(CartsTest, the_same_id_again_changes_nothing) {
  patch("p1", R"({"item":"coat","add":2})");
  patch("p2", R"({"item":"coat","quantity":5})");
  patch("p3", R"({"item":"coat","add":1})");
  EXPECT_EQ(cart().at("lines").at(0).at("quantity"), 6);
  patch("p1", R"({"item":"coat","add":2})");
  const ClientAnswer again = patch("p2", R"({"item":"coat","quantity":5})");
  EXPECT_EQ(boost::json::parse(again.body).at("lines").at(0).at("quantity"), 6);
}

TEST_F(CartsTest, an_unknown_shopper_has_an_empty_cart) {
  EXPECT_EQ(without_offers(cart("nobody")), boost::json::parse(R"({"shopper":"nobody","lines":[],"ticked_cents":0,"currency":""})"));
}

TEST_F(CartsTest, adds_up_ticked_lines_of_one_currency) {
  patch("p1", R"({"item":"coat","add":2},{"item":"hat","add":1})");
  EXPECT_EQ(cart().at("ticked_cents"), 2500);
  patch("p2", R"({"item":"coat","ticked":false})");
  EXPECT_EQ(cart().at("ticked_cents"), 0);
}

TEST_F(CartsTest, a_sum_too_large_for_an_integer_stops_at_the_largest) {
  const std::string dear = R"({"type":"item","id":"9","ts_ms":1700000000000,"item":"sun",)"
                           R"("price":{"cents":9223372036854775807}})";
  ASSERT_EQ(client_.post("/v1/events", dear).status, 200U);
  patch("p1", R"({"item":"sun","add":1000000},{"item":"unpriced","add":1})");
  EXPECT_EQ(cart().at("ticked_cents"), 9223372036854775807);
}

TEST_F(CartsTest, the_scene_and_the_shopper_see_the_change_at_once) {
  patch("p1", R"({"item":"coat","add":2})");
  EXPECT_EQ(boost::json::parse(client_.get("/v1/shoppers/ann").body).at("cart").as_array().size(), 1U);
  patch("p2", R"({"item":"coat","remove":true})");
  EXPECT_TRUE(boost::json::parse(client_.get("/v1/shoppers/ann").body).at("cart").as_array().empty());
}

TEST_F(CartsTest, refuses_a_wrong_patch_and_writes_nothing) {
  const auto before = running_.store().statistics().last_sequence;
  const ClientAnswer answer = patch("p1", R"({"item":"coat","add":1},{"item":"coat","add":0})");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(answer.body, HasSubstr("changes[1]: add:"));
  EXPECT_EQ(running_.store().statistics().last_sequence, before);
  EXPECT_EQ(client_.get("/v1/carts/" + std::string(129, 'x')).status, 400U);
  EXPECT_EQ(client_.send("PATCH", "/v1/carts/ann", std::string(300'000, ' '), "application/json").status, 413U);
  EXPECT_EQ(client_.send("PATCH", "/v1/carts/ann", "{}", "text/plain").status, 415U);
  running_.store().set_fault(base::io_error("the disk is full"));
  EXPECT_EQ(patch("p2", R"({"item":"coat","add":1})").status, 500U);
  EXPECT_EQ(client_.get("/v1/carts/ann").status, 500U);
}

TEST_F(CartsTest, patches_of_one_shopper_at_the_same_time_take_turns) {
  const auto set_to_seven = [this](const std::string& id) {
    HttpClient client = running_.client();
    const std::string body = R"({"id":")" + id + R"(","changes":[{"item":"hat","quantity":7}]})";
    EXPECT_EQ(client.send("PATCH", "/v1/carts/ann", body, "application/json").status, 200U);
  };
  running_.store().shut_door();
  std::thread first(set_to_seven, "p1");
  running_.store().await_waiting(1);  // it has read the cart
  std::thread second(set_to_seven, "p2");
  // Time for the second to read the cart too, if nobody kept it from doing so.
  for (int i = 0; i < 50; ++i) EXPECT_EQ(client_.get("/v1/items/hat").status, 200U);
  running_.store().open_door();
  first.join();
  second.join();
  EXPECT_EQ(cart().at("lines").at(0).at("quantity"), 7);
}

}  // namespace
}  // namespace inkling::server
