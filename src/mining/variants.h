// Which candidates are another way to write a more frequent one. Thread safety: free function. Cost: linear in the
// candidates, times the bytes of a word.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "mining/candidates.h"

namespace inkling::mining {

struct VariantOptions {
  double min_similarity = 0.9;  // cosine of the counts by industry
  double max_typo_share = 0.2;  // of the count of the word that it is a misspelling of
};

// For each candidate the one that it is a variant of, itself when of none. What is a variant has none.
[[nodiscard]] std::vector<std::size_t> variants_of(std::span<const Candidate> words, const VariantOptions& options);

}  // namespace inkling::mining
