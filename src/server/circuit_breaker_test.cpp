#include "server/circuit_breaker.h"

#include <gtest/gtest.h>

namespace inkling::server {
namespace {

TEST(CircuitBreaker, opens_after_so_many_failures_in_a_row) {
  CircuitBreaker breaker(3, 1000);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(breaker.admits(0));
    breaker.failed(0);
  }
  ASSERT_TRUE(breaker.admits(0));
  breaker.succeeded();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(breaker.admits(0));
    breaker.failed(0);
  }
  EXPECT_TRUE(breaker.is_open());
  EXPECT_FALSE(breaker.admits(999));
  EXPECT_EQ(breaker.opened(), 1U);
}

TEST(CircuitBreaker, lets_one_try_after_the_rest_and_closes_when_it_succeeds) {
  CircuitBreaker breaker(1, 1000);
  ASSERT_TRUE(breaker.admits(0));
  breaker.failed(0);
  EXPECT_TRUE(breaker.admits(1000));
  EXPECT_FALSE(breaker.admits(1000)) << "one is trying";
  breaker.succeeded();
  EXPECT_FALSE(breaker.is_open());
  EXPECT_TRUE(breaker.admits(1000));
  EXPECT_TRUE(breaker.admits(1000));
}

TEST(CircuitBreaker, rests_again_when_the_try_fails) {
  CircuitBreaker breaker(1, 1000);
  ASSERT_TRUE(breaker.admits(0));
  breaker.failed(0);
  ASSERT_TRUE(breaker.admits(1000));
  breaker.failed(1500);
  EXPECT_FALSE(breaker.admits(2499));
  EXPECT_TRUE(breaker.admits(2500));
  EXPECT_EQ(breaker.opened(), 1U);
}

TEST(CircuitBreaker, does_not_rest_longer_for_calls_that_were_under_way_when_it_opened) {
  CircuitBreaker breaker(1, 1000);
  ASSERT_TRUE(breaker.admits(0));
  ASSERT_TRUE(breaker.admits(0));
  breaker.failed(0);
  breaker.failed(900);
  EXPECT_TRUE(breaker.admits(1000));
}

}  // namespace
}  // namespace inkling::server
