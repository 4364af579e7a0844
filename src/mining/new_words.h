// Words that no dictionary knows, from how often runs of letters stand together: a word holds together inside
// (cohesion) and stands beside many different letters outside (entropy at both ends). Not for scripts with blanks.
//
// Cohesion of a run is the pointwise mutual information, in bits, of its two halves where it is least: log2 of how
// much more often they stand together than by chance. Entropy is that of the letters before it and behind it, in
// bits; the end of a run of letters and a neighbour too rare to be kept count as one more letter each, as they may be
// any. Thread safety: free function; any number of threads inside. Cost: some 100 ns an entry of all slices; 24 bytes
// each different one. Source: pointwise mutual information (Church and Hanks, 1990), branching entropy (Jin and
// Tanaka-Ishii, 2006).
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "mining/gram.h"
#include "mining/slice.h"

namespace inkling::mining {

struct NewWordOptions {
  std::uint64_t min_count = 20;
  double min_cohesion_bits = 6;
  double min_entropy_bits = 1.5;
  std::size_t threads = 1;
};

struct NewWord {
  Gram gram;  // 2 to kGramLetters - 1 letters
  std::uint64_t count = 0;
  double cohesion_bits = 0;
  double left_entropy_bits = 0;
  double right_entropy_bits = 0;
};

// In the order of their letters. `is_known` (called from all threads): what is a word already.
[[nodiscard]] std::vector<NewWord> find_new_words(std::span<const Slice> slices, const NewWordOptions& options,
                                                  const std::function<bool(const Gram&)>& is_known);

}  // namespace inkling::mining
