// All that is mined of categories, in one call: what is merged, what is split, what is needed, and which titles stand
// in the wrong place. Not for reading logs (behaviour_reader.h) or making a tag graph (put_categories.h).
//
// Deterministic. Thread safety: pure. Cost: as the steps that it joins. Failure: kTooLarge beyond kMaxCategories; kIo
// where there is no room for temporary files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "mining/categories/category_groups.h"
#include "mining/categories/category_split.h"
#include "mining/categories/needs.h"
#include "mining/categories/title_check.h"

namespace inkling::categories {

inline constexpr std::size_t kMaxCategories = 4000;  // pairs of them are compared

struct CategoryOptions {
  MergeOptions merge;
  SplitOptions split;  // its seed is `seed`
  std::uint32_t least_shoppers = 20;
  std::uint64_t seed = 1;
};

struct CategoryFindings {
  MergeFindings merged;
  std::vector<GroupSplit> splits;  // by group
  std::vector<Need> needs;
  std::vector<Contradiction> contradictions;
  std::vector<std::string> title_words;  // that contradictions name by number
};

[[nodiscard]] base::Result<CategoryFindings> find_categories(const Behaviour& behaviour, const Knowledge& knowledge,
                                                             const CategoryOptions& options);

}  // namespace inkling::categories
