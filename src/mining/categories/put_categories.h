// The category graph as part of a tag graph: categories, the edges that merge them, the kinds that they split into,
// needs, and what needs lead to, each edge with its evidence. Not for finding any of it.
//
//   merges    between the categories of a group; weight the mean signal, evidence each signal
//   hyponym   from a category to the part of it that a hyponym names (电视维修 of 家电维修); weight the share of the
//             part's titles that name it, evidence that share, the part's posts and the modularity over chance
//   need_of   from a frequent query to the categories it leads to; evidence the PMI and the clicks it rests on
//   served_by from a frequent query to the tags that stand for it; evidence the share of its words that name the tag
//             (`words`), the PMI and the clicks of posts with it, as far as there are any
//   shown_in  from a tag to the scenes that people told; evidence as scene_tags.h says
// Thread safety: as the builder's. Failure: the builder's, for names that are none.
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"
#include "mining/categories/category_findings.h"
#include "tag/tag_graph_builder.h"

namespace inkling::categories {

// The name of the part of `category` that has `kind`: by a template and a word above `kind` that make the category's
// name, "{}维修" and 家电 of 家电维修; else both names, the category's first.
[[nodiscard]] std::string part_name(const Knowledge& knowledge, std::string_view category, std::string_view kind);

// `builder` knows all of `graph`, which the findings' tags are rows of.
[[nodiscard]] base::Status put_categories(const Behaviour& behaviour, const Knowledge& knowledge,
                                          const CategoryFindings& findings, const tag::TagGraph& graph,
                                          tag::TagGraphBuilder& builder);

}  // namespace inkling::categories
