// A layer by register tiles: some rows of weights, spread over all lanes one by one, times up to four vectors of
// candidates, the sums held in registers over all inputs. Five rows, as in product.cpp: 5 x 4 sums keep one fused
// multiply-add a cycle busy with 9 loads for 20 of them, and 5 divides the widths of the published attention (80,
// 40). The plain form is lane_layer_reference.cpp.
#include "math/lane_layer.h"

#include <cassert>
#include <cstddef>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/lane_layer.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/curves-inl.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

inline constexpr std::size_t kTileRows = 5;
// As many sums as there are registers for them (product.cpp).
inline constexpr std::size_t kTileVectors = kManyRegisters ? 4 : 2;

struct LayerInput {
  const float* weight;
  const float* bias;  // null: zero
  std::size_t in;
  float slope;
  const float* x;
  float* y;
};

// Rows row to row + kRows of kVectors vectors of lanes.
template <std::size_t kRows, std::size_t kVectors>
HWY_INLINE void layer_tile(const LayerInput& layer, std::size_t row) {
  const WideTag d;
  const std::size_t lanes = hn::Lanes(d);
  const float* weight = layer.weight + row * layer.in;
  hn::Vec<WideTag> sums[kRows][kVectors];
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    const auto start = layer.bias == nullptr ? hn::Zero(d) : hn::Set(d, layer.bias[row + r]);
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = start;
  }
  const float* x = layer.x;
  for (std::size_t j = 0; j < layer.in; ++j, x += kBlockLanes) {
    hn::Vec<WideTag> columns[kVectors];
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) columns[v] = hn::LoadU(d, x + v * lanes);
    INKLING_UNROLL
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto w = hn::Set(d, weight[r * layer.in + j]);
      INKLING_UNROLL
      for (std::size_t v = 0; v < kVectors; ++v) sums[r][v] = hn::MulAdd(w, columns[v], sums[r][v]);
    }
  }
  const auto slope = hn::Set(d, layer.slope);
  float* y = layer.y + row * kBlockLanes;
  INKLING_UNROLL
  for (std::size_t r = 0; r < kRows; ++r) {
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      hn::StoreU(hn::Max(sums[r][v], hn::Mul(slope, sums[r][v])), d, y + r * kBlockLanes + v * lanes);
    }
  }
}

template <std::size_t kVectors>
HWY_INLINE void layer_rows(const LayerInput& layer, std::size_t rows) {
  std::size_t row = 0;
  for (; row + kTileRows <= rows; row += kTileRows) layer_tile<kTileRows, kVectors>(layer, row);
  static_assert(kTileRows == 5);
  switch (rows - row) {
    case 1:
      return layer_tile<1, kVectors>(layer, row);
    case 2:
      return layer_tile<2, kVectors>(layer, row);
    case 3:
      return layer_tile<3, kVectors>(layer, row);
    case 4:
      return layer_tile<4, kVectors>(layer, row);
    default:
      return;
  }
}

template <std::size_t kVectors>
HWY_INLINE std::size_t layer_columns(LayerInput layer, std::size_t rows, std::size_t column, std::size_t columns) {
  const std::size_t width = kVectors * hn::Lanes(WideTag());
  layer.x += column;
  layer.y += column;
  for (; column + width <= columns; column += width, layer.x += width, layer.y += width) {
    layer_rows<kVectors>(layer, rows);
  }
  return column;
}

std::size_t whole_groups(std::size_t lanes) {
  return (lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
}

void lane_layer_lanes(const float* weight, const float* bias, std::size_t out, std::size_t in, float slope,
                      const float* x, std::size_t lanes, float* y) {
  const LayerInput layer{weight, bias, in, slope, x, y};
  const std::size_t columns = whole_groups(lanes);
  std::size_t done = layer_columns<kTileVectors>(layer, out, 0, columns);
  if constexpr (kTileVectors > 3) done = layer_columns<3>(layer, out, done, columns);
  if constexpr (kTileVectors > 2) done = layer_columns<2>(layer, out, done, columns);
  layer_columns<1>(layer, out, done, columns);
}

void gate_rows_lanes(const LaneGate& gate, std::size_t lanes, float* rows) {
  const WideTag d;
  const auto factor = hn::Set(d, gate.factor);
  for (std::size_t t = 0; t < gate.offsets.size(); ++t, rows += kBlockLanes) {
    const auto offset = hn::Set(d, gate.offsets[t]), other = hn::Set(d, gate.others[t]);
    for (std::size_t n = 0; n < whole_groups(lanes); n += hn::Lanes(d)) {
      const auto w = hn::LoadU(d, rows + n);
      const auto share = sigmoid_of(d, hn::MulAdd(factor, w, offset));
      hn::StoreU(hn::MulAdd(share, hn::Sub(w, other), other), d, rows + n);
    }
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(lane_layer_lanes);
HWY_EXPORT(gate_rows_lanes);

void lane_layer(const LaneLayer& layer, std::span<const float> x, std::size_t lanes, std::span<float> y) {
  const std::size_t in = x.size() / kBlockLanes;
  assert(lanes <= kBlockLanes && x.size() == in * kBlockLanes && y.size() == layer.out * kBlockLanes);
  assert(layer.weight.size() == layer.out * in && (layer.bias.empty() || layer.bias.size() == layer.out));
  assert(layer.slope >= 0.0f && layer.slope <= 1.0f);
  HWY_DYNAMIC_DISPATCH(lane_layer_lanes)
  (layer.weight.data(), layer.bias.empty() ? nullptr : layer.bias.data(), layer.out, in, layer.slope, x.data(), lanes,
   y.data());
}

void gate_lanes(const LaneGate& gate, std::size_t lanes, std::span<float> rows) {
  assert(lanes <= kBlockLanes && rows.size() == gate.offsets.size() * kBlockLanes);
  assert(gate.others.size() == gate.offsets.size());
  HWY_DYNAMIC_DISPATCH(gate_rows_lanes)(gate, lanes, rows.data());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
