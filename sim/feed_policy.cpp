#include "sim/feed_policy.h"

#include <algorithm>
#include <cmath>

namespace inkling::sim {
namespace {

constexpr double kByPopularity = 0.7;
constexpr double kScoreNoise = 0.8;  // standard deviation of the logarithm: what is shown on top varies
constexpr int kTries = 40;           // for a page; small catalogues run out of unseen goods

PolicyItem draw(const Catalogue& catalogue, base::Random& random) {
  PolicyItem item;
  item.by_popularity = random.chance(kByPopularity);
  const auto& leaves = catalogue.leaves();
  item.goods = item.by_popularity ? catalogue.pick(leaves[random.below(leaves.size())], random)
                                  : static_cast<std::uint32_t>(random.below(catalogue.goods().size()));
  item.score = catalogue.popularity(item.goods) * std::exp(kScoreNoise * random.normal());
  return item;
}

}  // namespace

std::vector<PolicyItem> pick_page(const Catalogue& catalogue, std::vector<std::uint32_t>& shown,
                                  base::Random& random) {
  std::vector<PolicyItem> page;
  for (int tried = 0; tried < kTries && page.size() < kFeedPageSize; ++tried) {
    const PolicyItem item = draw(catalogue, random);
    if (std::find(shown.begin(), shown.end(), item.goods) != shown.end()) continue;
    shown.push_back(item.goods);
    page.push_back(item);
  }
  std::stable_sort(page.begin(), page.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  return page;
}

domain::Impression impression_of(const Catalogue& catalogue, const std::vector<PolicyItem>& items,
                                 const std::string& request) {
  domain::Impression impression;
  impression.request = request;
  impression.scene = "feed";
  for (const PolicyItem& item : items) {
    domain::ImpressionPosition position;
    position.item = catalogue.at(item.goods).item;
    position.price = catalogue.price(item.goods);
    // Four digits are enough for a score, and keep the log short.
    position.score = std::round(item.score * 1e4) / 1e4;
    position.recalls = {{item.by_popularity ? "popular" : "random", position.score}};
    impression.positions.push_back(std::move(position));
  }
  return impression;
}

}  // namespace inkling::sim
