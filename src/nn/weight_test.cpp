#include "nn/weight.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace inkling::nn {
namespace {

TEST(WeightTest, accepts_the_expected_shape) {
  const std::array<float, 6> values{};
  EXPECT_TRUE(check_shape({"w", values, 2, 3}, 2, 3).ok());
  EXPECT_TRUE(check_filled({"b", values, 6}).ok());
}

TEST(WeightTest, names_the_tensor_and_both_shapes_when_they_differ) {
  const std::array<float, 6> values{};
  const base::Status status = check_shape({"mlp.0.weight", values, 2, 3}, 3, 2);
  EXPECT_EQ(status.code(), base::ErrorCode::kInvalidInput);
  EXPECT_EQ(status.message(), "tensor \"mlp.0.weight\" has shape [2 x 3], expected [3 x 2]");
}

TEST(WeightTest, rejects_values_that_do_not_fill_the_shape) {
  const std::array<float, 5> values{};
  EXPECT_EQ(check_shape({"q", values, 2, 3}, 2, 3).message(),
            "tensor \"q\" holds 5 numbers, which do not fill its shape [2 x 3]");
  EXPECT_FALSE(check_filled({"q", values, 2, 2}).ok());
}

TEST(WeightTest, rejects_an_empty_shape) {
  EXPECT_EQ(check_filled({"q", {}, 0, 3}).message(),
            "tensor \"q\" has the empty shape [0 x 3], but needs at least one row and one column");
  EXPECT_FALSE(check_shape({"q", {}, 3, 0}, 3, 0).ok());
}

TEST(WeightTest, rejects_a_shape_whose_size_overflows) {
  constexpr std::size_t kHalf = std::numeric_limits<std::size_t>::max() / 2 + 1;
  EXPECT_FALSE(check_filled({"q", {}, kHalf, 2}).ok());
}

}  // namespace
}  // namespace inkling::nn
