#include "mining/categories/title_check.h"

#include <algorithm>
#include <map>

namespace inkling::categories {
namespace {

constexpr float kLeastSum = 2;  // of PMI: one accidental word is no topic
constexpr float kOwnShare = 0.5F;
constexpr std::size_t kWordsTold = 3;

std::vector<std::uint32_t> words_for(std::uint32_t category, std::span<const std::uint32_t> words,
                                     const Contributions& contributions) {
  std::vector<std::pair<float, std::uint32_t>> found;
  for (const std::uint32_t word : words) {
    for (const Contribution& each : contributions.of(word)) {
      if (each.category == category) found.emplace_back(-each.pmi, word);
    }
  }
  std::ranges::sort(found);
  std::vector<std::uint32_t> told;
  for (std::size_t i = 0; i < std::min(found.size(), kWordsTold); ++i) told.push_back(found[i].second);
  return told;
}

}  // namespace

std::vector<Contradiction> contradictions(const Behaviour& behaviour, const TitleWords& titles,
                                          const Contributions& contributions,
                                          std::span<const std::uint32_t> group_of_category) {
  std::vector<Contradiction> found;
  for (std::uint32_t post = 0; post < behaviour.posts.size(); ++post) {
    std::map<std::uint32_t, float> sums;
    for (const std::uint32_t word : titles.of_post[post]) {
      for (const Contribution& each : contributions.of(word)) sums[each.category] += each.pmi;
    }
    const std::uint32_t group = group_of_category[behaviour.posts[post].category];
    float own = 0, other = 0;
    std::uint32_t towards = 0;
    for (const auto& [category, sum] : sums) {
      if (group_of_category[category] == group) {
        own = std::max(own, sum);
      } else if (sum > other) {
        other = sum;
        towards = category;
      }
    }
    if (other < kLeastSum || own >= kOwnShare * other) continue;
    found.push_back({post, towards, words_for(towards, titles.of_post[post], contributions)});
  }
  return found;
}

std::vector<bool> marked(const std::vector<Contradiction>& contradictions, std::size_t posts) {
  std::vector<bool> marks(posts, false);
  for (const Contradiction& each : contradictions) marks[each.post] = true;
  return marks;
}

}  // namespace inkling::categories
