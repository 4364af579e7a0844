#include "math/half_types.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/core/random.h"
#include "math/half_cpu.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace inkling::math {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
const float kNan = std::numeric_limits<float>::quiet_NaN();

float any_float(base::Random& random) {
  const auto bits = static_cast<std::uint32_t>(random.uniform(0, 4294967296.0));
  return std::bit_cast<float>(bits);
}

TEST(Bf16Test, rounds_to_nearest_and_ties_to_even) {
  EXPECT_EQ(to_bf16(1.0f), 0x3F80);
  EXPECT_EQ(to_bf16(1.0f + 0x1p-8f), 0x3F80);             // a tie, down to even
  EXPECT_EQ(to_bf16(1.0f + 0x3p-8f), 0x3F82);             // a tie, up to even
  EXPECT_EQ(to_bf16(1.0f + 0x1p-8f + 0x1p-20f), 0x3F81);  // above the tie
  EXPECT_EQ(to_bf16(-1.0f - 0x3p-8f), 0xBF82);
  EXPECT_EQ(to_bf16(std::numeric_limits<float>::max()), 0x7F80);  // rounds up to infinity
}

TEST(Bf16Test, keeps_infinity_and_nan_and_flushes_subnormal_floats) {
  EXPECT_EQ(to_bf16(kInfinity), 0x7F80);
  EXPECT_EQ(to_bf16(-kInfinity), 0xFF80);
  EXPECT_TRUE(std::isnan(from_bf16(to_bf16(kNan))));
  EXPECT_TRUE(std::isnan(from_bf16(to_bf16(std::bit_cast<float>(0x7F800001U)))));  // payload below bf16's digits
  EXPECT_EQ(to_bf16(0x1p-127f), 0x0000);
  EXPECT_EQ(to_bf16(-0x1p-127f), 0x8000);
  EXPECT_EQ(to_bf16(0x1p-126f), 0x0080);
}

TEST(Bf16Test, every_bf16_number_survives_the_way_to_float_and_back) {
  for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
    const float x = from_bf16(static_cast<std::uint16_t>(bits));
    if (std::isnan(x) || std::fpclassify(x) == FP_SUBNORMAL) continue;
    ASSERT_EQ(to_bf16(x), bits);
  }
}

TEST(Fp16Test, rounds_to_nearest_and_ties_to_even) {
  EXPECT_EQ(to_fp16(1.0), 0x3C00);
  EXPECT_EQ(to_fp16(1.0 + 0x1p-11), 0x3C00);
  EXPECT_EQ(to_fp16(1.0 + 0x3p-11), 0x3C02);
  EXPECT_EQ(to_fp16(1.0 + 0x1p-11 + 0x1p-40), 0x3C01);
  EXPECT_EQ(to_fp16(-2.0), 0xC000);
  EXPECT_EQ(to_fp16(2.0 - 0x1p-12), 0x4000);  // carries into the next binade
  EXPECT_EQ(to_fp16(65519.0), 0x7BFF);
  EXPECT_EQ(to_fp16(65520.0), 0x7C00);
}

TEST(Fp16Test, keeps_subnormals_infinity_and_nan) {
  EXPECT_EQ(to_fp16(0x1p-24), 0x0001);
  EXPECT_EQ(to_fp16(0x1p-25), 0x0000);  // a tie, to even
  EXPECT_EQ(to_fp16(0x3p-25), 0x0002);
  EXPECT_EQ(to_fp16(0x1p-14 - 0x1p-25), 0x0400);  // the largest subnormal's neighbour
  EXPECT_EQ(to_fp16(-0.0), 0x8000);
  EXPECT_EQ(to_fp16(-kInfinity), 0xFC00);
  EXPECT_TRUE(std::isnan(from_fp16(to_fp16(kNan))));
}

TEST(Fp16Test, every_fp16_number_survives_the_way_to_float_and_back) {
  for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
    const float x = from_fp16(static_cast<std::uint16_t>(bits));
    if (std::isnan(x)) continue;
    ASSERT_EQ(to_fp16(x), bits);
  }
}

TEST(Fp16Test, fused_multiply_add_rounds_once) {
  const std::uint16_t one = to_fp16(1.0), above_one = to_fp16(1.0 + 0x1p-10);
  // (1 + 2^-10)^2 - 1 = 2^-9 + 2^-20: rounding the product first would lose the second part.
  EXPECT_EQ(fp16_fma(above_one, above_one, to_fp16(-1.0)), to_fp16(0x1p-9 + 0x1p-20));
  EXPECT_EQ(fp16_fma(to_fp16(0x1p-24), to_fp16(0x1p-24), one), one);  // far below half a place
  EXPECT_EQ(fp16_fma(to_fp16(300), to_fp16(300), one), 0x7C00);
}

#if defined(__x86_64__)

__attribute__((target("avx512f"))) std::uint16_t fp16_of_the_processor(float x) {
  const __m256i halves =
      _mm512_maskz_cvtps_ph(0xFFFF, _mm512_set1_ps(x), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  return static_cast<std::uint16_t>(_mm256_extract_epi16(halves, 0));
}

TEST(Fp16Test, equals_the_processor_on_a_million_floats) {
  if (!half_features().avx512) GTEST_SKIP() << "this processor has no AVX-512";
  base::Random random(3);
  for (int i = 0; i < 1000000; ++i) {
    // Half of them in fp16's range, the others anywhere.
    const float x = i % 2 == 0 ? static_cast<float>(random.uniform(-1, 1) * std::exp2(random.uniform(-28, 17)))
                               : any_float(random);
    if (std::isnan(x)) continue;
    ASSERT_EQ(to_fp16(x), fp16_of_the_processor(x)) << x;
  }
}

#endif

}  // namespace
}  // namespace inkling::math
