#include "report/markup.h"

#include <gtest/gtest.h>

#include <limits>

namespace inkling::report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Markup, escapes_what_would_end_an_element_or_an_attribute) {
  EXPECT_EQ(escaped("<b onclick=\"x\">&</b>"), "&lt;b onclick=&quot;x&quot;&gt;&amp;&lt;/b&gt;");
  EXPECT_EQ(escaped("a\nb"), "a b");
  EXPECT_EQ(escaped("größer 购买"), "größer 购买");
}

TEST(Markup, numbers_that_are_none_become_a_dash) {
  EXPECT_EQ(fixed(std::numeric_limits<double>::quiet_NaN(), 3), "–");
  EXPECT_EQ(fixed(kInfinite, 3), "–");
  EXPECT_EQ(signed_fixed(-kInfinite, 3), "–");
}

TEST(Markup, signs_are_told_apart_from_zero) {
  EXPECT_EQ(fixed(-0.25, 2), "−0.25");
  EXPECT_EQ(fixed(-0.0001, 2), "0.00");
  EXPECT_EQ(signed_fixed(0.5, 1), "+0.5");
  EXPECT_EQ(signed_fixed(-0.0001, 2), "+0.00");
}

TEST(Markup, intervals_need_both_ends) {
  EXPECT_EQ(with_interval(0.8, 0.75, 0.85, 2), "0.80 [0.75, 0.85]");
  EXPECT_EQ(with_interval(0.8, kInfinite, 0.85, 2), "0.80");
  EXPECT_EQ(signed_with_interval(0.01, -0.02, 0.04, 2), "+0.01 [−0.02, +0.04]");
}

}  // namespace
}  // namespace inkling::report
