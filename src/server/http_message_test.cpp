#include "server/http_message.h"

#include <gtest/gtest.h>

namespace inkling::server {
namespace {

TEST(HttpMessage, an_entity_tag_is_found_in_the_list_that_a_client_sends) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
  EXPECT_FALSE(names_etag("\"ab\", a", "\"a\""));
  EXPECT_FALSE(names_etag(",,", "\"a\""));
}

TEST(HttpMessage, gzip_is_taken_unless_its_weight_is_nothing) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("br, gzip;q=0.5"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("br"));
  EXPECT_FALSE(accepts_gzip("x-gzip"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip; q=0.000, br"));
}

}  // namespace
}  // namespace inkling::server
