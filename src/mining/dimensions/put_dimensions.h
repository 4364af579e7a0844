// What was grown, as part of a tag graph: dimension nodes, tags, and the edges between them with their evidence. Not
// for growing (grow.h).
//
// Evidence of an edge: `seed` 1 for what people said, else `similarity` and `round`. Thread safety: as the builder's.
// Failure: the builder's, for words that are no names; nothing is lost then but that word's edge.
#pragma once

#include <span>
#include <string>

#include "base/core/result.h"
#include "mining/dimensions/grow.h"
#include "mining/dimensions/seeds.h"
#include "tag/tag_graph_builder.h"

namespace inkling::dimensions {

// Of one industry: `seeds` are its dimensions, `words` what grow() was asked about, as people wrote them. The
// industry's category is made when it is not there; a dimension of an industry has its name, one of several
// industries is one node. A word is the industry's tag, or the general one where the industry has none.
[[nodiscard]] base::Status put_dimensions(std::span<const DimensionSeeds> seeds, std::span<const std::string> words,
                                          const Growth& growth, tag::TagGraphBuilder& builder);

}  // namespace inkling::dimensions
