// What people need, in their own words: queries that enough shoppers ask become needs, each with the categories it
// leads to. Those that nobody answers say that a category may be missing. Not for rewriting queries.
//
// Thread safety: pure. Cost: one pass over the steps. Nothing can fail.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/contributions.h"

namespace inkling::categories {

struct Need {
  std::uint32_t query = 0;               // of Behaviour::queries
  std::uint32_t searches = 0;            // of different shoppers
  std::vector<Contribution> categories;  // by category
};

// Frequent queries of which fewer than one in ten is followed by a click or a conversion in its session, or that lead
// to no category, put together by words that no answered need has: a category that posts do not have yet, known from
// queries alone.
struct MissingCategory {
  std::vector<Need> needs;         // the most asked first; their categories are empty
  std::vector<std::string> words;  // that hold them together, the most frequent first; none: one query alone
};

// By query. Queries that lead nowhere are no needs.
[[nodiscard]] std::vector<Need> frequent_needs(const Behaviour& behaviour, const Contributions& contributions,
                                               std::uint32_t least_shoppers);
// The most asked first.
[[nodiscard]] std::vector<MissingCategory> missing_categories(const Behaviour& behaviour,
                                                              const Contributions& contributions,
                                                              std::uint32_t least_shoppers);

}  // namespace inkling::categories
