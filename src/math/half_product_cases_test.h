// For tests of bf16 products: shapes around every edge of tiles and blocks, and what any path must do with them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "base/core/random.h"
#include "math/half_product.h"
#include "math/half_types.h"
#include "math/instruction_set_test.h"

namespace inkling::math {

// Below, at and above one and two tiles of rows, columns and depth, blocks of five rows, and DIPN's own shapes.
inline const std::vector<ProductShape> kProductShapes = {
    {0, 16, 32},   {16, 0, 32},   {3, 5, 0},     {1, 1, 1},       {1, 192, 64},  {5, 16, 32},   {16, 16, 32},
    {15, 17, 31},  {17, 15, 33},  {32, 32, 64},  {33, 33, 65},    {31, 48, 2},   {4, 64, 3},    {9, 50, 100},
    {48, 47, 130}, {18, 79, 300}, {100, 64, 64}, {100, 192, 112}, {50, 192, 24}, {50, 150, 64}, {50, 64, 150}};

// A product of floats and everything that is needed to judge it.
struct ProductCase {
  ProductShape shape;
  std::vector<float> a, b_nn, b_nt, bias;

  explicit ProductCase(ProductShape size) : shape(size) {
    base::Random random(size.m * 1000 + size.n * 10 + size.k);
    const auto fill = [&](std::vector<float>& values, std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<float>(random.uniform(-2, 2)));
    };
    fill(a, size.m * size.k);
    fill(b_nn, size.n * size.k);
    fill(bias, size.n);
    b_nt.resize(b_nn.size());
    for (std::size_t t = 0; t < size.k; ++t) {
      for (std::size_t j = 0; j < size.n; ++j) b_nt[j * size.k + t] = b_nn[t * size.n + j];
    }
  }

  struct Sum {
    double value = 0;
    double magnitude = 0;
  };
  // Entry (i, j) in double, of the factors as they are or rounded to bf16 first.
  [[nodiscard]] Sum entry(std::size_t i, std::size_t j, bool rounded) const {
    Sum sum;
    for (std::size_t t = 0; t < shape.k; ++t) {
      const float x = a[i * shape.k + t], y = b_nt[j * shape.k + t];
      const double term = rounded ? static_cast<double>(from_bf16(to_bf16(x))) * from_bf16(to_bf16(y))
                                  : static_cast<double>(x) * static_cast<double>(y);
      sum.value += term;
      sum.magnitude += std::abs(term);
    }
    return sum;
  }
};

// Storage full of NaN, so that whatever a layout forgets to write shows up.
inline std::vector<HalfLine> poisoned(std::size_t lines) {
  HalfLine line;
  line.values.fill(0xFFFF);
  return std::vector<HalfLine>(lines, line);
}

// Float sums of k exact products: each addition errs by at most 2^-24 of a partial sum.
inline double summing_error(const ProductCase::Sum& sum, double start, std::size_t k) {
  return static_cast<double>(k + 2) * 0x1p-24 * (sum.magnitude + std::abs(start));
}

template <class Product>
void expect_product(const ProductCase& known, const Bf16Panels& panels, const Bf16Rows& rows, Output output,
                    bool biased, const Product& product) {
  const std::size_t m = known.shape.m, n = known.shape.n, k = known.shape.k;
  base::Random random(5);
  GuardedFloats c(m * n, 1, random, -1.0, 1.0);
  const std::vector<float> before(c.span().begin(), c.span().end());
  product(rows, panels, biased ? std::span<const float>(known.bias) : std::span<const float>(), c.span(), output);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double start = output == Output::kAdd ? before[i * n + j] : biased ? known.bias[j] : 0.0f;
      const ProductCase::Sum sum = known.entry(i, j, true);
      ASSERT_NEAR(c.span()[i * n + j], start + sum.value, summing_error(sum, start, k))
          << i << ", " << j << " of " << m << " x " << n << " x " << k;
    }
  }
  ASSERT_TRUE(c.guards_intact()) << m << " x " << n << " x " << k;
}

// product(rows, panels, bias, c, output), from zero, from a bias and onto C.
template <class Product>
void expect_products(ProductShape shape, const Product& product) {
  const ProductCase known(shape);
  std::vector<HalfLine> row_storage = poisoned(rows_lines(shape.m, shape.k));
  std::vector<HalfLine> panel_storage = poisoned(panels_lines(shape.n, shape.k));
  const Bf16Rows rows = reference::to_rows(known.a, shape.m, shape.k, row_storage);
  const Bf16Panels panels = reference::to_panels_nt(known.b_nt, shape.n, shape.k, panel_storage);
  expect_product(known, panels, rows, Output::kReplace, false, product);
  expect_product(known, panels, rows, Output::kReplace, true, product);
  expect_product(known, panels, rows, Output::kAdd, false, product);
}

// NaN right before and behind both factors must not reach the result.
template <class Product>
void expect_no_overreach(ProductShape shape, const Product& product) {
  const ProductCase known(shape);
  constexpr std::size_t kGuard = 64;
  const std::size_t row_count = rows_lines(shape.m, shape.k), panel_count = panels_lines(shape.n, shape.k);
  std::vector<HalfLine> row_storage = poisoned(row_count + 2 * kGuard),
                        panel_storage = poisoned(panel_count + 2 * kGuard);
  const Bf16Rows rows =
      reference::to_rows(known.a, shape.m, shape.k, std::span(row_storage).subspan(kGuard, row_count));
  const Bf16Panels panels =
      reference::to_panels_nn(known.b_nn, shape.n, shape.k, std::span(panel_storage).subspan(kGuard, panel_count));
  expect_product(known, panels, rows, Output::kReplace, false, product);
}

}  // namespace inkling::math
