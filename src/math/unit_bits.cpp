// Plain form: unit_bits_plain.h.
#include "math/unit_bits.h"

#include <algorithm>
#include <cstring>

// clang-format off
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "math/unit_bits.cpp"
#include "hwy/foreach_target.h"  // compiles this file again for every instruction set; must precede highway.h
#include "hwy/highway.h"
#include "math/lanes-inl.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace inkling::math::HWY_NAMESPACE {
namespace {

inline constexpr std::size_t kSubsets = SubsetSums<float>::kSubsets;
inline constexpr std::size_t kBlockColumns = SubsetSums<float>::kBlockColumns;

struct Scoring {
  float slope;
  const float* query;
  std::size_t units;
};

// Units [i, i + Lanes) of a row: their part of the score, their bits from bit i % 8 of bits[i / 8] on.
template <class D>
HWY_INLINE hn::Vec<D> score_part(D d, const Scoring& in, const float* row, std::size_t i, hn::Vec<D> sum,
                                 std::uint8_t* bits) {
  const auto value = hn::LoadU(d, row + i);
  std::uint8_t own[8];
  const std::size_t size = hn::StoreMaskBits(d, hn::Gt(value, hn::Zero(d)), own);
  if (hn::Lanes(d) >= 8) {
    std::memcpy(bits + i / 8, own, size);
  } else {
    bits[i / 8] = static_cast<std::uint8_t>((i % 8 == 0 ? 0 : bits[i / 8]) | own[0] << i % 8);
  }
  return hn::MulAdd(hn::Max(value, hn::Mul(hn::Set(d, in.slope), value)), hn::LoadU(d, in.query + i), sum);
}

template <class D>
HWY_INLINE float score_of(D d, const Scoring& in, const float* row, std::size_t& i, std::uint8_t* bits) {
  auto sum = hn::Zero(d);
  for (; i + hn::Lanes(d) <= in.units; i += hn::Lanes(d)) sum = score_part(d, in, row, i, sum, bits);
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

void unit_scores_lanes(float slope, const float* query, std::size_t units, const float* rows, float* scores,
                       std::size_t count, std::uint8_t* bits) {
  const Scoring in{slope, query, units};
  for (std::size_t r = 0; r < count; ++r, rows += units, bits += units / 8) {
    std::size_t i = 0;
    const float wide = score_of(WideTag(), in, rows, i, bits);
    scores[r] = i == units ? wide : wide + score_of(EightTag(), in, rows, i, bits);
  }
}

struct BackInput {
  const std::uint8_t* bits;
  std::size_t bytes;  // of a row's bits
  const float* factors;
  std::size_t rows;
  float slope;
  const float* outputs;
  float* gradients;
  float* shift_gradient;
  std::size_t width;
};

// Columns [column, column + kVectors Lanes) of all rows; `sums` and `base` begin at that column.
template <std::size_t kVectors, class D>
HWY_INLINE void back_columns(D d, const BackInput& in, const float* sums, const float* base, std::size_t column) {
  const std::size_t lanes = hn::Lanes(d);
  const auto low = hn::Set(d, in.slope), one = hn::Set(d, 1.0F);
  hn::Vec<D> first[kVectors], of_shift[kVectors];
  INKLING_UNROLL
  for (std::size_t v = 0; v < kVectors; ++v) {
    first[v] = hn::LoadU(d, base + v * lanes);
    of_shift[v] = hn::Zero(d);
  }
  const std::uint8_t* bits = in.bits;
  for (std::size_t r = 0; r < in.rows; ++r, bits += in.bytes) {
    hn::Vec<D> even[kVectors], odd[kVectors];
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      even[v] = first[v];
      odd[v] = hn::Zero(d);
    }
    const float* group = sums;
    for (std::size_t b = 0; b < in.bytes; ++b, group += 2 * kSubsets * kBlockColumns) {
      const float* left = group + (bits[b] & 15U) * kBlockColumns;
      const float* right = group + (kSubsets + (bits[b] >> 4U)) * kBlockColumns;
      INKLING_UNROLL
      for (std::size_t v = 0; v < kVectors; ++v) {
        even[v] = hn::Add(even[v], hn::LoadU(d, left + v * lanes));
        odd[v] = hn::Add(odd[v], hn::LoadU(d, right + v * lanes));
      }
    }
    const auto factor = hn::Set(d, in.factors[r]);
    const std::size_t at = r * in.width + column;
    INKLING_UNROLL
    for (std::size_t v = 0; v < kVectors; ++v) {
      const auto above = hn::Gt(hn::LoadU(d, in.outputs + at + v * lanes), hn::Zero(d));
      const auto sum = hn::Mul(factor, hn::Add(even[v], odd[v]));
      const auto gradient = hn::Mul(sum, hn::IfThenElse(above, one, low));
      hn::StoreU(gradient, d, in.gradients + at + v * lanes);
      of_shift[v] = hn::Add(of_shift[v], gradient);
    }
  }
  INKLING_UNROLL
  for (std::size_t v = 0; v < kVectors; ++v) {
    float* at = in.shift_gradient + column + v * lanes;
    hn::StoreU(hn::Add(hn::LoadU(d, at), of_shift[v]), d, at);
  }
}

// As an operation of lanes-inl.h, over the columns of one block from `begin` on.
struct BackColumns {
  const BackInput& in;
  const float* sums;
  const float* base;
  std::size_t begin;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    back_columns<1>(d, in, sums + i, base + begin + i, begin + i);
  }
};

