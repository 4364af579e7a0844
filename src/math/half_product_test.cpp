#include "math/half_product.h"

#include <algorithm>
#include <thread>

#include "math/half_product_cases_test.h"

namespace inkling::math {
namespace {

bool same_bits(std::span<const HalfLine> a, std::span<const HalfLine> b) {
  return std::ranges::equal(a, b, {}, &HalfLine::values, &HalfLine::values);
}

TEST(HalfLayoutTest, rows_are_padded_with_zeros_to_lines_and_tiles) {
  std::vector<HalfLine> storage = poisoned(rows_lines(2, 33));
  ASSERT_EQ(storage.size(), 16U * 2U);
  std::vector<float> a(66, 1.0f);
  a[33] = 2.0f;
  const Bf16Rows rows = to_rows(a, 2, 33, storage);
  EXPECT_EQ(rows.lines[0].values[31], to_bf16(1));
  EXPECT_EQ(rows.lines[1].values[0], to_bf16(1));
  EXPECT_EQ(rows.lines[1].values[1], 0);
  EXPECT_EQ(rows.lines[2].values[0], to_bf16(2));
  for (std::size_t line = 4; line < 32; ++line) {
    for (const std::uint16_t half : rows.lines[line].values) EXPECT_EQ(half, 0);
  }
}

TEST(HalfLayoutTest, a_panel_line_holds_two_neighbouring_terms_of_sixteen_columns) {
  std::vector<HalfLine> storage = poisoned(panels_lines(17, 3));
  ASSERT_EQ(storage.size(), 2U * 16U);
  std::vector<float> b(3 * 17);  // [k x n]
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<float>(i + 1);
  const Bf16Panels panels = to_panels_nn(b, 17, 3, storage);
  EXPECT_EQ(panels.lines[0].values[0], to_bf16(1));         // B[0][0]
  EXPECT_EQ(panels.lines[0].values[1], to_bf16(18));        // B[1][0]
  EXPECT_EQ(panels.lines[0].values[31], to_bf16(17 + 16));  // B[1][15]
  EXPECT_EQ(panels.lines[1].values[0], to_bf16(35));        // B[2][0]
  EXPECT_EQ(panels.lines[1].values[1], 0);                  // there is no B[3]
  EXPECT_EQ(panels.lines[16].values[0], to_bf16(17));       // B[0][16] opens the second panel
  EXPECT_EQ(panels.lines[16].values[2], 0);
}

TEST(HalfLayoutTest, fast_layouts_equal_the_plain_ones_bit_for_bit) {
  if (!half_features().avx512_bf16) GTEST_SKIP() << "this processor has no AVX512-BF16; there is only the plain form";
  for (const ProductShape shape : kProductShapes) {
    const std::size_t m = shape.m, n = shape.n, k = shape.k;
    ProductCase known(shape);
    if (!known.a.empty()) known.a.back() = 0x1p-130f;  // becomes zero
    if (!known.b_nn.empty()) known.b_nn[0] = known.b_nt[0] = std::numeric_limits<float>::quiet_NaN();
    std::vector<HalfLine> fast = poisoned(rows_lines(m, k)), plain = fast;
    const auto fast_rows = to_rows(known.a, m, k, fast);
    EXPECT_TRUE(same_bits(fast_rows.lines, reference::to_rows(known.a, m, k, plain).lines)) << m << " x " << k;
    fast = plain = poisoned(panels_lines(n, k));
    const auto fast_nn = to_panels_nn(known.b_nn, n, k, fast);
    EXPECT_TRUE(same_bits(fast_nn.lines, reference::to_panels_nn(known.b_nn, n, k, plain).lines)) << n << " x " << k;
    fast = plain = poisoned(panels_lines(n, k));
    const auto fast_nt = to_panels_nt(known.b_nt, n, k, fast);
    EXPECT_TRUE(same_bits(fast_nt.lines, reference::to_panels_nt(known.b_nt, n, k, plain).lines)) << n << " x " << k;
  }
}

// Rows of a wider matrix: 0x1p100 stands in the gaps, and right behind the last entry there is nothing to read.
std::vector<float> with_gaps(std::span<const float> values, std::size_t rows, std::size_t columns,
                             std::size_t stride) {
  std::vector<float> spread(rows == 0 ? 0 : (rows - 1) * stride + columns, 0x1p100f);
  for (std::size_t i = 0; i < rows * columns; ++i) spread[i / columns * stride + i % columns] = values[i];
  return spread;
}

TEST(HalfLayoutTest, rows_may_have_gaps_which_no_form_reads) {
  for (const ProductShape shape : kProductShapes) {
    const std::size_t m = shape.m, k = shape.k, stride = k + 3;
    const ProductCase known(shape);
    const std::vector<float> spread = with_gaps(known.a, m, k, stride);
    std::vector<HalfLine> expected = poisoned(rows_lines(m, k)), plain = expected, fast = expected;
    const auto without = reference::to_rows(known.a, m, k, expected);
    EXPECT_TRUE(same_bits(without.lines, reference::to_rows(spread, m, k, plain, stride).lines)) << m << " x " << k;
    EXPECT_TRUE(same_bits(without.lines, to_rows(spread, m, k, fast, stride).lines)) << m << " x " << k;
  }
}

TEST(HalfLayoutTest, transposed_rows_are_the_rows_of_the_transposed_matrix) {
  for (const ProductShape shape : kProductShapes) {
    const std::size_t n = shape.n, k = shape.k, stride = n + 5;
    const ProductCase known(shape);  // b_nt is the transpose of b_nn [k x n]
    const std::vector<float> spread = with_gaps(known.b_nn, k, n, stride);
    std::vector<HalfLine> expected = poisoned(rows_lines(n, k)), plain = expected, fast = expected, gaps = expected;
    const auto rows = reference::to_rows(known.b_nt, n, k, expected);
    EXPECT_TRUE(same_bits(rows.lines, reference::to_rows_transposed(known.b_nn, n, k, plain).lines)) << n << "," << k;
    EXPECT_TRUE(same_bits(rows.lines, to_rows_transposed(known.b_nn, n, k, fast).lines)) << n << "," << k;
    EXPECT_TRUE(same_bits(rows.lines, to_rows_transposed(spread, n, k, gaps, stride).lines)) << n << "," << k;
  }
}

TEST(HalfLayoutTest, right_factors_by_rows_and_by_columns_are_the_same_panels) {
  for (const ProductShape shape : kProductShapes) {
    const ProductCase known(shape);
    std::vector<HalfLine> nn = poisoned(panels_lines(shape.n, shape.k)), nt = nn;
    EXPECT_TRUE(same_bits(to_panels_nn(known.b_nn, shape.n, shape.k, nn).lines,
                          to_panels_nt(known.b_nt, shape.n, shape.k, nt).lines));
  }
}

class HalfProductTest : public testing::TestWithParam<ProductPath> {
 protected:
  void SetUp() override {
    if (!is_available(GetParam())) GTEST_SKIP() << "this machine has no " << path_name(GetParam());
  }
  static auto on_path() {
    return [](const Bf16Rows& a, const Bf16Panels& b, std::span<const float> bias, std::span<float> c,
              Output output) { half_product(GetParam(), a, b, bias, c, output); };
  }
};

TEST_P(HalfProductTest, equals_the_sum_of_products_in_every_shape) {
  for (const ProductShape shape : kProductShapes) expect_products(shape, on_path());
}

TEST_P(HalfProductTest, reads_no_line_beyond_the_rows_and_panels) {
  for (const ProductShape shape : kProductShapes) expect_no_overreach(shape, on_path());
}

// Each factor is off by at most 2^-8 of itself, so a term by 2^-7 + 2^-16 of its magnitude: the bound of every entry.
// The signs of the errors are as good as random, so that 64 to 150 terms together err far less: measured 1.3e-3 at
// most and 3.5e-4, 2.6e-4 and 2.3e-4 as root of the mean square. That is a mean over thousands of entries, so its
// bound lies close.
TEST_P(HalfProductTest, stays_near_the_float_product) {
  for (const ProductShape shape : {ProductShape{100, 192, 112}, {100, 100, 64}, {50, 64, 150}}) {
    const ProductCase known(shape);
    std::vector<HalfLine> row_storage(rows_lines(shape.m, shape.k)), panel_storage(panels_lines(shape.n, shape.k));
    std::vector<float> c(shape.m * shape.n);
    half_product(GetParam(), to_rows(known.a, shape.m, shape.k, row_storage),
                 to_panels_nt(known.b_nt, shape.n, shape.k, panel_storage), {}, c, Output::kReplace);
    double squares = 0;
    for (std::size_t i = 0; i < shape.m; ++i) {
      for (std::size_t j = 0; j < shape.n; ++j) {
        const ProductCase::Sum exact = known.entry(i, j, false);
        const double error = (c[i * shape.n + j] - exact.value) / exact.magnitude;
        ASSERT_LT(std::abs(error), 0x1p-7 + 0x1p-16);
        squares += error * error;
      }
    }
    const double rms = std::sqrt(squares / static_cast<double>(c.size()));
    EXPECT_LT(rms, 4e-4);
    EXPECT_GT(rms, 1e-5);  // or nothing was rounded
  }
}

TEST_P(HalfProductTest, threads_do_not_disturb_each_other_and_scopes_nest) {
  const auto work = [path = GetParam()] {
    const ProductScope outer(path);
    for (int i = 0; i < 20; ++i) {
      const ProductScope inner(path);
      expect_products({33, 33, 65}, [path](const auto& a, const auto& b, auto bias, auto c, Output output) {
        half_product(path, a, b, bias, c, output);
      });
    }
    expect_products({16, 16, 32}, [path](const auto& a, const auto& b, auto bias, auto c, Output output) {
      half_product(path, a, b, bias, c, output);
    });
  };
  std::thread other(work);
  work();
  other.join();
}

INSTANTIATE_TEST_SUITE_P(On, HalfProductTest,
                         testing::Values(ProductPath::kScalar, ProductPath::kAvx512Bf16, ProductPath::kAmxBf16),
                         [](const testing::TestParamInfo<ProductPath>& on) {
                           std::string name = path_name(on.param);
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace inkling::math
