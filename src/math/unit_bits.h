// Layers of leaky ReLU units behind one score a row, when they learn: what such a layer has to remember of a unit is
// one bit, whether its sum was above 0. Not for scoring, and not for layers that anything else reads.
//
// A gradient g_r of row r's score reaches the layer's sums as g_r q_j (bit_rj ? 1 : slope). So both products of the
// way back have a factor of zeros and ones, and a sum of rows that four bits choose is one of 16, made once for many
// uses (Arlazarov, Dinic, Kronrod and Faradzev, 1970, "Method of the Four Russians"): a third of the products'
// operations, and the same numbers up to the order of summation.
//
// Bits: [rows x units / 8], unit j of a row in bit j % 8 of byte j / 8. Units are multiples of 8 (pad with zeros: a
// unit of sum 0 has no bit). Other matrices are row-major without gaps. math::f is SIMD, math::reference::f in
// unit_bits_plain.h the specification, a template over the number type; they agree up to rounding. Sizes are
// asserted; 0 rows are allowed; no alignment is needed. Thread safety: pure functions. Cost: told at each; no
// allocation but in SubsetSums.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::math {

// Of a fixed matrix [units x width]: the sums of all subsets of each four rows that follow each other. Immutable.
// Memory: four matrices. Blocks of columns so narrow that a block's sums stay in L1.
template <class Real>
class SubsetSums {
 public:
  static constexpr std::size_t kSubsets = 16, kBlockColumns = 32;

  // `base` [width]: what every sum of chosen rows starts from.
  SubsetSums(std::span<const Real> rows, std::span<const Real> base)
      : width_(base.size()), groups_(rows.size() / width_ / 4), base_(base.begin(), base.end()) {
    assert(rows.size() % (8 * width_) == 0);
    lines_.resize((width_ + kBlockColumns - 1) / kBlockColumns * groups_ * kSubsets * kBlockColumns / kLine);
    for (std::size_t g = 0; g < groups_; ++g) {
      for (std::size_t subset = 1; subset < kSubsets; ++subset) {
        const std::size_t rest = subset & (subset - 1);  // without its lowest bit
        const std::size_t row = 4 * g + (subset & 1 ? 0 : subset & 2 ? 1 : subset & 4 ? 2 : 3);
        for (std::size_t i = 0; i < width_; ++i) slot(g, subset, i) = slot(g, rest, i) + rows[row * width_ + i];
      }
    }
  }

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t units() const { return 4 * groups_; }
  [[nodiscard]] const Real* base() const { return base_.data(); }
  // [4-bit groups x 16 x kBlockColumns], of the columns from `column`, a multiple of kBlockColumns.
  [[nodiscard]] const Real* block(std::size_t column) const {
    return lines_.data()->data() + column * groups_ * kSubsets;
  }
  // Entry `column` of row `unit`.
  [[nodiscard]] Real at(std::size_t unit, std::size_t column) const {
    return const_cast<SubsetSums*>(this)->slot(unit / 4, std::size_t{1} << unit % 4, column);
  }

 private:
  static constexpr std::size_t kLine = 64 / sizeof(Real);
  struct alignas(64) Line : std::array<Real, kLine> {};

  Real& slot(std::size_t group, std::size_t subset, std::size_t column) {
    const std::size_t block = column / kBlockColumns * kBlockColumns;
    const std::size_t at = block * groups_ * kSubsets + (group * kSubsets + subset) * kBlockColumns + column - block;
    return lines_[at / kLine][at % kLine];
  }

  std::size_t width_, groups_;
  std::vector<Real> base_;
  std::vector<Line> lines_;
};

// scores_r = leaky(rows_r) . query, and the bits of rows_r. One pass.
void unit_scores(float slope, std::span<const float> query, std::span<const float> rows, std::span<float> scores,
                 std::span<std::uint8_t> bits);

// The gradient of a layer before, through its own leaky ReLU: gradients_r = factors_r (base + sum of the rows that
// bits_r choose), times slope where outputs_r is not above 0; their sum is added to `shift_gradient`. units / 4
// additions an entry.
void chosen_sums_back(const SubsetSums<float>& sums, std::span<const std::uint8_t> bits,
                      std::span<const float> factors, float slope, std::span<const float> outputs,
                      std::span<float> gradients, std::span<float> shift_gradient);

// sums_j [units x width] += sum over r of bit_rj factors_r x_r, and counts_j the same of 1 in the place of x_r; both
// have one row more, in which every bit is 1. units / 4 + 4 additions an
// entry of x.
void add_chosen_rows(std::span<const std::uint8_t> bits, std::span<const float> factors, std::span<const float> x,
                     std::span<float> sums, std::span<float> counts);

}  // namespace inkling::math
