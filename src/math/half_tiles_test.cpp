#include "math/half_emulation_test.h"
#include "math/half_product_cases_test.h"
#include "math/half_tiles-inl.h"

namespace inkling::math::half {
namespace {

HalfLine line_of(float even, float odd) {
  HalfLine line;
  for (std::size_t i = 0; i < 32; i += 2) {
    line.values[i] = to_bf16(even);
    line.values[i + 1] = to_bf16(odd);
  }
  return line;
}

TEST(EmulatedTilesTest, a_product_adds_pairs_of_terms_to_every_entry) {
  EmulatedTiles tiles(kTileConfig);
  const std::vector<HalfLine> rows(16, line_of(2, 3)), panel(16, line_of(5, 7));
  std::array<float, 256> sums{};
  tiles.zero<0>();
  tiles.load<4>(rows.data(), 64);
  tiles.load<6>(panel.data(), 64);
  tiles.multiply<0, 4, 6>();
  tiles.multiply<0, 4, 6>();
  tiles.store<0>(sums.data(), 64);
  for (const float sum : sums) EXPECT_EQ(sum, 2 * 16 * (2 * 5 + 3 * 7));
  EXPECT_FALSE(tiles.refused());
}

TEST(EmulatedTilesTest, smaller_tiles_leave_the_rest_zero) {
  TileConfig config;
  config.rows[0] = config.rows[4] = 3;
  config.row_bytes[0] = config.row_bytes[6] = 8;
  config.row_bytes[4] = 20;
  config.rows[6] = 5;
  EmulatedTiles tiles(config);
  const std::vector<HalfLine> rows(16, line_of(1, 1)), panel(16, line_of(1, 1));
  tiles.load<4>(rows.data(), 64);
  tiles.load<6>(panel.data(), 64);
  tiles.zero<0>();
  tiles.multiply<0, 4, 6>();
  std::array<float, 8> sums{};
  sums.fill(-1);
  tiles.store<0>(sums.data(), 8);
  EXPECT_FALSE(tiles.refused());
  EXPECT_EQ(sums, (std::array<float, 8>{10, 10, 10, 10, 10, 10, -1, -1}));  // 5 pairs; nothing beyond 3 x 2
}

TEST(EmulatedTilesTest, subnormal_products_and_sums_count_as_zero) {
  EmulatedTiles tiles(kTileConfig);
  const std::vector<HalfLine> rows(16, line_of(0x1p-70f, 0)), panel(16, line_of(0x1p-70f, 0));
  std::array<float, 256> sums{};
  sums[0] = 0x1p-130f;
  sums[1] = 0x1p-126f;
  tiles.load<0>(sums.data(), 64);
  tiles.load<4>(rows.data(), 64);
  tiles.load<6>(panel.data(), 64);
  tiles.multiply<0, 4, 6>();
  tiles.store<0>(sums.data(), 64);
  EXPECT_EQ(sums[0], 0.0f);
  EXPECT_EQ(sums[1], 0x1p-126f);
}

TEST(EmulatedTilesTest, refuses_what_the_processor_refuses) {
  EmulatedTiles unconfigured;
  unconfigured.zero<0>();
  EXPECT_TRUE(unconfigured.refused());
  EmulatedTiles same(kTileConfig);
  same.multiply<0, 0, 6>();
  EXPECT_TRUE(same.refused());
  TileConfig config;
  config.rows[6] = 8;  // 16 pairs of terms in a row of A, 8 in a column of B
  EmulatedTiles mismatched(config);
  mismatched.multiply<0, 4, 6>();
  EXPECT_TRUE(mismatched.refused());
}

void product_emulated(const ProductTask& task) {
  EmulatedTiles tiles(kTileConfig);
  TileProduct<EmulatedTiles>(tiles, task).run();
  EXPECT_FALSE(tiles.refused());
}

void emulated(const Bf16Rows& a, const Bf16Panels& b, std::span<const float> bias, std::span<float> c,
              Output output) {
  const float* bias_or_null = bias.empty() ? nullptr : bias.data();
  product_emulated({a.lines.data(), b.lines.data(), depth_lines(a.k), a.k, a.m, b.n, bias_or_null, c.data(),
                    output == Output::kAdd});
}

TEST(TileProductTest, over_emulated_tiles_equals_the_sum_of_products_in_every_shape) {
  for (const ProductShape shape : kProductShapes) expect_products(shape, emulated);
}

// C += A^T B with both factors as they stand in memory, [k x m] and [k x n]: how training adds up gradients of
// weights.
TEST(TileProductTest, over_emulated_tiles_adds_gradients_of_weights) {
  for (const ProductShape shape : {ProductShape{64, 64, 50}, {192, 24, 160}, {42, 15, 37}, {1, 5, 33}}) {
    const ProductCase known(shape);
    std::vector<float> turned(known.a.size());  // [k x m]
    for (std::size_t i = 0; i < known.a.size(); ++i) turned[i % shape.k * shape.m + i / shape.k] = known.a[i];
    std::vector<HalfLine> row_storage = poisoned(rows_lines(shape.m, shape.k));
    std::vector<HalfLine> panel_storage = poisoned(panels_lines(shape.n, shape.k));
    const Bf16Rows rows = to_rows_transposed(turned, shape.m, shape.k, row_storage);
    const Bf16Panels panels = to_panels_nn(known.b_nn, shape.n, shape.k, panel_storage);
    expect_product(known, panels, rows, Output::kAdd, false, emulated);
  }
}

TEST(TileProductTest, reads_no_line_beyond_the_rows_and_panels) {
  for (const ProductShape shape : kProductShapes) expect_no_overreach(shape, emulated);
}

}  // namespace
}  // namespace inkling::math::half
