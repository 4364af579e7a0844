// Dimensions grow from their seeds: in each round every word that has none goes to the dimension whose nearest
// members are nearest to it, if they are near enough and clearly nearer than the next dimension's; it is a seed from
// the next round on. Rounds end when nobody moves. Words left over that are near each other are told as a dimension
// that may be missing. Of one industry; not for learning vectors (mining/vectors).
//
// Deterministic. Thread safety: pure. Cost: words times members, once over all rounds. Failure: none; a word without
// a vector, or whose vector is zero, is never placed and told apart.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mining/vectors/word_vectors.h"

namespace inkling::dimensions {

struct GrowthOptions {
  double threshold = 0.5;   // mean cosine to the nearest members from which a word is near enough
  double margin = 0.05;     // by which the best dimension must be nearer than the next
  std::size_t nearest = 3;  // members whose mean counts; fewer where a dimension has fewer
  std::size_t rounds = 50;  // at most
  double company = 0.6;     // cosine from which words left over are of one missing dimension
  std::size_t least_missing = 5;
};

struct Placement {
  std::uint32_t word = 0;       // of the words asked about
  std::uint32_t dimension = 0;  // of the seeds
  std::uint32_t round = 0;      // from 1 on
  float similarity = 0;
};

struct Growth {
  std::vector<Placement> placed;  // by round, then by word
  std::vector<std::uint32_t> unplaced;
  std::vector<std::uint32_t> without_vector;        // not among unplaced
  std::vector<std::vector<std::uint32_t>> missing;  // groups of unplaced words, the largest first
  std::uint32_t rounds = 0;                         // in which something was placed
};

// `seeds` has a list of words a dimension; `words` are none of them. Words are named as in `vectors` (word_token).
[[nodiscard]] Growth grow(const vectors::WordVectors& vectors, std::span<const std::vector<std::string>> seeds,
                          std::span<const std::string> words, const GrowthOptions& options);

}  // namespace inkling::dimensions
