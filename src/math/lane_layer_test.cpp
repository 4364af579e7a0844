#include "math/lane_layer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "math/instruction_set_test.h"

namespace inkling::math {
namespace {

using LaneLayerTest = InstructionSetTest;
using base::Random;

// Around every group of 16 and every number of vectors.
const std::vector<std::size_t> kLaneCounts = {1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64};

std::size_t whole_groups(std::size_t lanes) {
  return (lanes + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
}

// What stands in lanes that nobody asked for is not a number and must not spread.
void spoil_unused_lanes(std::span<float> block, std::size_t lanes) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (i % kBlockLanes >= lanes) block[i] = std::numeric_limits<float>::quiet_NaN();
  }
}

TEST(LaneLayerReference, computes_a_hand_computed_example) {
  std::vector<float> x(2 * kBlockLanes, 7.0f), y(2 * kBlockLanes, 99.0f);
  x[0] = 1.0f, x[kBlockLanes] = 2.0f;       // candidate 0: (1, 2)
  x[1] = -1.0f, x[kBlockLanes + 1] = 0.0f;  // candidate 1: (-1, 0)
  const std::array weight = {1.0f, 3.0f, 2.0f, -1.0f};
  const std::array bias = {0.5f, -1.0f};
  reference::lane_layer({weight, bias, 2, 0.1f}, x, 2, y);
  EXPECT_FLOAT_EQ(y[0], 7.5f);
  EXPECT_FLOAT_EQ(y[1], -0.05f) << "leaky";
  EXPECT_FLOAT_EQ(y[kBlockLanes], -0.1f);
  EXPECT_FLOAT_EQ(y[kBlockLanes + 1], -0.3f);
  EXPECT_EQ(y[2], 99.0f) << "a lane nobody asked for";
}

void expect_layer_equals_reference(std::size_t out, std::size_t in, std::size_t lanes, bool has_bias,
                                   Random& random) {
  GuardedFloats weight(out * in, 1, random, -1, 1), bias(has_bias ? out : 0, 3, random, -1, 1);
  GuardedFloats x(in * kBlockLanes, 3, random, -1, 1), y(out * kBlockLanes, 1, random, 50, 60);
  spoil_unused_lanes(x.span(), lanes);
  const std::vector<float> before(y.span().begin(), y.span().end());
  std::vector<float> expected = before;
  const LaneLayer layer{weight.span(), bias.span(), out, 0.1f};
  lane_layer(layer, x.span(), lanes, y.span());
  reference::lane_layer(layer, x.span(), lanes, expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::size_t lane = i % kBlockLanes;
    if (lane < lanes) {
      ASSERT_NEAR(y.span()[i], expected[i], 1e-6 * static_cast<double>(in + 1))
          << out << " x " << in << ", " << lanes;
    } else if (lane >= whole_groups(lanes)) {
      ASSERT_EQ(y.span()[i], before[i]) << "groups behind the last one stay as they are";
    }
  }
  ASSERT_TRUE(y.guards_intact());
}

TEST_P(LaneLayerTest, equals_the_reference_whatever_the_sizes_and_never_mixes_lanes) {
  Random random(61);
  for (const std::size_t lanes : kLaneCounts) {
    for (const std::size_t out : {1u, 4u, 5u, 6u, 13u}) {
      for (const std::size_t in : {0u, 1u, 7u, 32u}) {
        for (const bool has_bias : {false, true}) expect_layer_equals_reference(out, in, lanes, has_bias, random);
      }
    }
  }
  expect_layer_equals_reference(80, 32, 64, true, random);
  expect_layer_equals_reference(40, 80, 52, true, random);
}

TEST_P(LaneLayerTest, a_slope_of_one_is_no_curve_and_of_zero_is_relu) {
  std::vector<float> x(kBlockLanes, -2.0f), y(kBlockLanes);
  const std::array weight = {3.0f};
  lane_layer({weight, {}, 1, 1.0f}, x, kBlockLanes, y);
  EXPECT_EQ(y[0], -6.0f);
  lane_layer({weight, {}, 1, 0.0f}, x, kBlockLanes, y);
  EXPECT_EQ(y[63], 0.0f);
}

TEST_P(LaneLayerTest, gates_equal_the_reference_from_shut_to_open) {
  Random random(62);
  for (const std::size_t lanes : kLaneCounts) {
    for (const std::size_t rows : {0u, 1u, 5u}) {
      for (const double reach : {1.0, 200.0}) {
        GuardedFloats offsets(rows, 1, random, -reach, reach), others(rows, 3, random, -1, 1);
        GuardedFloats weights(rows * kBlockLanes, 1, random, -1, 1);
        spoil_unused_lanes(weights.span(), lanes);
        std::vector<float> expected(weights.span().begin(), weights.span().end());
        const LaneGate gate{0.7f, offsets.span(), others.span()};
        gate_lanes(gate, lanes, weights.span());
        reference::gate_lanes(gate, lanes, expected);
        for (std::size_t i = 0; i < expected.size(); ++i) {
          if (i % kBlockLanes < lanes) {
            ASSERT_NEAR(weights.span()[i], expected[i], 1e-6) << lanes << " " << rows;
          }
        }
        ASSERT_TRUE(weights.guards_intact());
      }
    }
  }
}

INKLING_FOR_EACH_INSTRUCTION_SET(LaneLayerTest);

}  // namespace
}  // namespace inkling::math
