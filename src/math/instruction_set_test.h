// For tests of SIMD kernels: runs a test once per instruction set that this machine and build have, and makes
// odd-sized unaligned inputs whose surroundings are checked.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "hwy/targets.h"

namespace inkling::math {

// Restricts run-time dispatch to the instruction set of the test's parameter.
class InstructionSetTest : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
  void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

inline std::string instruction_set_name(const testing::TestParamInfo<std::int64_t>& info) {
  return hwy::TargetName(info.param);
}

// Around every vector width from 4 to 16 floats, with and without the kernels' unrolling by four.
inline const std::vector<std::size_t> kLengths = {0,  1,  2,  3,  4,  5,  7,  8,  9,   15,  16,
                                                  17, 31, 33, 63, 64, 65, 67, 79, 300, 1027};
inline const std::vector<std::size_t> kOffsets = {0, 1, 3};

// `size` floats that start `offset` floats into a buffer, between guards that no kernel may touch.
class GuardedFloats {
 public:
  GuardedFloats(std::size_t size, std::size_t offset) : begin_(kGuards + offset), size_(size) {
    buffer_.assign(begin_ + size + kGuards, kGuard);
  }
  GuardedFloats(std::size_t size, std::size_t offset, base::Random& random, double low, double high)
      : GuardedFloats(size, offset) {
    for (float& value : span()) value = static_cast<float>(random.uniform(low, high));
  }

  [[nodiscard]] std::span<float> span() { return std::span(buffer_).subspan(begin_, size_); }
  [[nodiscard]] bool guards_intact() const {
    for (std::size_t i = 0; i < buffer_.size(); ++i) {
      if ((i < begin_ || i >= begin_ + size_) && buffer_[i] != kGuard) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kGuards = 32;
  static constexpr float kGuard = 12345.0f;
  std::size_t begin_;
  std::size_t size_;
  std::vector<float> buffer_;
};

}  // namespace inkling::math

#define INKLING_FOR_EACH_INSTRUCTION_SET(suite) \
  INSTANTIATE_TEST_SUITE_P(On, suite, testing::ValuesIn(hwy::SupportedAndGeneratedTargets()), instruction_set_name)
