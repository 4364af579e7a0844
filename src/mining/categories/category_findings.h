// All that is mined of categories, in one call: what is merged, what is split, what is needed and which tags stand
// for it, what scenes show, and which titles stand in the wrong place. Not for reading logs (behaviour_reader.h) or
// making a tag graph (put_categories.h).
//
// Deterministic. Thread safety: pure. Cost: as the steps that it joins. Failure: kTooLarge beyond kMaxCategories; kIo
// where there is no room for temporary files; scene_tags.h's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "mining/categories/category_groups.h"
#include "mining/categories/category_split.h"
#include "mining/categories/need_tags.h"
#include "mining/categories/needs.h"
#include "mining/categories/scene_tags.h"
#include "mining/categories/title_check.h"

namespace inkling::categories {

inline constexpr std::size_t kMaxCategories = 4000;  // pairs of them are compared

struct CategoryOptions {
  MergeOptions merge;
  SplitOptions split;  // its seed is `seed`
  std::uint32_t least_shoppers = 20;
  NeedTagOptions need_tags;
  std::uint64_t seed = 1;
};

struct CategoryFindings {
  MergeFindings merged;
  std::vector<GroupSplit> splits;  // by group
  std::vector<Need> needs;
  std::vector<Contradiction> contradictions;
  std::vector<std::string> title_words;  // that contradictions name by number
  std::vector<NeedTag> need_tags = {};
  std::vector<SceneTag> scene_tags = {};
  std::vector<MissingCategory> missing = {};
};

// `graph` has the tags that needs and scenes may have.
[[nodiscard]] base::Result<CategoryFindings> find_categories(const Behaviour& behaviour, const Knowledge& knowledge,
                                                             const tag::TagGraph& graph,
                                                             const CategoryOptions& options);

}  // namespace inkling::categories
