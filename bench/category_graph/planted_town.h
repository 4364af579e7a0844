// Simulated behaviour with a planted structure, for bench/figures/category-graph: a town of categories of which some
// are really one (synonyms) and some really several (kinds of an object), posts, and shoppers who search, click and
// call. The same from the same seed. Nothing here comes from people.
#pragma once

#include <cstdint>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/knowledge.h"

namespace inkling::bench {

struct TownOptions {
  std::size_t needs = 60;  // what shoppers want, each with 1 to 3 categories
  std::size_t sessions = 30'000;
  double random_clicks = 0.3;  // on any post of the town
  double wrong_titles = 0.2;   // of posts, made for another category
  double unknown_kinds = 0.2;  // of kinds that the knowledge file does not have
  bool planted = true;         // false: shoppers and titles do not know of needs and categories
  std::uint64_t seed = 1;
};

struct PlantedTown {
  categories::Behaviour behaviour;
  categories::Knowledge knowledge;
  std::vector<std::uint32_t> need_of_category;
  std::vector<std::uint32_t> kind_of_post;  // of all kinds of all needs
  std::vector<bool> is_several;             // by need: it has more kinds than one
  std::vector<bool> has_wrong_title;        // by post
};

[[nodiscard]] PlantedTown planted_town(const TownOptions& options);

}  // namespace inkling::bench