void chosen_sums_back_lanes(const SubsetSums<float>& sums, const std::uint8_t* bits, const float* factors,
                            std::size_t rows, float slope, const float* outputs, float* gradients,
                            float* shift_gradient) {
  const BackInput in{bits, sums.units() / 8, factors, rows, slope, outputs, gradients, shift_gradient, sums.width()};
  const WideTag d;
  const std::size_t two = 2 * hn::Lanes(d);
  for (std::size_t begin = 0; begin < in.width; begin += kBlockColumns) {
    const std::size_t size = std::min(kBlockColumns, in.width - begin);
    const float* block = sums.block(begin);
    std::size_t done = 0;
    for (; done + two <= size; done += two) {
      back_columns<2>(d, in, block + done, sums.base() + begin + done, begin + done);
    }
    apply_to_lanes(size - done, BackColumns{in, block + done, sums.base(), begin + done});
  }
}

// Of a byte of bits: eight bytes, the j-th of them 8 times bit j.
struct SpreadBits {
  constexpr SpreadBits() : words() {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      for (std::size_t j = 0; j < 8; ++j) words[byte] |= std::uint64_t{byte >> j & 1U} << (8 * j + 3);
    }
  }
  std::uint64_t words[256];
};
inline constexpr SpreadBits kSpread;

// So many groups of four rows at a time, so that a group of columns' subset sums stay in L1, and so many units.
inline constexpr std::size_t kGroups = 25, kUnits = 64, kUnitsAtOnce = kManyRegisters ? 16 : 8;

// Of up to 4 kGroups rows and kUnits units.
struct Chosen {
  std::uint8_t subsets[kGroups][kUnits];  // 8 times which of the group's four rows the unit chooses
  const float* factors;
  std::size_t rows, units;
  const float* x;
  float* sums;
  float* all;  // nullptr: are counted elsewhere
  std::size_t width;

  [[nodiscard]] std::size_t groups() const { return (rows + 3) / 4; }

  void read(const std::uint8_t* bits, std::size_t bytes) {
    for (std::size_t g = 0; g < groups(); ++g) {
      const std::uint8_t* row[4];  // past the end a row that is there, whose factor will be 0
      for (std::size_t r = 0; r < 4; ++r) row[r] = bits + std::min(4 * g + r, rows - 1) * bytes;
      for (std::size_t b = 0; b < units / 8; ++b) {
        const std::uint64_t word = kSpread.words[row[0][b]] | kSpread.words[row[1][b]] << 1 |
                                   kSpread.words[row[2][b]] << 2 | kSpread.words[row[3][b]] << 3;
        std::memcpy(&subsets[g][8 * b], &word, sizeof(word));
      }
    }
  }

