#include "mining/categories/category_findings.h"

#include <utility>

namespace inkling::categories {

base::Result<CategoryFindings> find_categories(const Behaviour& behaviour, const Knowledge& knowledge,
                                               const tag::TagGraph& graph, const CategoryOptions& options) {
  if (behaviour.categories.size() > kMaxCategories) {
    return base::too_large(std::to_string(behaviour.categories.size()) + " categories; at most " +
                           std::to_string(kMaxCategories) + " can be compared.");
  }
  TitleWords titles = title_words(behaviour);
  const Contributions words = title_contributions(behaviour, titles);
  const Contributions queries = query_contributions(behaviour);
  auto needs = frequent_needs(behaviour, queries, options.least_shoppers);
  auto need_tags = tags_of_needs(behaviour, needs, graph, options.need_tags);
  auto missing = missing_categories(behaviour, queries, options.least_shoppers);
  // What may be refused comes before what takes long.
  INKLING_ASSIGN(auto scene_tags, tags_of_scenes(knowledge, behaviour, needs, need_tags, graph));
  INKLING_ASSIGN(PairMatrix walks, walk_likeness(behaviour, options.seed));
  MergeFindings merged = group_categories(
      {queries.likeness(), words.likeness(), conversion_likeness(behaviour), std::move(walks)}, options.merge);
  auto wrong = contradictions(behaviour, titles, words, merged.group);
  const NamedKinds named = named_kinds(behaviour, knowledge, marked(wrong, behaviour.posts.size()));
  INKLING_ASSIGN(const PostCompany company, post_company(behaviour, options.seed));
  SplitOptions split = options.split;
  split.seed = options.seed;
  auto splits = split_groups(behaviour, company, named, merged.group, merged.groups, split);
  return CategoryFindings{std::move(merged),       std::move(splits),    std::move(needs),      std::move(wrong),
                          std::move(titles.words), std::move(need_tags), std::move(scene_tags), std::move(missing)};
}

}  // namespace inkling::categories
