// What people need, in their own words: queries that enough shoppers ask become needs, each with the categories it
// leads to. Not for rewriting queries.
//
// Thread safety: pure. Cost: one pass over the steps. Nothing can fail.
#pragma once

#include <cstdint>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/contributions.h"

namespace inkling::categories {

struct Need {
  std::uint32_t query = 0;               // of Behaviour::queries
  std::uint32_t searches = 0;            // of different shoppers
  std::vector<Contribution> categories;  // by category
};

// By query. Queries that lead nowhere are no needs.
[[nodiscard]] std::vector<Need> frequent_needs(const Behaviour& behaviour, const Contributions& contributions,
                                               std::uint32_t least_shoppers);

}  // namespace inkling::categories
