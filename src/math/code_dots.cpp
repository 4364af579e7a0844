#include "math/code_dots.h"

#include <array>
#include <cassert>
#include <cstring>

#include "hwy/cache_control.h"

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/code_dots.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

#if HWY_TARGET == HWY_SCALAR

void code_dots_lanes(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
                     std::span<std::int32_t> sums) {
  reference::code_dots(blocks, vectors, queries, sums);
}
std::size_t find_reaching_lanes(std::span<const std::int32_t> sums, std::span<const float> scales, float slack,
                                float threshold, std::span<std::uint32_t> reaching) {
  return reference::find_reaching(sums, scales, slack, threshold, reaching);
}

#else

// The processor's own prefetching ends at every page of 4 KiB; this reaches into the next one.
constexpr std::size_t kPrefetchSteps = 128;

using SumTag = hn::CappedTag<std::int32_t, kCodeRows>;

// One block with kQueries vectors, whose sums stay in registers while each code is widened once for all of them.
template <std::size_t kQueries>
HWY_INLINE void multiply_block(const CodeStep* block, std::size_t pairs, const EntryPair* vectors, std::int32_t* sums,
                               std::size_t rows) {
  const SumTag d;
  const hn::Repartition<std::int16_t, SumTag> wide;
  const hn::Rebind<std::int8_t, decltype(wide)> narrow;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t part = 0; part < kCodeRows; part += lanes) {
    hn::Vec<SumTag> even[kQueries], odd[kQueries];
    INKLING_UNROLL for (std::size_t q = 0; q < kQueries; ++q) even[q] = odd[q] = hn::Zero(d);
    for (std::size_t j = 0; j < pairs; ++j) {
      if (part == 0) hwy::Prefetch(block + j + kPrefetchSteps);
      const auto codes = hn::PromoteTo(wide, hn::LoadU(narrow, block[j].codes.data() + 2 * part));
      INKLING_UNROLL for (std::size_t q = 0; q < kQueries; ++q) {
        std::int32_t both = 0;
        std::memcpy(&both, vectors + q * pairs + j, sizeof both);
        const auto entries = hn::BitCast(wide, hn::Set(d, both));
        even[q] = hn::ReorderWidenMulAccumulate(d, codes, entries, even[q], odd[q]);
      }
    }
    INKLING_UNROLL for (std::size_t q = 0; q < kQueries; ++q) {
      hn::StoreU(hn::RearrangeToOddPlusEven(even[q], odd[q]), d, sums + q * rows + part);
    }
  }
}

template <std::size_t kQueries>
void multiply_blocks(std::span<const CodeStep> blocks, std::size_t pairs, const EntryPair* vectors,
                     std::int32_t* sums, std::size_t rows) {
  for (std::size_t row = 0; row < rows; row += kCodeRows) {
    multiply_block<kQueries>(blocks.data() + row / kCodeRows * pairs, pairs, vectors, sums + row, rows);
  }
}

void code_dots_lanes(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
                     std::span<std::int32_t> sums) {
  const std::size_t pairs = vectors.size() / queries, rows = sums.size() / queries;
  std::size_t q = 0;
  for (; q + 4 <= queries; q += 4) {
    multiply_blocks<4>(blocks, pairs, vectors.data() + q * pairs, sums.data() + q * rows, rows);
  }
  for (; q < queries; ++q) {
    multiply_blocks<1>(blocks, pairs, vectors.data() + q * pairs, sums.data() + q * rows, rows);
  }
}

std::size_t find_reaching_lanes(std::span<const std::int32_t> sums, std::span<const float> scales, float slack,
                                float threshold, std::span<std::uint32_t> reaching) {
  const WideTag d;
  const hn::Rebind<std::int32_t, WideTag> whole;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t count = 0, i = 0;
  for (; i + lanes <= sums.size(); i += lanes) {
    const auto sum = hn::ConvertTo(d, hn::LoadU(whole, sums.data() + i));
    const auto bound = hn::Mul(hn::LoadU(d, scales.data() + i), hn::Add(sum, hn::Set(d, slack)));
    const auto reaches = hn::Ge(bound, hn::Set(d, threshold));
    if (HWY_LIKELY(hn::AllFalse(d, reaches))) continue;
    std::array<std::uint8_t, 8> bits{};
    hn::StoreMaskBits(d, reaches, bits.data());
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      if ((bits[lane / 8] >> lane % 8 & 1) != 0) reaching[count++] = static_cast<std::uint32_t>(i + lane);
    }
  }
  const std::size_t found =
      reference::find_reaching(sums.subspan(i), scales.subspan(i), slack, threshold, reaching.subspan(count));
  for (std::size_t tail = 0; tail < found; ++tail) reaching[count + tail] += static_cast<std::uint32_t>(i);
  return count + found;
}

#endif

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(code_dots_lanes);
HWY_EXPORT(find_reaching_lanes);

void code_dots(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
               std::span<std::int32_t> sums) {
  assert(queries > 0 && vectors.size() % queries == 0 && sums.size() % (queries * kCodeRows) == 0);
  assert(blocks.size() * kCodeRows == sums.size() / queries * (vectors.size() / queries));
  HWY_DYNAMIC_DISPATCH(code_dots_lanes)(blocks, vectors, queries, sums);
}

std::size_t find_reaching(std::span<const std::int32_t> sums, std::span<const float> scales, float slack,
                          float threshold, std::span<std::uint32_t> reaching) {
  assert(scales.size() == sums.size() && reaching.size() >= sums.size());
  return HWY_DYNAMIC_DISPATCH(find_reaching_lanes)(sums, scales, slack, threshold, reaching);
}

}  // namespace inkling::math
#endif  // HWY_ONCE
