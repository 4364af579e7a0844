#include "math/product.h"

#include <array>
#include <cstring>

#include "math/instruction_set_test.h"
#include "math/kernels.h"

namespace inkling::math {
namespace {

using ProductTest = InstructionSetTest;
using Product = Kernels::Product;

const std::vector<std::size_t> kSides = {0, 1, 3, 4, 5, 8, 17, 33, 64};
const std::vector<std::size_t> kDepths = {0, 1, 7, 16, 130, 300};

TEST(ProductReferenceTest, matches_a_hand_computed_example) {
  const std::array<float, 6> a{1, 2, 3, 4, 5, 6};   // [2 x 3]
  const std::array<float, 6> b{1, 0, -1, 2, 1, 0};  // [2 x 3] for A B^T, [3 x 2] for A B
  std::array<float, 4> c{};
  reference::product_nt(a, b, c, {2, 2, 3}, Output::kReplace);
  EXPECT_EQ(c, (std::array<float, 4>{-2, 4, -2, 13}));
  reference::product_nn(a, b, c, {2, 2, 3}, Output::kReplace);
  EXPECT_EQ(c, (std::array<float, 4>{2, 4, 5, 10}));
  reference::product_nn(a, b, c, {2, 2, 3}, Output::kAdd);
  EXPECT_EQ(c, (std::array<float, 4>{4, 8, 10, 20}));
  std::array<float, 2> y{};
  reference::matrix_vector(a, std::array{10.0f, 20.0f}, std::array{1.0f, 0.0f, -1.0f}, y);
  EXPECT_EQ(y, (std::array<float, 2>{8, 18}));
}

// Rounding is judged against the sum of the terms' magnitudes; a product of two factors from -1..1 has 1/4 on
// average. A single term lost or doubled is some thousand times larger.
double rounding_of(std::size_t terms) {
  return 1e-6 * (1.0 + 0.25 * static_cast<double>(terms));
}

void expect_equal_products(Product fast, Product plain, ProductShape shape, Output output, std::size_t offset) {
  base::Random random(8);
  GuardedFloats a(shape.m * shape.k, offset, random, -1.0, 1.0);
  GuardedFloats b(shape.n * shape.k, offset + 1, random, -1.0, 1.0);
  GuardedFloats c(shape.m * shape.n, offset, random, -1.0, 1.0);
  GuardedFloats expected = c;
  fast(a.span(), b.span(), c.span(), shape, output);
  plain(a.span(), b.span(), expected.span(), shape, output);
  const double tolerance = rounding_of(shape.k);
  for (std::size_t i = 0; i < c.span().size(); ++i) {
    ASSERT_NEAR(c.span()[i], expected.span()[i], tolerance)
        << "entry " << i << " of " << shape.m << " x " << shape.n << " x " << shape.k;
  }
  ASSERT_TRUE(c.guards_intact()) << shape.m << " x " << shape.n << " x " << shape.k;
}

void expect_equal_products_everywhere(Product fast, Product plain) {
  for (const std::size_t m : kSides) {
    for (const std::size_t n : kSides) {
      for (const std::size_t k : kDepths) {
        expect_equal_products(fast, plain, {m, n, k}, Output::kReplace, 0);
        expect_equal_products(fast, plain, {m, n, k}, Output::kAdd, 3);
      }
    }
  }
  expect_equal_products(fast, plain, {100, 192, 112}, Output::kReplace, 1);
}

TEST_P(ProductTest, rows_times_rows_equals_the_reference_in_every_shape) {
  expect_equal_products_everywhere(product_nt, reference::product_nt);
}

TEST_P(ProductTest, rows_times_columns_equals_the_reference_in_every_shape) {
  expect_equal_products_everywhere(product_nn, reference::product_nn);
}

TEST_P(ProductTest, matrix_vector_equals_the_reference_at_every_length) {
  base::Random random(9);
  for (const std::size_t inputs : kLengths) {
    for (const std::size_t outputs : kSides) {
      GuardedFloats w(outputs * inputs, 1, random, -1.0, 1.0);
      GuardedFloats x(inputs, 3, random, -1.0, 1.0);
      GuardedFloats bias(outputs, 2, random, -1.0, 1.0);
      GuardedFloats y(outputs, 1), expected(outputs, 0);
      const double tolerance = rounding_of(inputs);
      matrix_vector(w.span(), bias.span(), x.span(), y.span());
      reference::matrix_vector(w.span(), bias.span(), x.span(), expected.span());
      for (std::size_t i = 0; i < outputs; ++i) ASSERT_NEAR(y.span()[i], expected.span()[i], tolerance) << inputs;
      // The output itself as bias adds to it.
      matrix_vector(w.span(), y.span(), x.span(), y.span());
      reference::matrix_vector(w.span(), expected.span(), x.span(), expected.span());
      for (std::size_t i = 0; i < outputs; ++i) ASSERT_NEAR(y.span()[i], expected.span()[i], 2 * tolerance) << inputs;
      matrix_vector(w.span(), {}, x.span(), y.span());
      reference::matrix_vector(w.span(), {}, x.span(), expected.span());
      for (std::size_t i = 0; i < outputs; ++i) ASSERT_NEAR(y.span()[i], expected.span()[i], tolerance) << inputs;
      ASSERT_TRUE(y.guards_intact()) << inputs << " to " << outputs;
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(ProductTest);

TEST(KernelsTest, the_two_tables_have_every_entry_and_share_none) {
  const Kernels& scalar = scalar_kernels();
  const Kernels& simd = simd_kernels();
  EXPECT_STREQ(scalar.name, "scalar");
  EXPECT_STREQ(simd.name, "simd");
  constexpr std::size_t kEntries = sizeof(Kernels) / sizeof(void*);
  std::array<const void*, kEntries> left{}, right{};
  std::memcpy(left.data(), &scalar, sizeof(Kernels));
  std::memcpy(right.data(), &simd, sizeof(Kernels));
  for (std::size_t i = 0; i < kEntries; ++i) {
    EXPECT_NE(left[i], nullptr) << i;
    EXPECT_NE(right[i], nullptr) << i;
    EXPECT_NE(left[i], right[i]) << i;
  }
}

}  // namespace
}  // namespace inkling::math
