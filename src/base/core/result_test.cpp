#include "base/core/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>
#include <vector>

namespace inkling::base {
namespace {

Result<std::unique_ptr<int>> half(int value) {
  if (value % 2 != 0) return invalid_input(std::to_string(value) + " is odd");
  return std::make_unique<int>(value / 2);
}

Result<int> quarter(int value) {
  INKLING_ASSIGN(const std::unique_ptr<int> first, half(value));
  INKLING_ASSIGN(const std::unique_ptr<int> second, half(*first));
  return *second;
}

Status check_quarter(int value) {
  INKLING_TRY(quarter(value).ok() ? Status() : conflict("no quarter"));
  return {};
}

TEST(Result, carries_a_value_or_the_first_error) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(7).status().message(), "7 is odd");
  EXPECT_EQ(quarter(6).status().message(), "3 is odd");
  EXPECT_EQ(quarter(6).status().code(), ErrorCode::kInvalidInput);
}

TEST(Result, that_is_temporary_gives_its_value_away_whole) {
  static_assert(std::is_same_v<decltype(*half(2)), std::unique_ptr<int>>);
  static_assert(std::is_same_v<decltype(half(2).value()), std::unique_ptr<int>>);
  std::weak_ptr<int> watched;
  const auto numbers = [&watched]() -> Result<std::vector<std::shared_ptr<int>>> {
    const auto number = std::make_shared<int>(7);
    watched = number;
    return std::vector<std::shared_ptr<int>>{number};
  };
  int visited = 0;
  for (const auto& number : *numbers()) {
    ASSERT_FALSE(watched.expired());  // the loop keeps the vector alive
    visited += *number;
  }
  EXPECT_EQ(visited, 7);
}

TEST(Status, try_leaves_the_function_with_the_error) {
  EXPECT_TRUE(check_quarter(12).ok());
  EXPECT_EQ(check_quarter(6).code(), ErrorCode::kConflict);
}

TEST(Status, within_puts_the_place_in_front_of_errors_only) {
  EXPECT_EQ(io_error("disk full").within("a.csv:3").message(), "a.csv:3: disk full");
  EXPECT_EQ(io_error("disk full").within("a.csv:3").code(), ErrorCode::kIo);
  EXPECT_TRUE(Status().within("a.csv:3").ok());
}

}  // namespace
}  // namespace inkling::base
