// The API as a client sees it: every route, and every way to be refused.
#include "server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <string>

#include "scene/fixed_ranker.h"
#include "server/event_body.h"
#include "server/openapi.h"
#include "server/running_server.h"
#include "wire/event_json.h"

namespace inkling::server {
namespace {

using testing::HasSubstr;

boost::json::object parsed(const ClientAnswer& answer) {
  return boost::json::parse(answer.body).as_object();
}

std::string views(const std::string& shopper, std::uint64_t from, std::uint64_t to) {
  std::string lines;
  for (std::uint64_t n = from; n < to; ++n) lines += view_json(shopper, n) + "\n";
  return lines;
}

void expect_problem(const ClientAnswer& answer, unsigned status, const std::string& detail) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_EQ(answer.fields.at("content-type"), "application/problem+json");
  EXPECT_EQ(parsed(answer).at("status"), status);
  EXPECT_THAT(std::string(parsed(answer).at("detail").as_string()), HasSubstr(detail));
}

// The members that the documented schema requires are in the answer.
void expect_schema(const ClientAnswer& answer, const char* schema) {
  ASSERT_EQ(answer.status, 200U) << answer.body;
  const auto schemas = boost::json::parse(std::string(openapi_schemas())).as_object();
  const auto body = parsed(answer);
  for (const auto& member : schemas.at(schema).at("required").as_array()) {
    EXPECT_TRUE(body.contains(member.as_string())) << schema << " lacks " << member.as_string().c_str();
  }
}

class ServerTest : public testing::Test {
 protected:
  float scene_prob(const std::string& shopper) {
    const auto answer = client_.post("/v1/scenes/coupon", "{\"shopper\":\"" + shopper + "\"}");
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return static_cast<float>(parsed(answer).at("decision").at("probability").to_number<double>());
  }

