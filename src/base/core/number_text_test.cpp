#include "base/core/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace inkling::base {
namespace {

TEST(NumberText, is_the_shortest_that_reads_back) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(3), "3");
  EXPECT_EQ(number_text(1e30), "1e+30");
  for (const double value : {1.0 / 3, -5e-324, 1.7976931348623157e308})
    EXPECT_EQ(number_of(number_text(value)), value);
}

TEST(NumberText, reads_whole_texts_only) {
  EXPECT_EQ(number_of("-2.5e3"), -2500.0);
  for (const char* text : {"", "1x", " 1", "0.5.", "1e999"}) EXPECT_EQ(number_of(text), std::nullopt) << text;
}

TEST(NumberText, tidies_floats_and_keeps_what_is_no_number) {
  EXPECT_EQ(tidy_double(0.31F), 0.31);
  EXPECT_EQ(tidy_double(-1.5F), -1.5);
  EXPECT_TRUE(std::isnan(tidy_double(std::numeric_limits<float>::quiet_NaN())));
}

}  // namespace
}  // namespace inkling::base
