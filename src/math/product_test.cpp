#include "math/product.h"

#include <array>
#include <cstring>

#include "math/instruction_set_test.h"
#include "math/kernels.h"

namespace inkling::math {
namespace {

using ProductTest = InstructionSetTest;

const std::vector<std::size_t> kRowCounts = {0, 1, 2, 3, 4, 5, 6, 11, 50};
const std::vector<std::size_t> kColumnCounts = {1, 3, 4, 5, 8, 16, 17, 33, 64, 65, 100, 112, 150};
const std::vector<std::size_t> kDepths = {0, 1, 7, 16, 130};

TEST(ProductReferenceTest, matches_a_hand_computed_example) {
  const std::array<float, 6> a{1, 2, 3, 4, 5, 6};   // [2 x 3]
  const std::array<float, 6> b{1, 0, -1, 2, 1, 0};  // [3 x 2]
  std::array<float, 4> c{};
  reference::product(a, b, c, {.m = 2, .n = 2, .k = 3});
  EXPECT_EQ(c, (std::array<float, 4>{2, 4, 5, 10}));
  const auto packed = PackedMatrix::from_rows(b, 2);
  reference::packed_product(a, packed, std::array{10.0f, 20.0f}, c, Output::kReplace);
  EXPECT_EQ(c, (std::array<float, 4>{12, 24, 15, 30}));
  reference::packed_product(a, packed, {}, c, Output::kAdd);
  EXPECT_EQ(c, (std::array<float, 4>{14, 28, 20, 40}));
  reference::packed_product(a, packed, {}, c, Output::kReplace);
  EXPECT_EQ(c, (std::array<float, 4>{2, 4, 5, 10}));
}

TEST(ProductReferenceTest, strides_step_over_what_lies_between_rows) {
  const std::array<float, 5> a{1, 2, 99, 3, 4};       // [2 x 2], every 3
  const std::array<float, 6> b{1, 0, 99, 99, 0, -1};  // [2 x 2], every 4
  std::array<float, 7> c{7, 7, 7, 7, 7, 7, 7};        // [2 x 2], every 5
  reference::product(a, b, c, {.m = 2, .n = 2, .k = 2, .a_stride = 3, .b_stride = 4, .c_stride = 5});
  EXPECT_EQ(c, (std::array<float, 7>{1, -2, 7, 7, 7, 3, -4}));
}

TEST(ProductReferenceTest, a_transposed_factor_is_read_by_columns_and_added) {
  const std::array<float, 6> a{1, 4, 2, 5, 3, 6};   // [3 x 2], the transpose of [1 2 3; 4 5 6]
  const std::array<float, 6> b{1, 0, -1, 2, 1, 0};  // [3 x 2]
  std::array<float, 4> c{10, 20, 30, 40};
  reference::add_transposed_product(a, b, c, {.m = 2, .n = 2, .k = 3});
  EXPECT_EQ(c, (std::array<float, 4>{12, 24, 35, 50}));
}

// Rounding is judged against the sum of the terms' magnitudes; a product of two factors from -1..1 has 1/4 on
// average. A single term lost or doubled is some thousand times larger.
double rounding_of(std::size_t terms) {
  return 1e-6 * (1.0 + 0.25 * static_cast<double>(terms));
}

std::size_t extent(std::size_t rows, std::size_t columns, std::size_t stride) {
  return rows == 0 ? 0 : (rows - 1) * stride + columns;
}

void expect_close(GuardedFloats& found, GuardedFloats& expected, ProductShape shape) {
  for (std::size_t i = 0; i < found.span().size(); ++i) {
    ASSERT_NEAR(found.span()[i], expected.span()[i], rounding_of(shape.k))
        << "entry " << i << " of " << shape.m << " x " << shape.n << " x " << shape.k;
  }
  ASSERT_TRUE(found.guards_intact()) << shape.m << " x " << shape.n << " x " << shape.k;
}

void expect_equal_products(ProductShape shape, std::size_t gap) {
  base::Random random(8);
  shape.a_stride = gap == 0 ? 0 : shape.k + gap;
  shape.b_stride = gap == 0 ? 0 : shape.n + 2 * gap;
  shape.c_stride = gap == 0 ? 0 : shape.n + 3 * gap;
  GuardedFloats a(extent(shape.m, shape.k, shape.k + gap), gap, random, -1.0, 1.0);
  GuardedFloats b(extent(shape.k, shape.n, shape.n + 2 * gap), gap + 1, random, -1.0, 1.0);
  GuardedFloats c(extent(shape.m, shape.n, shape.n + 3 * gap), gap, random, -1.0, 1.0);
  GuardedFloats expected = c;
  product(a.span(), b.span(), c.span(), shape);
  reference::product(a.span(), b.span(), expected.span(), shape);
  expect_close(c, expected, shape);
}

TEST_P(ProductTest, equals_the_reference_in_every_shape_with_and_without_strides) {
  for (const std::size_t m : kRowCounts) {
    for (const std::size_t n : kColumnCounts) {
      for (const std::size_t k : kDepths) {
        expect_equal_products({.m = m, .n = n, .k = k}, 0);
        expect_equal_products({.m = m, .n = n, .k = k}, 3);
      }
    }
  }
}

TEST_P(ProductTest, with_packed_weights_equals_the_reference_in_every_shape) {
  base::Random random(9);
  for (const std::size_t m : kRowCounts) {
    for (const std::size_t n : kColumnCounts) {
      for (const std::size_t k : {1u, 7u, 130u}) {
        GuardedFloats a(m * k, 1, random, -1.0, 1.0), b(n * k, 0, random, -1.0, 1.0);
        GuardedFloats bias(n, 3, random, -1.0, 1.0), c(m * n, 1, random, -1.0, 1.0), expected = c;
        const auto packed = PackedMatrix::from_columns(b.span(), n);
        const ProductShape shape{.m = m, .n = n, .k = k};
        packed_product(a.span(), packed, {}, c.span(), Output::kAdd);
        reference::packed_product(a.span(), packed, {}, expected.span(), Output::kAdd);
        expect_close(c, expected, shape);
        packed_product(a.span(), packed, {}, c.span(), Output::kReplace);
        reference::packed_product(a.span(), packed, {}, expected.span(), Output::kReplace);
        expect_close(c, expected, shape);
        packed_product(a.span(), packed, bias.span(), c.span(), Output::kReplace);
        reference::packed_product(a.span(), packed, bias.span(), expected.span(), Output::kReplace);
        expect_close(c, expected, shape);
      }
    }
  }
}

void expect_equal_sums(ProductShape shape, std::size_t gap) {
  base::Random random(10);
  shape.b_stride = gap == 0 ? 0 : shape.n + 2 * gap;
  shape.c_stride = gap == 0 ? 0 : shape.n + 3 * gap;
  GuardedFloats b(extent(shape.k, shape.n, shape.n + 2 * gap), gap + 1, random, -1.0, 1.0);
  GuardedFloats c(extent(shape.m, shape.n, shape.n + 3 * gap), gap, random, -1.0, 1.0), expected = c;
  GuardedFloats rows(extent(shape.m, shape.k, shape.k + gap), gap, random, -1.0, 1.0);
  shape.a_stride = gap == 0 ? 0 : shape.k + gap;
  add_product(rows.span(), b.span(), c.span(), shape);
  reference::add_product(rows.span(), b.span(), expected.span(), shape);
  expect_close(c, expected, shape);
  GuardedFloats columns(extent(shape.k, shape.m, shape.m + gap), gap, random, -1.0, 1.0);
  shape.a_stride = gap == 0 ? 0 : shape.m + gap;
  add_transposed_product(columns.span(), b.span(), c.span(), shape);
  reference::add_transposed_product(columns.span(), b.span(), expected.span(), shape);
  expect_close(c, expected, shape);
}

TEST_P(ProductTest, sums_of_plain_and_transposed_products_equal_the_reference) {
  for (const std::size_t m : kRowCounts) {
    for (const std::size_t n : kColumnCounts) {
      for (const std::size_t k : kDepths) {
        expect_equal_sums({.m = m, .n = n, .k = k}, 0);
        expect_equal_sums({.m = m, .n = n, .k = k}, 3);
      }
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
