// The category graph as part of a tag graph: categories, the edges that merge them, the kinds that they split into,
// needs, and what needs lead to, each edge with its evidence. Not for finding any of it.
//
//   merges    between the categories of a group; weight the mean signal, evidence each signal
//   hyponym   from a category to the part of it that a hyponym names (电视维修 of 家电维修); weight the share of the
//             part's titles that name it, evidence that share, the part's posts and the modularity over chance
//   need_of   from a frequent query to the categories it leads to; evidence the PMI and the clicks it rests on
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

[[nodiscard]] base::Status put_categories(const Behaviour& behaviour, const Knowledge& knowledge,
                                          const CategoryFindings& findings, tag::TagGraphBuilder& builder);

}  // namespace inkling::categories
