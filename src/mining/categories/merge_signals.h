// What speaks for two categories being one, each signal from 0 to 1:
//   queries      the same queries lead to both: cosine over the PMI of query and category
//   titles       their posts have the same title words: cosine over the PMI of word and category
//   conversions  both are among the three most clicked categories of the 24 hours before conversions: normalised PMI
//   walks        random walks over the graph of clicked categories see them in the same company: cosine of skip-gram
// Not for deciding (category_groups.h).
//
// Deterministic. Thread safety: pure. Cost: the steps sorted once a signal, and what each header below says.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/core/result.h"
#include "mining/categories/behaviour.h"
#include "mining/categories/contributions.h"
#include "mining/categories/pair_matrix.h"

namespace inkling::categories {

enum class MergeSignal : std::uint8_t { kQueries, kTitles, kConversions, kWalks };
inline constexpr std::array<std::string_view, 4> kMergeSignalNames = {"queries", "titles", "conversions", "walks"};
inline constexpr std::size_t kMergeSignals = kMergeSignalNames.size();

// A click or conversion meets the search before it in its session.
[[nodiscard]] Contributions query_contributions(const Behaviour& behaviour);
// A title's words by number, and how each contributes to categories. A word counts once a title.
struct TitleWords {
  std::vector<std::string> words;
  std::vector<std::vector<std::uint32_t>> of_post;
};
[[nodiscard]] TitleWords title_words(const Behaviour& behaviour);
[[nodiscard]] Contributions title_contributions(const Behaviour& behaviour, const TitleWords& words);

[[nodiscard]] PairMatrix conversion_likeness(const Behaviour& behaviour);
// Failure: none that input can cause; kIo where there is no room for temporary files.
[[nodiscard]] base::Result<PairMatrix> walk_likeness(const Behaviour& behaviour, std::uint64_t seed);

}  // namespace inkling::categories