  RunningServer running_;
  HttpClient client_ = running_.client();
};

TEST_F(ServerTest, takes_events_and_drops_duplicates) {
  const auto first = client_.post("/v1/events", views("anna", 0, 3), kJsonLinesType);
  expect_schema(first, "EventReceipt");
  EXPECT_EQ(parsed(first).at("accepted"), 3);
  EXPECT_EQ(parsed(first).at("duplicates"), 0);
  EXPECT_EQ(parsed(first).at("last_sequence"), 3);
  const auto again = client_.post("/v1/events", "[" + view_json("anna", 2) + "," + view_json("anna", 3) + "]");
  EXPECT_EQ(parsed(again).at("accepted"), 1);
  EXPECT_EQ(parsed(again).at("duplicates"), 1);
  EXPECT_EQ(parsed(again).at("last_sequence"), 4);
  EXPECT_EQ(parsed(client_.post("/v1/events", view_json("anna", 4))).at("accepted"), 1);
}

TEST_F(ServerTest, one_bad_line_refuses_the_batch_and_nothing_is_written) {
  const auto answer = client_.post("/v1/events", views("anna", 0, 2) + "{\"type\":\"action\"}\n", kJsonLinesType);
  expect_problem(answer, 400, "line 3");
  EXPECT_EQ(parsed(answer).at("line"), 3);
  EXPECT_EQ(parsed(answer).at("instance"), "/v1/events");
  EXPECT_EQ(running_.store().statistics().last_sequence, 0U);
}

TEST_F(ServerTest, an_event_more_than_a_day_ahead_of_the_clock_is_refused) {
  constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;
  domain::Event event = view_event("anna", 0);
  event.ts_ms = running_.clock().now_ms() + kDayMs;
  std::string line;
  wire::write_event(event, line);
  EXPECT_EQ(client_.post("/v1/events", line, kJsonLinesType).status, 200U);
  event.id = "later";
  ++event.ts_ms;
  line.clear();
  wire::write_event(event, line);
  const auto answer = client_.post("/v1/events", view_json("anna", 1) + "\n" + line, kJsonLinesType);
  expect_problem(answer, 400, "line 2: ts_ms: 1700086900001 is 86400001 ms ahead of the server's clock");
  EXPECT_EQ(parsed(answer).at("line"), 2);
  EXPECT_EQ(running_.store().statistics().last_sequence, 1U);
}

TEST_F(ServerTest, a_store_that_fails_is_not_acknowledged) {
  running_.store().set_fault(base::io_error("the disk is full"));
  expect_problem(client_.post("/v1/events", views("anna", 0, 1), kJsonLinesType), 500, "the disk is full");
  expect_problem(client_.get("/v1/shoppers/anna"), 500, "the disk is full");
  EXPECT_THAT(running_.log_lines(), testing::Contains(HasSubstr("the disk is full")));
}

TEST_F(ServerTest, tells_a_shopper_and_the_live_intent) {
  client_.post("/v1/events", views("an na/羽", 0, 7), kJsonLinesType);
  const auto answer = client_.get("/v1/shoppers/an%20na%2F%E7%BE%BD");
  expect_schema(answer, "Shopper");
  const auto body = parsed(answer);
  EXPECT_EQ(body.at("shopper"), "an na/羽");
  EXPECT_EQ(body.at("event_count"), 7);
  EXPECT_EQ(body.at("actions").at("view").at("total"), 7);
  EXPECT_NEAR(body.at("actions").at("view").at("decayed").at("1h").to_number<double>(), 7 * std::exp2(-500.0 / 3600),
              0.05);
  EXPECT_EQ(body.at("recent").as_array().size(), 7U);
  EXPECT_EQ(body.at("recent").at(0).at("action"), "view");
  EXPECT_EQ(body.at("intent").at(0).at("model"), "fake");
  EXPECT_EQ(body.at("intent").at(0).at("target"), "purchase_1h");
  EXPECT_EQ(body.at("intent").at(0).at("horizon_ms"), 3'600'000);
  EXPECT_FLOAT_EQ(static_cast<float>(body.at("intent").at(0).at("probability").to_number<double>()),
                  FakeScorer::expected_prob(7));
}

TEST_F(ServerTest, tells_cart_profile_and_coupons) {
  const auto event = [](const std::string& members) {
    return "{\"type\":" + members + ",\"shopper\":\"anna\",\"ts_ms\":1700000000000}\n";
  };
  const auto taken = client_.post(
      "/v1/events",
      event(R"("shopper","id":"p","attributes":{"city":"Köln"})") +
          event(R"("action","id":"c","action":"cart_add","item":"coat","quantity":2,"price":{"cents":1250})") +
          event(R"("action","id":"g","action":"grant","coupon":"five","expires_ms":1800000000000)"),
      kJsonLinesType);
  ASSERT_EQ(taken.status, 200U) << taken.body;
  const auto body = parsed(client_.get("/v1/shoppers/anna"));
  EXPECT_EQ(body.at("profile").at("city"), "Köln");
  EXPECT_EQ(body.at("cart").at(0).at("item"), "coat");
  EXPECT_EQ(body.at("cart").at(0).at("quantity"), 2);
  EXPECT_EQ(body.at("cart").at(0).at("price_cents"), 1250);
  EXPECT_EQ(body.at("coupons").at(0).at("coupon"), "five");
  EXPECT_EQ(body.at("coupons").at(0).at("redeemed"), false);
}

TEST_F(ServerTest, unknown_and_impossible_shoppers_are_refused) {
  expect_problem(client_.get("/v1/shoppers/nobody"), 404, "nobody");
  expect_problem(client_.get("/v1/shoppers/" + std::string(129, 'a')), 400, "129 bytes");
  expect_problem(client_.get("/v1/shoppers/%FF"), 400, "UTF-8");
}

TEST_F(ServerTest, a_scene_sees_every_event_acknowledged_before_it) {
  for (std::uint64_t n = 0; n < 20; ++n) {
    ASSERT_EQ(client_.post("/v1/events", view_json("anna", n)).status, 200U);
    ASSERT_FLOAT_EQ(scene_prob("anna"), FakeScorer::expected_prob(n + 1));
    HttpClient other = running_.client();  // on the other thread
    ASSERT_EQ(other.post("/v1/events", view_json("berta", n)).status, 200U);
    ASSERT_FLOAT_EQ(scene_prob("berta"), FakeScorer::expected_prob(n + 1));
  }
}

TEST_F(ServerTest, a_scene_after_more_events_than_the_history_holds_sees_them_all) {
  client_.post("/v1/events", views("anna", 0, 5), kJsonLinesType);
  EXPECT_FLOAT_EQ(scene_prob("anna"), FakeScorer::expected_prob(5));
  client_.post("/v1/events", views("anna", 5, 500), kJsonLinesType);
  EXPECT_FLOAT_EQ(scene_prob("anna"), FakeScorer::expected_prob(500));
  EXPECT_THAT(client_.get("/metrics").body, HasSubstr("inkling_live_shopper_reads_total{result=\"rebuild\"} 1"));
}

TEST_F(ServerTest, answers_a_scene_for_a_shopper_never_seen) {
  const auto answer = client_.post("/v1/scenes/coupon", R"({"shopper":"nobody","trace":true})");
  expect_schema(answer, "SceneAnswer");
  EXPECT_EQ(parsed(answer).at("scene"), "coupon");
  EXPECT_TRUE(parsed(answer).at("degraded").is_null());
  EXPECT_TRUE(parsed(answer).contains("trace"));
  EXPECT_NE(parsed(answer).at("request_id"),
            parsed(client_.post("/v1/scenes/coupon", R"({"shopper":"x"})")).at("request_id"));
}

TEST_F(ServerTest, says_when_a_scene_fell_back) {
  const auto answer = client_.post("/v1/scenes/ladder", R"({"shopper":"anna"})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_EQ(parsed(answer).at("degraded").at("fallback"), "decide/never");
  EXPECT_EQ(parsed(answer).at("decision").at("reason"), "fell_back");
  EXPECT_THAT(client_.get("/metrics").body,
              HasSubstr(R"(inkling_scene_fallbacks_total{fallback="decide/never",scene="ladder"} 1)"));
}

TEST_F(ServerTest, a_scene_that_nobody_could_answer_is_unavailable) {
  const auto answer = client_.post("/v1/scenes/broken", R"({"shopper":"anna"})");
  expect_problem(answer, 503, "this stage always fails");
  EXPECT_EQ(answer.fields.at("retry-after"), "1");
}

TEST_F(ServerTest, refuses_bad_scene_requests) {
  expect_problem(client_.post("/v1/scenes/coupn", R"({"shopper":"anna"})"), 404, "coupon");
  expect_problem(client_.post("/v1/scenes/coupon", R"({"size":3})"), 400, "shopper");
  expect_problem(client_.post("/v1/scenes/coupon", R"({"shopper":"anna","size":"ten"})"), 400, "size");
  expect_problem(client_.post("/v1/scenes/coupon", "{\"shopper\":\"\xFF\"}"), 400, "");
  expect_problem(client_.post("/v1/scenes/coupon", "{"), 400, "");
  expect_problem(client_.post("/v1/scenes/coupon", R"({"shopper":"anna"})", "text/xml"), 415, "application/json");
  expect_problem(client_.post("/v1/scenes/coupon", std::string(600'000, ' ')), 413, "600000");
}

TEST_F(ServerTest, tells_the_live_models) {
  const auto answer = client_.get("/v1/models");
  expect_schema(answer, "Models");
  EXPECT_EQ(parsed(answer).at("models").at(0).at("version"), "7");
  EXPECT_EQ(parsed(answer).at("models").at(0).at("arithmetic"), "float");
  EXPECT_EQ(parsed(answer).at("models").at(0).at("targets").at(0).at("target"), "purchase_1h");
}

TEST_F(ServerTest, tells_the_live_models_that_order_candidates_too) {
  const auto ranker = scene::fixed_ranker("add_on", "v3", {});
  ASSERT_TRUE(ranker.ok());
  RunningServer ranking(test_options(), {}, {}, {}, test_scenes(), {*ranker});
  HttpClient client = ranking.client();
  const auto answer = client.get("/v1/models");
  expect_schema(answer, "Models");
  EXPECT_EQ(parsed(answer).at("models"),
            boost::json::parse(R"([{"model": "add_on", "version": "v3", "arithmetic": "float", "targets": [],
                                    "orders": "candidates"}])"));
}

TEST_F(ServerTest, tells_health_and_holds_the_api_back_until_ready) {
  EXPECT_EQ(client_.get("/health/live").status, 200U);
  EXPECT_EQ(client_.get("/health/ready").status, 200U);
  running_.server().set_not_ready("packages are being loaded");
  EXPECT_EQ(client_.get("/health/live").status, 200U);
  expect_problem(client_.get("/health/ready"), 503, "packages are being loaded");
  expect_problem(client_.post("/v1/scenes/coupon", R"({"shopper":"anna"})"), 503, "packages are being loaded");
  running_.server().set_ready();
  EXPECT_EQ(client_.get("/health/ready").status, 200U);
}

TEST_F(ServerTest, counts_in_prometheus_form) {
  client_.post("/v1/events", views("anna", 0, 3), kJsonLinesType);
  client_.post("/v1/events", views("anna", 2, 3), kJsonLinesType);
  client_.post("/v1/events", "nonsense");
  client_.get("/nowhere");
  scene_prob("anna");
  scene_prob("anna");
  const auto answer = client_.get("/metrics");
  EXPECT_EQ(answer.fields.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line :
       {"inkling_events_total{result=\"accepted\"} 3", "inkling_events_total{result=\"duplicate\"} 1",
        "inkling_events_total{result=\"refused\"} 1",
        R"(inkling_http_requests_total{method="POST",route="/v1/events",status="200"} 2)",
        R"(inkling_http_requests_total{method="POST",route="/v1/events",status="400"} 1)",
        R"(inkling_http_requests_total{method="",route="unmatched",status="404"} 1)",
        R"(inkling_http_request_seconds_count{method="POST",route="/v1/events",status="200"} 2)",
        R"(inkling_scene_answers_total{outcome="ok",scene="coupon"} 2)",
        R"(inkling_live_shopper_reads_total{result="hit"} 1)",
        R"(inkling_live_shopper_reads_total{result="refresh"} 1)", "inkling_live_shoppers 1",
        "inkling_journal_sequence 3", "inkling_http_connections 1", "inkling_build_info{"}) {
    EXPECT_THAT(answer.body, HasSubstr(line));
  }
}

TEST_F(ServerTest, describes_itself) {
  const auto answer = client_.get("/openapi.json");
  expect_schema(answer, "OpenApi");
  EXPECT_TRUE(parsed(answer).at("paths").as_object().contains("/v1/scenes/{scene}"));
}

TEST_F(ServerTest, refuses_unknown_routes_methods_and_types) {
  expect_problem(client_.get("/v1/event"), 404, "/v1/events");
  const auto wrong_method = client_.get("/v1/events");
  expect_problem(wrong_method, 405, "POST");
  EXPECT_EQ(wrong_method.fields.at("allow"), "POST");
  expect_problem(client_.post("/v1/events", "a=1", "application/x-www-form-urlencoded"), 415, "application/x-ndjson");
  EXPECT_EQ(client_.post("/v1/events", view_json("anna", 0), "Application/JSON; charset=utf-8").status, 200U);
}

TEST_F(ServerTest, head_answers_without_a_body) {
  const auto answer = client_.send("HEAD", "/health/live", "", "");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.fields.at("content-length"), "17");
  EXPECT_EQ(client_.get("/health/live").body.size(), 17U) << "the connection goes on";
}

}  // namespace
}  // namespace inkling::server
