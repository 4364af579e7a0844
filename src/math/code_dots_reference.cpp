#include <algorithm>
#include <cassert>

#include "math/code_dots.h"

namespace inkling::math::reference {

void code_dots(std::span<const CodeStep> blocks, std::span<const EntryPair> vectors, std::size_t queries,
               std::span<std::int32_t> sums) {
  assert(queries > 0 && vectors.size() % queries == 0 && sums.size() % (queries * kCodeRows) == 0);
  const std::size_t pairs = vectors.size() / queries, rows = sums.size() / queries;
  assert(blocks.size() * kCodeRows == rows * pairs);
  std::ranges::fill(sums, 0);
  for (std::size_t at = 0; at < sums.size() * pairs; ++at) {
    const std::size_t query = at / (rows * pairs), row = at / pairs % rows, j = at % pairs;
    const CodeStep& step = blocks[row / kCodeRows * pairs + j];
    const EntryPair pair = vectors[query * pairs + j];
    const std::size_t lane = row % kCodeRows;
    sums[query * rows + row] += step.codes[2 * lane] * pair.even + step.codes[2 * lane + 1] * pair.odd;
  }
}

std::size_t find_reaching(std::span<const std::int32_t> sums, std::span<const float> scales, float slack,
                          float threshold, std::span<std::uint32_t> reaching) {
  assert(scales.size() == sums.size() && reaching.size() >= sums.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (scales[i] * (static_cast<float>(sums[i]) + slack) < threshold) continue;
    reaching[count++] = static_cast<std::uint32_t>(i);
  }
  return count;
}

}  // namespace inkling::math::reference
