#include "wire/money_text.h"

#include <gtest/gtest.h>

namespace inkling::wire {
namespace {

std::int64_t minor(std::string_view text, std::string_view currency = "EUR") {
  const auto amount = minor_units(text, currency);
  EXPECT_TRUE(amount.ok()) << amount.status().message();
  return amount.ok() ? *amount : -1;
}

std::string mistake(std::string_view text, std::string_view currency = "EUR") {
  return minor_units(text, currency).status().message();
}

TEST(MoneyText, is_exact_where_floating_point_is_not) {
  EXPECT_EQ(minor("0.29"), 29);  // 0.29 * 100 = 28.999999999999996
  EXPECT_EQ(minor("1.15"), 115);
  EXPECT_EQ(minor("90071992547409.93"), 9007199254740993);
  EXPECT_EQ(minor("92233720368547758.07"), 9223372036854775807);
}

TEST(MoneyText, reads_any_number_of_decimals_that_loses_nothing) {
  EXPECT_EQ(minor("12"), 1200);
  EXPECT_EQ(minor("12."), 1200);
  EXPECT_EQ(minor("12.5"), 1250);
  EXPECT_EQ(minor("012.50000"), 1250);
  EXPECT_EQ(minor("0"), 0);
  EXPECT_EQ(minor("12", ""), 1200);
  EXPECT_EQ(minor("1250", "JPY"), 1250);
  EXPECT_EQ(minor("1250.00", "KRW"), 1250);
}

TEST(MoneyText, refuses_what_it_would_have_to_round_or_guess) {
  EXPECT_EQ(mistake("12.505"), "\"12.505\" has more than the 2 decimals of EUR");
  EXPECT_EQ(mistake("12.5", "JPY"), "\"12.5\" has more than the 0 decimals of JPY");
  EXPECT_EQ(mistake("-1"), "\"-1\" is negative; a price is 0 or more");
  for (const std::string_view text : {"", ".", ".5", "1,250.00", "1e3", "12.50 EUR", " 1", "+1", "nan", "1.2.3"}) {
    EXPECT_EQ(mistake(text), "\"" + std::string(text) + "\" is not an amount; expected digits such as 12.50");
  }
  EXPECT_EQ(mistake("92233720368547758.08"), "\"92233720368547758.08\" is too large an amount");
  EXPECT_EQ(mistake("9223372036854775807"), "\"9223372036854775807\" is too large an amount");
}

}  // namespace
}  // namespace inkling::wire
