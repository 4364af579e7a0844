#include "base/system_clock.h"

#include <gtest/gtest.h>

#include <ctime>

namespace inkling::base {
namespace {

TEST(SystemClock, agrees_with_the_time_of_the_machine) {
  const std::int64_t before_s = std::time(nullptr);
  const std::int64_t now_ms = SystemClock().now_ms();
  const std::int64_t after_s = std::time(nullptr);
  // time() may lag the precise clock by one tick.
  EXPECT_GE(now_ms, before_s * kSecondMs);
  EXPECT_LE(now_ms, (after_s + 2) * kSecondMs);
}

}  // namespace
}  // namespace inkling::base