  // The sums of all subsets of a group's rows, of one group of columns.
  template <class D>
  HWY_INLINE void fill(D d, std::size_t column, std::size_t group, float* table) const {
    const auto row = [&](std::size_t r) {
      const std::size_t at = 4 * group + r;
      return at < rows ? hn::Mul(hn::Set(d, factors[at]), hn::LoadU(d, x + at * width + column)) : hn::Zero(d);
    };
    hn::Vec<D> sum[kSubsets];
    sum[0] = hn::Zero(d);
    INKLING_UNROLL
    for (std::size_t r = 0; r < 4; ++r) {
      const auto more = row(r);
      INKLING_UNROLL
      for (std::size_t s = 0; s < kSubsets / 2; ++s) {  // a bound that no compiler has to work out
        if (s < std::size_t{1} << r) sum[(std::size_t{1} << r) + s] = hn::Add(sum[s], more);
      }
    }
    INKLING_UNROLL
    for (std::size_t s = 0; s < kSubsets; ++s) hn::Store(sum[s], d, table + s * hn::Lanes(d));
  }

  // Of kCount units from `unit` on. With kFill the table is filled on the way: stores of the next group's subset sums
  // pass beside loads of this one's.
  template <std::size_t kCount, bool kFill, class D>
  HWY_INLINE void add(D d, std::size_t column, std::size_t unit, float* table) const {
    constexpr std::size_t kLanes = hn::MaxLanes(D());
    hn::Vec<D> sum[kCount];
    float* to = sums + unit * width + column;
    INKLING_UNROLL
    for (std::size_t u = 0; u < kCount; ++u) sum[u] = hn::LoadU(d, to + u * width);
    if (kFill) fill(d, column, 0, table);
    for (std::size_t g = 0; g < groups(); ++g, table += kSubsets * kLanes) {
      if (kFill && g + 1 < groups()) fill(d, column, g + 1, table + kSubsets * kLanes);
      const std::uint8_t* subset = &subsets[g][unit];
      INKLING_UNROLL
      for (std::size_t u = 0; u < kCount; ++u) {
        sum[u] = hn::Add(sum[u], hn::Load(d, table + std::size_t{subset[u]} * kLanes / 8));
      }
    }
    INKLING_UNROLL
    for (std::size_t u = 0; u < kCount; ++u) hn::StoreU(sum[u], d, to + u * width);
  }

  template <class D>
  HWY_INLINE void operator()(D d, std::size_t column) const {
    constexpr std::size_t kLanes = hn::MaxLanes(D());
    HWY_ALIGN float table[kGroups * kSubsets * kLanes];
    std::size_t unit = 0;
    if (units >= kUnitsAtOnce) {
      add<kUnitsAtOnce, true>(d, column, 0, table);
      unit = kUnitsAtOnce;
    } else {
      add<8, true>(d, column, 0, table);
      unit = 8;
    }
    for (; unit + kUnitsAtOnce <= units; unit += kUnitsAtOnce) add<kUnitsAtOnce, false>(d, column, unit, table);
    for (; unit < units; unit += 8) add<8, false>(d, column, unit, table);
    if (all == nullptr) return;
    auto sum = hn::LoadU(d, all + column);
    for (std::size_t g = 0; g < groups(); ++g) {
      sum = hn::Add(sum, hn::Load(d, table + (g * kSubsets + kSubsets - 1) * kLanes));
    }
    hn::StoreU(sum, d, all + column);
  }
};

