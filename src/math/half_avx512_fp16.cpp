// The lanes of AVX512-FP16 under half_fp16-inl.h, an instruction or two a function. Conversions are those of plain
// AVX-512, which round alike; only the fused multiply-add needs the newer extension. That one is written as assembly,
// because clang 14 offers its intrinsic only to files compiled for it as a whole.
#include "math/half_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstdint>
#include <cstring>

#include "math/half_fp16-inl.h"

#define INKLING_FP16 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))

namespace inkling::math::half {
namespace {

struct HardwareLanes {
  using Register = __m512i;

  INKLING_FP16 static inline void zero(Register& out) { out = _mm512_setzero_si512(); }
  INKLING_FP16 static inline void load(Register& out, const HalfLine& line) { out = _mm512_load_si512(&line); }
  INKLING_FP16 static inline void broadcast(Register& out, const std::uint16_t* pair) {
    int bits = 0;
    std::memcpy(&bits, pair, sizeof(bits));
    out = _mm512_set1_epi32(bits);
  }
  INKLING_FP16 static inline void fma(Register& sum, const Register& a, const Register& b) {
    Register total = sum;  // a copy, or the optimiser would keep all sums in memory
    asm("vfmadd231ph %2, %1, %0" : "+v"(total) : "v"(a), "v"(b));
    sum = total;
  }
  INKLING_FP16 static inline void join(const Register& sum, const float* start, float* y) {
    const __m512 even = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(sum));
    const __m512 odd = _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(sum, 16)));
    _mm512_storeu_ps(y, _mm512_add_ps(_mm512_loadu_ps(start), _mm512_add_ps(even, odd)));
  }
  // Masked in both forms, because below -O2 g++ 12 warns of an uninitialised variable inside the plain ones.
  INKLING_FP16 static inline void round_16(const float* x, std::size_t count, std::uint16_t* halves) {
    const auto present = static_cast<__mmask16>(count >= 16 ? 0xFFFFU : (1U << count) - 1U);
    const __m512 floats = _mm512_maskz_loadu_ps(present, x);
    const __m256i rounded = _mm512_maskz_cvtps_ph(present, floats, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    std::memcpy(halves, &rounded, sizeof(rounded));
  }
  INKLING_FP16 static inline void round(const float* x, std::size_t count, HalfLine& line) {
    round_16(x, count, line.values.data());
    round_16(x + 16, count > 16 ? count - 16 : 0, line.values.data() + 16);
  }
};

}  // namespace

INKLING_FP16 void vector_avx512_fp16(const VectorTask& task) {
  fp16_vector<HardwareLanes>(task);
}

}  // namespace inkling::math::half

#else  // never chosen: half_cpu.h finds no AVX-512

namespace inkling::math::half {

void vector_avx512_fp16(const VectorTask& task) {
  vector_scalar_fp16(task);
}

}  // namespace inkling::math::half

#endif
