// Which tags stand for a need: those in its own words, and those of the posts that are clicked and called after it
// clearly more often than chance has it. Not for which categories a need leads to (needs.h).
//
// A tag in the need's words stands for it unless shoppers had their say and chose posts with it no more often than
// others ("附近"). A tag of posts needs clicks, a lift (pointwise mutual information with what is clicked after all
// searches) and more than chance: the share of clicks that go to posts with it deviates from the share overall as
// far as the number of posts allows, less one post, because a thousand clicks on one post speak for that post and not
// for its tags. Deterministic. Thread safety: pure. Cost: linear in titles, and in the tags of clicked posts, 8 bytes
// each. Nothing can fail. Source of the number of posts: Kish, "Survey Sampling", 1965 (effective sample size).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mining/categories/behaviour.h"
#include "mining/categories/needs.h"
#include "tag/tag_graph.h"

namespace inkling::categories {

struct NeedTagOptions {
  std::uint32_t least_clicks = 5;  // of posts with the tag, after the need
  double least_pmi = 0.4;          // natural logarithm: half as often again as by chance
  double least_deviation = 2;      // from the share overall, in standard deviations, less one post
  std::size_t most = 20;           // tags of a need, the weightiest
};

struct NeedTag {
  std::uint32_t need = 0;    // of the needs
  std::uint32_t tag = 0;     // a row of the graph
  float words = 0;           // share of the need's bytes that name it
  std::uint32_t clicks = 0;  // of posts with it, conversions among them; 0: too few or by chance
  float pmi = 0;             // doubted_pmi() of those clicks; 0 likewise
  float weight = 0;          // in (0, 1]: 1 - (1 - words) (1 - tanh(pmi / 2))
};

// Rows of the tags in each post's title and among what its owner gave it, in order, no two alike.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> tags_of_posts(const Behaviour& behaviour,
                                                                    const tag::TagGraph& graph);

// By need, the weightiest first.
[[nodiscard]] std::vector<NeedTag> tags_of_needs(const Behaviour& behaviour, std::span<const Need> needs,
                                                 const tag::TagGraph& graph, const NeedTagOptions& options);

}  // namespace inkling::categories
