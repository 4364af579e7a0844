// Layers of small networks over many candidates at once, with the candidates on the vector lanes: what a ranker does
// hundreds of times per request. Not for one input vector (product.h's packed_product) and not for sequences.
//
// Layout: candidates stand in blocks of kBlockLanes. A matrix of F rows by N candidates is blocks_of(N) blocks, each
// a row-major [F x kBlockLanes] of its own, so that a block of a layer's inputs stays in the first-level cache
// whatever N is, and the rows of two layers may lie in one block behind each other. Entry (row, n) of a block stands
// at row * kBlockLanes + n. Functions here see one block and its first `lanes` candidates; they read and write whole
// groups of 16 lanes, never the groups behind the last one. What stands in a group's unused lanes changes nothing but
// itself: lanes never meet.
// math::reference::f is the plain loop and the specification, math::f the same in SIMD; they agree up to the order of
// summation. No alignment is needed, but blocks at multiples of 64 bytes save an eighth of the time. Outputs do not
// overlap inputs unless it is said. Thread safety: pure functions. Cost: 2 out in operations a lane for a layer,
// otherwise one pass; no allocation. Failure: none; wrong sizes are asserted.
// Source: speed-notes 4 ("candidates on the vector lanes"); the layers are those of DIN (KDD 2018, section 4.3).
#pragma once

#include <cstddef>
#include <span>

namespace inkling::math {

inline constexpr std::size_t kBlockLanes = 64;
inline constexpr std::size_t kLaneGroup = 16;

[[nodiscard]] constexpr std::size_t blocks_of(std::size_t candidates) {
  return (candidates + kBlockLanes - 1) / kBlockLanes;
}
// In the block `block`; the last one may be narrower.
[[nodiscard]] constexpr std::size_t lanes_of(std::size_t candidates, std::size_t block) {
  const std::size_t rest = candidates - block * kBlockLanes;
  return rest < kBlockLanes ? rest : kBlockLanes;
}

// y = leaky(W x + bias), where leaky(v) = max(v, slope v).
struct LaneLayer {
  std::span<const float> weight;  // [out x in] row-major, as LibTorch keeps it
  std::span<const float> bias;    // [out], or empty: zero
  std::size_t out = 0;
  float slope = 1.0f;  // 0 to 1; 1: no curve at all, 0: ReLU
};
// x [in x kBlockLanes] -> y [out x kBlockLanes]. in = 0 is allowed: y is the curve of the bias.
void lane_layer(const LaneLayer& layer, std::span<const float> x, std::size_t lanes, std::span<float> y);

// Row t of the block, [T x kBlockLanes], is the candidates' weights of step t. In place:
// w = others_t + g (w - others_t) with g = sigmoid(factor w + offsets_t).
struct LaneGate {
  float factor = 0.0f;
  std::span<const float> offsets;  // [T]
  std::span<const float> others;   // [T]
};
void gate_lanes(const LaneGate& gate, std::size_t lanes, std::span<float> rows);

namespace reference {

void lane_layer(const LaneLayer& layer, std::span<const float> x, std::size_t lanes, std::span<float> y);
void gate_lanes(const LaneGate& gate, std::size_t lanes, std::span<float> rows);

}  // namespace reference
}  // namespace inkling::math
