#include "server/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Query, decodes_what_forms_and_browsers_send) {
  EXPECT_THAT(query_values("/v1/items?ids=a%2Cb,c&x=1&ids=d+e", "ids"), ElementsAre("a,b,c", "d e"));
  EXPECT_EQ(query_value("/a?name=%E7%BE%BD", "name"), "羽");
}

TEST(Query, what_is_not_said_has_no_value) {
  EXPECT_THAT(query_values("/v1/items", "ids"), IsEmpty());
  EXPECT_THAT(query_values("/v1/items?ids", "ids"), IsEmpty());
  EXPECT_EQ(query_value("/a?b=1", "a"), std::nullopt);
  EXPECT_EQ(query_value("/a?a=", "a"), "");
}

TEST(Query, a_target_that_is_none_has_no_query) {
  EXPECT_THAT(query_values("nonsense %zz?ids=a", "ids"), IsEmpty());
}

}  // namespace
}  // namespace inkling::server
