#include "math/half_cpu.h"

#include <gtest/gtest.h>

namespace inkling::math {
namespace {

// What a fourth-generation Xeon under Linux reports.
CpuWords xeon() {
  CpuWords words;
  words.leaf7_ebx = 1U << 16 | 1U << 17 | 1U << 30 | 1U << 31;  // AVX512F, DQ, BW, VL
  words.leaf7_edx = 1U << 22 | 1U << 23 | 1U << 24;             // AMX-BF16, AVX512-FP16, AMX-TILE
  words.leaf7_1_eax = 1U << 5;                                  // AVX512-BF16
  words.tile_rows = 16;
  words.tile_row_bytes = 64;
  words.tiles = 8;
  words.xcr0 = 0x602E7;
  return words;
}

TEST(HalfCpuTest, finds_everything_on_a_machine_that_has_everything) {
  const HalfFeatures found = features_of(xeon(), true);
  EXPECT_TRUE(found.avx512 && found.avx512_bf16 && found.avx512_fp16 && found.amx_bf16);
}

TEST(HalfCpuTest, tiles_need_the_permission_of_the_operating_system) {
  const HalfFeatures found = features_of(xeon(), false);
  EXPECT_FALSE(found.amx_bf16);
  EXPECT_TRUE(found.avx512_bf16 && found.avx512_fp16);
}

TEST(HalfCpuTest, tiles_need_their_state_enabled_and_the_expected_palette) {
  CpuWords words = xeon();
  words.xcr0 = 0x202E7;  // TILECFG without TILEDATA
  EXPECT_FALSE(features_of(words, true).amx_bf16);
  words = xeon();
  words.tile_rows = 8;
  EXPECT_FALSE(features_of(words, true).amx_bf16);
  words = xeon();
  words.leaf7_edx &= ~(1U << 22);  // tiles for integers only
  EXPECT_FALSE(features_of(words, true).amx_bf16);
}

TEST(HalfCpuTest, nothing_remains_when_vector_state_is_not_enabled) {
  CpuWords words = xeon();
  words.xcr0 = 0x7;  // as under a system that saves AVX only
  const HalfFeatures found = features_of(words, true);
  EXPECT_FALSE(found.avx512 || found.avx512_bf16 || found.avx512_fp16 || found.amx_bf16);
}

TEST(HalfCpuTest, a_zen_4_has_bf16_alone) {
  CpuWords words = xeon();
  words.leaf7_edx = 0;
  words.tiles = words.tile_rows = words.tile_row_bytes = 0;
  words.xcr0 = 0x2E7;
  const HalfFeatures found = features_of(words, true);
  EXPECT_TRUE(found.avx512 && found.avx512_bf16);
  EXPECT_FALSE(found.avx512_fp16 || found.amx_bf16);
}

TEST(HalfCpuTest, older_avx512_has_none_of_the_extensions) {
  CpuWords words = xeon();
  words.leaf7_edx = words.leaf7_1_eax = 0;
  const HalfFeatures found = features_of(words, true);
  EXPECT_TRUE(found.avx512);
  EXPECT_FALSE(found.avx512_bf16 || found.avx512_fp16 || found.amx_bf16);
}

TEST(HalfCpuTest, the_best_path_is_available) {
  EXPECT_TRUE(is_available(best_product_path().value_or(ProductPath::kScalar)));
  EXPECT_TRUE(is_available(best_matrix_path()));
  EXPECT_TRUE(is_available(ProductPath::kScalar));
  EXPECT_EQ(is_available(MatrixPath::kAvx512Fp16), half_features().avx512_fp16);
}

#if defined(__x86_64__)
TEST(HalfCpuTest, agrees_with_the_compilers_run_time_library) {
  __builtin_cpu_init();
  EXPECT_EQ(half_features().avx512,
            __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0);
  EXPECT_EQ(half_features().avx512_bf16, half_features().avx512 && __builtin_cpu_supports("avx512bf16") != 0);
}
#endif

}  // namespace
}  // namespace inkling::math
