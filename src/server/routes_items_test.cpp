#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr std::string_view kItems =
    R"({"type":"item","id":"1","ts_ms":1700000000000,"item":"coat","title":"Coat","category":["Clothes","Coats"],"price":{"cents":8990,"currency":"EUR"},"attributes":{"colour":"blue"},"pictures":["a.svg"],"stock":3,"text":"Warm."}
{"type":"item","id":"2","ts_ms":1700000000000,"item":"a,b/羽","on_sale":false})";

class ItemsTest : public testing::Test {
 protected:
  ItemsTest() { EXPECT_EQ(client_.post("/v1/events", kItems, kJsonLinesType).status, 200U); }

  boost::json::array items(const std::string& target) {
    const ClientAnswer answer = client_.get(target);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return boost::json::parse(answer.body).at("items").as_array();
  }

  RunningServer running_;
  HttpClient client_ = running_.client();
};

TEST_F(ItemsTest, tells_everything_that_the_item_event_said_and_whether_it_is_on_sale) {
  const auto found = items("/v1/items?ids=coat");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], boost::json::parse(R"({"item":"coat","title":"Coat","category":["Clothes","Coats"],
      "price":{"cents":8990,"currency":"EUR"},"attributes":{"colour":"blue"},"pictures":["a.svg"],"stock":3,
      "text":"Warm.","on_sale":true})"));
}

TEST_F(ItemsTest, answers_in_the_order_asked_and_leaves_out_what_nobody_told_of) {
  EXPECT_EQ(items("/v1/items?ids=nothing,coat,,coat").size(), 2U);
  EXPECT_TRUE(items("/v1/items?ids=nothing").empty());
  EXPECT_TRUE(items("/v1/items/nothing").empty());
}

TEST_F(ItemsTest, one_item_is_asked_for_by_path_whatever_its_id_holds) {
  const auto found = items("/v1/items/a%2Cb%2F%E7%BE%BD");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], boost::json::parse(R"({"item":"a,b/羽","on_sale":false})"));
}

TEST_F(ItemsTest, answers_the_skus_of_goods) {
  constexpr std::string_view kSkus =
      R"({"type":"item","id":"3","ts_ms":1700000000000,"item":"boot-43","kind":"sku","parent":"boot","attributes":{"size":"43"}}
{"type":"item","id":"4","ts_ms":1700000000000,"item":"boot-42","kind":"sku","parent":"boot","stock":0}
{"type":"item","id":"5","ts_ms":1700000000000,"item":"cap-m","kind":"sku","parent":"cap"}
{"type":"item","id":"6","ts_ms":1700000000000,"item":"boot","parent":"shop-1"})";
  ASSERT_EQ(client_.post("/v1/events", kSkus, kJsonLinesType).status, 200U);
  running_.await_snapshot();
  const auto ids = [&](const std::string& target) {
    std::string all;
    for (const auto& item : items(target)) all.append(item.at("item").as_string()).append(" ");
    return all;
  };
  EXPECT_EQ(ids("/v1/items?parent=boot"), "boot-43 boot-42 ");
  EXPECT_EQ(ids("/v1/items?parent=cap,boot,coat"), "cap-m boot-43 boot-42 ");
  EXPECT_EQ(ids("/v1/items?parent=shop-1"), "") << "goods of a shop are no skus";
  EXPECT_EQ(items("/v1/items?parent=boot")[0].at("attributes").at("size"), "43");
}

TEST_F(ItemsTest, refuses_no_ids_too_many_and_too_long_ones) {
  EXPECT_THAT(client_.get("/v1/items").body, HasSubstr("ids: is missing"));
  std::string ids = "a";
  for (int i = 1; i < 200; ++i) ids += ",a";
  EXPECT_EQ(client_.get("/v1/items?ids=" + ids).status, 200U);
  const ClientAnswer many = client_.get("/v1/items?ids=" + ids + ",a");
  EXPECT_EQ(many.status, 400U);
  EXPECT_THAT(many.body, HasSubstr("ids: has 201 of them; at most 200"));
  EXPECT_THAT(client_.get("/v1/items?ids=" + std::string(129, 'x')).body, HasSubstr("129 bytes"));
  EXPECT_EQ(client_.get("/v1/items?ids=%FF").status, 400U);
  EXPECT_THAT(client_.get("/v1/items?parent=" + ids + ",a").body, HasSubstr("parent: has 201 of them"));
  EXPECT_THAT(client_.get("/v1/items?parent=a&ids=b").body, HasSubstr("parent: stands beside ids; expected one"));
  EXPECT_THAT(client_.get("/v1/items?parent=").body, HasSubstr("?parent=a,b"));
}

}  // namespace
}  // namespace inkling::server
