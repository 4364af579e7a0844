#include "server/route_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/routes.h"

namespace inkling::server {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

RouteMatch match(std::string_view method, std::string_view target) {
  static const RouteTable kTable(all_routes());
  RouteMatch found = kTable.match(method, target);
  return found;
}

TEST(RouteTable, decodes_placeholders) {
  const RouteMatch found = match("GET", "/v1/shoppers/an%20na%2F%E7%BE%BD?x=1");
  ASSERT_NE(found.route, nullptr);
  EXPECT_EQ(found.route->operation, "tellShopper");
  EXPECT_THAT(found.params, ElementsAre("an na/羽"));
}

TEST(RouteTable, get_routes_answer_head) {
  EXPECT_NE(match("HEAD", "/health/live").route, nullptr);
}

TEST(RouteTable, other_methods_are_refused_with_those_allowed) {
  const RouteMatch found = match("DELETE", "/v1/shoppers/anna");
  EXPECT_EQ(found.route, nullptr);
  EXPECT_EQ(found.refusal.status, 405U);
  EXPECT_EQ(found.refusal.allow, "GET, HEAD");
}

TEST(RouteTable, unknown_paths_name_the_nearest_route) {
  EXPECT_EQ(match("GET", "/v1/shopper/anna").refusal.status, 404U);
  EXPECT_THAT(match("GET", "/v1/shopper/anna").refusal.body, HasSubstr("/v1/shoppers/{id}"));
  EXPECT_THAT(match("POST", "/v1/event").refusal.body, HasSubstr("/v1/events"));
  EXPECT_THAT(match("GET", "/metrix").refusal.body, HasSubstr("/metrics"));
}

TEST(RouteTable, a_placeholder_needs_a_segment_that_is_not_empty) {
  EXPECT_EQ(match("GET", "/v1/shoppers/").refusal.status, 404U);
  EXPECT_EQ(match("GET", "/v1/shoppers").refusal.status, 404U);
}

TEST(RouteTable, refuses_targets_that_are_no_paths_or_no_text) {
  EXPECT_EQ(match("GET", "/v1/shoppers/%zz").refusal.status, 400U);
  EXPECT_EQ(match("GET", "health/live").refusal.status, 400U);
  EXPECT_EQ(match("GET", "/v1/shoppers/%FF").refusal.status, 400U);
  EXPECT_THAT(match("GET", "/v1/shoppers/%FF").refusal.body, HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace inkling::server
