// Which reduced-precision instructions this machine and its operating system let a process use, and which path of
// half_product.h and half_matrix.h follows from that.
//
// Asked once per process, on first use; that is also when the kernel is asked for the AMX tiles (Linux on x86-64
// grants their 8 KiB of thread state only on request; a thread that already ran keeps that right). Elsewhere, wasm
// included, everything is absent and only the portable paths remain. Thread safety: all functions may be called from
// any thread. Cost: one atomic load after the first call. Failure: none; what is refused counts as absent.
// Source: Intel 64 manuals, CPUID leaves 7 and 1DH, XGETBV; Linux documentation "xstate", ARCH_REQ_XCOMP_PERM.
#pragma once

#include <cstdint>
#include <optional>

namespace inkling::math {

struct HalfFeatures {
  bool avx512 = false;       // F, BW, DQ, VL and the state of their registers
  bool avx512_bf16 = false;  // vdpbf16ps
  bool avx512_fp16 = false;  // arithmetic on 32 lanes of fp16
  bool amx_bf16 = false;     // tdpbf16ps, tiles of palette 1 and the kernel's permission
};

[[nodiscard]] const HalfFeatures& half_features();

// How a product of bf16 factors is computed. All paths share one contract (half_product.h).
enum class ProductPath { kScalar, kAvx512Bf16, kAmxBf16 };

// How a matrix of 16-bit weights meets one vector; each number format has a scalar reference (half_matrix.h).
enum class MatrixPath { kScalarFp16, kScalarBf16, kScalarWideBf16, kWideBf16, kAvx512Bf16, kAvx512Fp16 };

[[nodiscard]] bool is_available(ProductPath path);
[[nodiscard]] bool is_available(MatrixPath path);

// The fastest available; nothing where float is as fast (math/product.h serves then).
[[nodiscard]] std::optional<ProductPath> best_product_path();
// Always a path: bf16 weights widened to float need no special instruction.
[[nodiscard]] MatrixPath best_matrix_path();

// For reports: "amx-bf16", "wide-bf16", ...
[[nodiscard]] const char* path_name(ProductPath path);
[[nodiscard]] const char* path_name(MatrixPath path);

// The decision itself, on the words that the processor reports, so that tests can play any machine.
struct CpuWords {
  std::uint32_t leaf7_ebx = 0;
  std::uint32_t leaf7_edx = 0;
  std::uint32_t leaf7_1_eax = 0;
  std::uint32_t tile_rows = 0;       // leaf 1DH.1, ECX 15..0
  std::uint32_t tile_row_bytes = 0;  // leaf 1DH.1, EBX 15..0
  std::uint32_t tiles = 0;           // leaf 1DH.1, EBX 31..16
  std::uint64_t xcr0 = 0;
};
// `tiles_permitted` is what the operating system answered to the request for tiles.
[[nodiscard]] HalfFeatures features_of(const CpuWords& words, bool tiles_permitted);

}  // namespace inkling::math
