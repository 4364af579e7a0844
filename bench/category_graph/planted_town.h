// Simulated behaviour with a planted structure, for bench/figures/category-graph: a town of categories of which some
// are really one (synonyms) and some really several (kinds of an object), posts with tags of which some stand for a
// need, and shoppers who search, click and call. The same from the same seed. Nothing here comes from people.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/knowledge.h"

namespace inkling::bench {

struct TownOptions {
  std::size_t needs = 60;  // what shoppers want, each with 1 to 3 categories
  std::size_t sessions = 30'000;
  double random_clicks = 0.3;  // on any post of the town
  double wrong_titles = 0.2;   // of posts, made for another category
  double own_tags = 0.5;       // of a need, that a post of it carries
  double stray_tags = 0.3;     // of posts, that carry a tag of any need
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
  std::vector<std::string> tags;            // all that titles and posts may carry, and queries say
  // By query: the object's or kind's name, the words for the action, and what is offered with it; of everything that
  // shoppers who ask so want, and of what at least one in five of them wants.
  std::vector<std::set<std::string>> tags_of_query, main_tags_of_query;
};

[[nodiscard]] PlantedTown planted_town(const TownOptions& options);

}  // namespace inkling::bench