// counts_j += sum over r of bit_rj factors_r, a group of units over all rows.
struct CountUnits {
  const std::uint8_t* bits;
  std::size_t bytes;
  const float* factors;
  std::size_t rows;
  float* counts;
  template <class D>
  HWY_INLINE void operator()(D d, std::size_t i) const {
    auto sum = hn::LoadU(d, counts + i);
    const std::uint8_t* at = bits + i / 8;
    for (std::size_t r = 0; r < rows; ++r, at += bytes) {
      std::uint8_t own[8] = {static_cast<std::uint8_t>(at[0] >> i % 8)};
      if (hn::MaxLanes(d) > 8) own[1] = at[1];
      sum = hn::Add(sum, hn::IfThenElseZero(hn::LoadMaskBits(d, own), hn::Set(d, factors[r])));
    }
    hn::StoreU(sum, d, counts + i);
  }
};

void add_chosen_rows_lanes(const std::uint8_t* bits, std::size_t units, const float* factors, std::size_t count,
                           const float* x, float* sums, std::size_t width, float* counts) {
  const std::size_t bytes = units / 8;
  const CountUnits count_units{bits, bytes, factors, count, counts};
  apply_groups(EightTag(), apply_groups(WideTag(), 0, units, count_units), units, count_units);
  for (std::size_t r = 0; r < count; ++r) counts[units] += factors[r];
  Chosen chosen;
  chosen.width = width;
  for (std::size_t row = 0; row < count; row += 4 * kGroups) {
    for (std::size_t unit = 0; unit < units; unit += kUnits) {
      chosen.factors = factors + row;
      chosen.rows = std::min(4 * kGroups, count - row);
      chosen.units = std::min(kUnits, units - unit);
      chosen.x = x + row * width;
      chosen.sums = sums + unit * width;
      chosen.all = unit == 0 ? sums + units * width : nullptr;
      chosen.read(bits + row * bytes + unit / 8, bytes);
      apply_to_lanes(width, chosen);
    }
  }
}

}  // namespace
// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace inkling::math::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace inkling::math {

HWY_EXPORT(unit_scores_lanes);
HWY_EXPORT(chosen_sums_back_lanes);
HWY_EXPORT(add_chosen_rows_lanes);

void unit_scores(float slope, std::span<const float> query, std::span<const float> rows, std::span<float> scores,
                 std::span<std::uint8_t> bits) {
  assert(query.size() % 8 == 0 && rows.size() == scores.size() * query.size() && bits.size() * 8 == rows.size());
  HWY_DYNAMIC_DISPATCH(unit_scores_lanes)
  (slope, query.data(), query.size(), rows.data(), scores.data(), scores.size(), bits.data());
}

void chosen_sums_back(const SubsetSums<float>& sums, std::span<const std::uint8_t> bits,
                      std::span<const float> factors, float slope, std::span<const float> outputs,
                      std::span<float> gradients, std::span<float> shift_gradient) {
  assert(bits.size() * 8 == factors.size() * sums.units() && shift_gradient.size() == sums.width());
  assert(outputs.size() == factors.size() * sums.width() && gradients.size() == outputs.size());
  HWY_DYNAMIC_DISPATCH(chosen_sums_back_lanes)
  (sums, bits.data(), factors.data(), factors.size(), slope, outputs.data(), gradients.data(), shift_gradient.data());
}

void add_chosen_rows(std::span<const std::uint8_t> bits, std::span<const float> factors, std::span<const float> x,
                     std::span<float> sums, std::span<float> counts) {
  if (factors.empty()) return;
  const std::size_t width = x.size() / factors.size(), units = 8 * (bits.size() / factors.size());
  assert(x.size() == factors.size() * width && bits.size() * 8 == factors.size() * units);
  assert(sums.size() == (units + 1) * width && counts.size() == units + 1);
  HWY_DYNAMIC_DISPATCH(add_chosen_rows_lanes)
  (bits.data(), units, factors.data(), factors.size(), x.data(), sums.data(), width, counts.data());
}

}  // namespace inkling::math
#endif  // HWY_ONCE
