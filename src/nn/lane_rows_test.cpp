#include "nn/lane_rows.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

namespace inkling::nn {
namespace {

bool is_aligned(const float* values) {
  return reinterpret_cast<std::uintptr_t>(values) % 64 == 0;
}

TEST(LaneRowsTest, turns_rows_into_lanes_with_zeros_in_the_rest_of_the_last_group) {
  constexpr std::size_t kCount = 67, kRows = 3;
  std::vector<float> x(kCount * kRows);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i + 1);
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    std::vector<float> values(lane_rows_size(kRows, kCount), -1.0f);
    to_lane_rows(x, lane_rows(values, kRows), *kernels);
    for (std::size_t n = 0; n < kCount; ++n) {
      for (std::size_t r = 0; r < kRows; ++r) {
        ASSERT_EQ(values[n / 64 * kRows * 64 + r * 64 + n % 64], x[n * kRows + r]) << kernels->name;
      }
    }
    const std::size_t second = kRows * 64;
    EXPECT_EQ(values[second + 3], 0.0f) << "behind the last candidate";
    EXPECT_EQ(values[second + 15], 0.0f);
    EXPECT_EQ(values[second + 16], -1.0f) << "groups behind the last one stay as they are";
  }
}

TEST(LaneRowsTest, a_part_sees_its_rows_of_every_block) {
  std::vector<float> values(lane_rows_size(3, 130));
  const MutableLaneRows all = lane_rows(values, 3), last = all.part(2, 1);
  EXPECT_EQ(last.block(2).data(), all.block(2).data() + 2 * 64);
  EXPECT_EQ(last.block(2).size(), 64U);
}

TEST(LaneRowsTest, a_buffer_is_aligned_and_kept_until_something_larger_comes) {
  LaneBuffer buffer;
  const MutableLaneRows first = buffer.of(3, 100);
  EXPECT_TRUE(is_aligned(first.values.data()));
  EXPECT_EQ(first.values.size(), 3 * 128U);
  EXPECT_EQ(first.values[0], 0.0f);
  EXPECT_EQ(buffer.of(1, 64).values.data(), first.values.data());
  EXPECT_EQ(buffer.of(9, 200).values.size(), 9 * 256U);
  EXPECT_EQ(buffer.of(0, 0).values.size(), 0U);
}

TEST(LaneRowsTest, the_aligned_part_of_scratch_gives_up_fifteen_floats_at_most) {
  alignas(64) std::array<float, 64> floats{};
  for (std::size_t offset = 0; offset < 16; ++offset) {
    const std::span<float> part = aligned_part(std::span(floats).subspan(offset));
    EXPECT_TRUE(is_aligned(part.data())) << offset;
    EXPECT_GE(part.size() + kAlignmentFloats, floats.size() - offset);
  }
}

}  // namespace
}  // namespace inkling::nn
