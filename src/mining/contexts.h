// Whether a word means the same in two industries, from the letters around it: words that only share their spelling
// stand beside different ones. Only words written without blanks. Thread safety: free function; threads inside.
// Cost: one pass over all texts, for words that were not asked for before (kept_phrases.h). Failure: what writing
// what is kept may meet.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mining/candidates.h"

namespace inkling::mining {

// Industries of a word to compare, by their numbers among all.
struct ContextQuestion {
  std::string word;
  std::vector<std::uint32_t> industries;
};

// For each question, how like its likest two industries are: the cosine between the counts of the two letters before
// the word and of the two behind it, over the same between two halves of one industry's texts, where that is least.
// From 0 (nothing in common) to 1 (no more different than an industry is from itself); 1 too where there are too few
// occurrences to tell, and for a word that is no run of letters.
[[nodiscard]] base::Result<std::vector<double>> context_similarity(std::span<const Slice> slices,
                                                                   std::span<const std::string> industries,
                                                                   std::span<const ContextQuestion> questions,
                                                                   std::size_t threads);

}  // namespace inkling::mining
