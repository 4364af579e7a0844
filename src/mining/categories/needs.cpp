#include "mining/categories/needs.h"

#include <set>

namespace inkling::categories {

std::vector<Need> frequent_needs(const Behaviour& behaviour, const Contributions& contributions,
                                 std::uint32_t least_shoppers) {
  std::vector<std::uint32_t> shoppers(behaviour.queries.size(), 0);
  for_each_shopper(behaviour, [&](std::span<const Step> steps) {
    std::set<std::uint32_t> asked;
    for (const Step& step : steps) {
      if (step.kind == StepKind::kSearch) asked.insert(step.what);
    }
    for (const std::uint32_t query : asked) ++shoppers[query];
  });
  std::vector<Need> needs;
  for (std::uint32_t query = 0; query < shoppers.size(); ++query) {
    const auto categories = contributions.of(query);
    if (shoppers[query] < least_shoppers || categories.empty()) continue;
    needs.push_back({query, shoppers[query], {categories.begin(), categories.end()}});
  }
  return needs;
}

}  // namespace inkling::categories
