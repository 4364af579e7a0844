#include "server/problem.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace inkling::server {
namespace {

boost::json::object body_of(const HttpResponse& response) {
  return boost::json::parse(response.body).as_object();
}

TEST(Problem, has_the_members_of_rfc_9457) {
  const HttpResponse response = problem(base::not_found("scene: no such one"), "/v1/scenes/x?y", 4);
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  const auto body = body_of(response);
  EXPECT_EQ(body.at("type"), "urn:inkling:problem:not-found");
  EXPECT_EQ(body.at("title"), "There is no such thing");
  EXPECT_EQ(body.at("status"), 404);
  EXPECT_EQ(body.at("detail"), "scene: no such one");
  EXPECT_EQ(body.at("instance"), "/v1/scenes/x?y");
  EXPECT_EQ(body.at("line"), 4);
}

TEST(Problem, every_kind_of_failure_has_its_http_status) {
  EXPECT_EQ(problem(base::invalid_input("x"), "/").status, 400U);
  EXPECT_EQ(problem(base::conflict("x"), "/").status, 409U);
  EXPECT_EQ(problem(base::too_large("x"), "/").status, 413U);
  EXPECT_EQ(problem(base::unsupported("x"), "/").status, 422U);
  EXPECT_EQ(problem(base::corrupt("x"), "/").status, 500U);
  EXPECT_EQ(problem(base::io_error("x"), "/").status, 500U);
  EXPECT_EQ(problem(base::internal_error("x"), "/").status, 500U);
  EXPECT_EQ(problem(base::unavailable("x"), "/").status, 503U);
  EXPECT_EQ(problem(base::unavailable("x"), "/").retry_after_s, 1U);
}

TEST(Problem, says_no_line_when_none_is_known) {
  EXPECT_FALSE(body_of(problem(base::invalid_input("x"), "/")).contains("line"));
}

TEST(Problem, is_utf8_whatever_it_quotes) {
  const auto body = body_of(problem(base::invalid_input("a\xFF"
                                                        "b\xE2\x82"),
                                    "/\xC0\xAF"));
  EXPECT_EQ(body.at("detail"),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(body.at("instance"), "/\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace inkling::server
