#include "math/half_cpu.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace inkling::math {
namespace {

constexpr std::uint64_t kVectorState = 0xE6;        // XCR0: SSE, AVX, opmask, upper ZMM
constexpr std::uint64_t kTileState = 3ULL << 17U;   // XCR0: TILECFG, TILEDATA
constexpr std::uint32_t kAvx512InEbx = 0xC0030000;  // VL, BW, DQ, F

constexpr bool has_bit(std::uint32_t word, unsigned bit) {
  return (word >> bit & 1U) != 0;
}

#if defined(__x86_64__)

std::uint64_t read_xcr0() {
  std::uint32_t low = 0, high = 0;
  asm("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return static_cast<std::uint64_t>(high) << 32U | low;
}

CpuWords read_cpu_words() {
  CpuWords words;
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0) return words;
  if (has_bit(ecx, 27)) words.xcr0 = read_xcr0();  // OSXSAVE
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0) return words;
  words.leaf7_ebx = ebx;
  words.leaf7_edx = edx;
  if (eax >= 1 && __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0) words.leaf7_1_eax = eax;
  if (__get_cpuid_count(0x1D, 1, &eax, &ebx, &ecx, &edx) == 0) return words;
  words.tile_rows = ecx & 0xFFFFU;
  words.tile_row_bytes = ebx & 0xFFFFU;
  words.tiles = ebx >> 16U;
  return words;
}

// Straight to the kernel, because the C library's wrapper lives in a header of threads and files.
bool request_tiles() {
#if defined(__linux__)
  constexpr long kArchPrctl = 158, kRequestPermission = 0x1023, kTileData = 18;
  long result = kArchPrctl;
  asm volatile("syscall" : "+a"(result) : "D"(kRequestPermission), "S"(kTileData) : "rcx", "r11", "memory");
  return result == 0;
#else
  return false;
#endif
}

#else

CpuWords read_cpu_words() {
  return {};
}
bool request_tiles() {
  return false;
}

#endif

HalfFeatures detect() {
  const CpuWords words = read_cpu_words();
  HalfFeatures features = features_of(words, true);
  if (features.amx_bf16) features = features_of(words, request_tiles());
  return features;
}

}  // namespace

HalfFeatures features_of(const CpuWords& words, bool tiles_permitted) {
  HalfFeatures features;
  features.avx512 = (words.leaf7_ebx & kAvx512InEbx) == kAvx512InEbx && (words.xcr0 & kVectorState) == kVectorState;
  features.avx512_bf16 = features.avx512 && has_bit(words.leaf7_1_eax, 5);
  features.avx512_fp16 = features.avx512 && has_bit(words.leaf7_edx, 23);
  const bool tiles_fit = words.tiles >= 8 && words.tile_rows >= 16 && words.tile_row_bytes >= 64;
  const bool has_tiles = has_bit(words.leaf7_edx, 24) && (words.xcr0 & kTileState) == kTileState && tiles_fit;
  features.amx_bf16 = features.avx512_bf16 && has_tiles && has_bit(words.leaf7_edx, 22) && tiles_permitted;
  return features;
}

const HalfFeatures& half_features() {
  static const HalfFeatures kFeatures = detect();
  return kFeatures;
}

bool is_available(ProductPath path) {
  switch (path) {
    case ProductPath::kScalar:
      return true;
    case ProductPath::kAvx512Bf16:
      return half_features().avx512_bf16;
    case ProductPath::kAmxBf16:
      return half_features().amx_bf16;
  }
  return false;
}

bool is_available(MatrixPath path) {
  if (path == MatrixPath::kAvx512Bf16) return half_features().avx512_bf16;
  if (path == MatrixPath::kAvx512Fp16) return half_features().avx512_fp16;
  return true;
}

std::optional<ProductPath> best_product_path() {
  if (is_available(ProductPath::kAmxBf16)) return ProductPath::kAmxBf16;
  if (is_available(ProductPath::kAvx512Bf16)) return ProductPath::kAvx512Bf16;
  return std::nullopt;
}

MatrixPath best_matrix_path() {
  // fp16 first: it is more exact than bf16, and cores that have it run vdpbf16ps at half rate.
  if (is_available(MatrixPath::kAvx512Fp16)) return MatrixPath::kAvx512Fp16;
  if (is_available(MatrixPath::kAvx512Bf16)) return MatrixPath::kAvx512Bf16;
  return MatrixPath::kWideBf16;
}

const char* path_name(ProductPath path) {
  switch (path) {
    case ProductPath::kScalar:
      return "scalar";
    case ProductPath::kAvx512Bf16:
      return "avx512-bf16";
    case ProductPath::kAmxBf16:
      return "amx-bf16";
  }
  return "";
}

const char* path_name(MatrixPath path) {
  switch (path) {
    case MatrixPath::kScalarFp16:
      return "scalar-fp16";
    case MatrixPath::kScalarBf16:
      return "scalar-bf16";
    case MatrixPath::kScalarWideBf16:
      return "scalar-wide-bf16";
    case MatrixPath::kWideBf16:
      return "wide-bf16";
    case MatrixPath::kAvx512Bf16:
      return "avx512-bf16";
    case MatrixPath::kAvx512Fp16:
      return "avx512-fp16";
  }
  return "";
}

}  // namespace inkling::math
