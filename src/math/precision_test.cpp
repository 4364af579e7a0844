#include "math/precision.h"

#include <gtest/gtest.h>

namespace inkling::math {
namespace {

TEST(PrecisionTest, float_has_no_reduced_paths_on_either_table) {
  EXPECT_FALSE(reduced_paths(Precision::kFloat, simd_kernels()).has_value());
  EXPECT_FALSE(reduced_paths(Precision::kFloat, scalar_kernels()).has_value());
}

TEST(PrecisionTest, the_scalar_table_has_the_plain_forms_on_every_machine) {
  const auto paths = reduced_paths(Precision::kReduced, scalar_kernels());
  ASSERT_TRUE(paths.has_value());
  EXPECT_EQ(paths->product, ProductPath::kScalar);
  EXPECT_EQ(paths->matrix, MatrixPath::kScalarBf16);
}

TEST(PrecisionTest, the_simd_table_has_the_fastest_paths_or_stays_float) {
  const auto paths = reduced_paths(Precision::kReduced, simd_kernels());
  ASSERT_EQ(paths.has_value(), best_product_path().has_value());
  if (!paths) GTEST_SKIP() << "this machine multiplies nothing faster than floats";
  EXPECT_EQ(paths->product, *best_product_path());
  EXPECT_EQ(paths->matrix, best_matrix_path());
}

TEST(PrecisionTest, names_are_those_of_the_configuration_and_of_the_paths) {
  EXPECT_EQ(precision_named("float"), Precision::kFloat);
  EXPECT_EQ(precision_named("reduced"), Precision::kReduced);
  EXPECT_EQ(arithmetic_name(std::nullopt, true), "float");
  const ReducedPaths paths{ProductPath::kAmxBf16, MatrixPath::kAvx512Fp16};
  EXPECT_EQ(arithmetic_name(paths, true), "amx-bf16 products, avx512-fp16 recurrence");
  EXPECT_EQ(arithmetic_name(paths, false), "amx-bf16 products, float recurrence");
}

}  // namespace
}  // namespace inkling::math
