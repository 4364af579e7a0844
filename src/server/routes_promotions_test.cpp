#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>

#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr std::string_view kJson = "application/json";

std::string saving(int percent) {
  return R"({"tiers":[{"spend_cents":100,"save_cents":)" + std::to_string(percent) + "}]}";
}

class PromotionsTest : public testing::Test {
 protected:
  ClientAnswer put(const std::string& id, const std::string& definition) {
    return client_.send("PUT", "/v1/promotions/" + id, definition, std::string(kJson));
  }
  boost::json::value get(const std::string& target) {
    const ClientAnswer answer = client_.get(target);
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return boost::json::parse(answer.body);
  }

  RunningServer running_;
  HttpClient client_ = running_.client();
};

TEST_F(PromotionsTest, what_was_put_is_told_and_in_force) {
  const ClientAnswer answer = put("p", R"({"every":{"save_cents":3000,"spend_cents":20000},"title":"618"})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(boost::json::parse(answer.body), boost::json::parse(R"({"promotion":"p","definition":{"title":"618",
      "every":{"spend_cents":20000,"save_cents":3000}},"last_sequence":1})"));
  running_.await_snapshot();
  const auto one = boost::json::parse(R"({"promotion":"p","in_force":true,"definition":{"title":"618",
      "every":{"spend_cents":20000,"save_cents":3000}}})");
  EXPECT_EQ(get("/v1/promotions/p"), one);
  EXPECT_EQ(get("/v1/promotions").at("promotions").as_array(), boost::json::array({one}));
  EXPECT_EQ(get("/v1/promotions").at("snapshot"), "w1");
}

TEST_F(PromotionsTest, what_is_withdrawn_is_gone) {
  put("p", saving(1));
  EXPECT_EQ(client_.send("DELETE", "/v1/promotions/p", "", "").status, 200U);
  running_.await_snapshot();
  EXPECT_EQ(client_.get("/v1/promotions/p").status, 404U);
  EXPECT_TRUE(get("/v1/promotions").at("promotions").as_array().empty());
}

TEST_F(PromotionsTest, refuses_a_wrong_definition_and_writes_nothing) {
  const ClientAnswer answer = put("p", R"({"tiers":[{"spend_cents":100,"save_cents":200}]})");
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(answer.body,
              HasSubstr("definition.tiers[0].save_cents: 200 is above spend_cents; expected at most 100"));
  EXPECT_EQ(put("p", R"({"withdrawn":true})").status, 400U);
  EXPECT_EQ(put("p", "{").status, 400U);
  EXPECT_EQ(put(std::string(129, 'x'), saving(1)).status, 400U);
  EXPECT_EQ(put("p", std::string(1'100'000, ' ')).status, 413U);
  EXPECT_EQ(client_.send("PUT", "/v1/promotions/p", saving(1), "text/plain").status, 415U);
  EXPECT_EQ(running_.store().statistics().last_sequence, 0U);
}

TEST_F(PromotionsTest, refuses_one_that_contradicts_those_in_force) {
  put("p", saving(60));
  running_.await_snapshot();
  const ClientAnswer answer = put("q", saving(60));
  EXPECT_EQ(answer.status, 409U);
  EXPECT_THAT(answer.body, HasSubstr("promotion q with p could save 120 % of the same goods"));
  EXPECT_EQ(put("p", saving(70)).status, 200U);
}

TEST_F(PromotionsTest, an_event_with_a_wrong_definition_is_refused_with_its_line) {
  const std::string good = R"({"type":"promotion","id":"1","ts_ms":1700000000000,"promotion":"p","definition":)";
  const std::string bad = R"({"type":"promotion","id":"2","ts_ms":1700000000000,"promotion":"q","definition":)";
  const ClientAnswer answer =
      client_.post("/v1/events", good + saving(1) + "}\n" + bad + saving(200) + "}", kJsonLinesType);
  EXPECT_EQ(answer.status, 400U);
  EXPECT_THAT(answer.body, HasSubstr("line 2: definition.tiers[0].save_cents: 200 is above"));
  EXPECT_EQ(running_.store().statistics().last_sequence, 0U);
  EXPECT_EQ(client_.post("/v1/events", good + saving(1) + "}", kJsonLinesType).status, 200U);
  running_.await_snapshot();
  EXPECT_EQ(get("/v1/promotions/p").at("in_force"), true);
}

// Two that come within one snapshot are both journaled; the later one then stands back.
TEST_F(PromotionsTest, tells_why_a_contradicting_one_is_not_in_force) {
  const std::string events =
      R"({"type":"promotion","id":"1","ts_ms":1700000000000,"promotion":"p","definition":)" + saving(60) + "}\n" +
      R"({"type":"promotion","id":"2","ts_ms":1700000000000,"promotion":"q","definition":)" + saving(60) + "}";
  ASSERT_EQ(client_.post("/v1/events", events, kJsonLinesType).status, 200U);
  running_.await_snapshot();
  const auto told = get("/v1/promotions/q");
  EXPECT_EQ(told.at("in_force"), false);
  EXPECT_THAT(std::string(told.at("reason").as_string()), HasSubstr("could save 120 %"));
  EXPECT_EQ(told.at("definition"), boost::json::parse(saving(60)));
  EXPECT_EQ(get("/v1/promotions").at("promotions").as_array().size(), 2U);
}

}  // namespace
}  // namespace inkling::server
