// Made-up Chinese tags for bench/figures/tag-lookup: the same from the same seed, whoever asks. Characters are drawn
// unevenly, as in real texts, so that some beginnings are shared by thousands of surfaces and most by few.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "base/core/result.h"
#include "tag/columns.h"

namespace inkling::bench {

struct MadeUpTag {
  std::string name;
  std::string industry;  // "": general
  std::vector<std::string> variants;
};

// `count` tags, no two with one name and industry; two variants each.
[[nodiscard]] std::vector<MadeUpTag> made_up_tags(std::size_t count, std::uint64_t seed);

// `length` random characters.
[[nodiscard]] std::string made_up_text(base::Random& random, std::size_t length);

// The graph of these tags: 200 categories, 20 dimensions; of each tag counts, two example sentences of 20 to 40
// characters, one category, one dimension and three similar tags, with evidence.
[[nodiscard]] base::Result<tag::TagArrays> made_up_graph(const std::vector<MadeUpTag>& tags, std::uint64_t seed);

}  // namespace inkling::bench
