#include "sim/days/add_on_policy.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace inkling::sim::days {
namespace {

constexpr int kPopularTries = 60;
constexpr int kLeafTries = 12;  // for each leaf in the cart and lately viewed
constexpr int kRandomTries = 12;
constexpr double kSimilarScore = 0.5;
constexpr double kRecentScore = 0.7;
constexpr double kScoreNoise = 0.3;  // standard deviation of the logarithm

double tidy(double score) {
  return std::round(score * 1e4) / 1e4;
}

}  // namespace

// Collects what the recalls find; the same goods found twice are one proposal with both marks.
class AddOnPolicy::Finds {
 public:
  Finds(const AddOnPolicy& policy, Slab slab, const Basket& basket, base::Random& random)
      : policy_(policy), slab_(slab), basket_(basket), random_(random) {}

  void popular() {
    for (int i = 0; i < kPopularTries; ++i) {
      const std::uint32_t goods = drawn();
      // Drawn by chance and kept by popularity, so well-sold goods come up, at any size of the slab.
      const double popularity = policy_.catalogue_.popularity(goods);
      if (random_.chance(std::sqrt(popularity))) add(goods, "best_sellers", popularity);
    }
  }
  void of_leaves(const std::vector<std::uint32_t>& leaves, const char* recall, double score) {
    for (const std::uint32_t leaf : leaves) {
      for (int i = 0; i < kLeafTries; ++i) {
        const std::uint32_t goods = policy_.catalogue_.pick(leaf, random_);
        if (fits(goods)) add(goods, recall, score * std::sqrt(policy_.catalogue_.popularity(goods)));
      }
    }
  }
  void by_chance() {
    for (int i = 0; i < kRandomTries; ++i) add(drawn(), "random", 0.1);
  }
  [[nodiscard]] std::vector<Proposal> take() { return std::move(found_); }

 private:
  [[nodiscard]] std::uint32_t drawn() {
    return policy_.by_price_[slab_.first + random_.below(slab_.last - slab_.first)];
  }
  [[nodiscard]] bool fits(std::uint32_t goods) const {
    const std::int64_t cents = policy_.catalogue_.at(goods).price_cents;
    return cents >= policy_.catalogue_.at(policy_.by_price_[slab_.first]).price_cents &&
           cents <= policy_.catalogue_.at(policy_.by_price_[slab_.last - 1]).price_cents;
  }
  void add(std::uint32_t goods, const char* recall, double score) {
    if (basket_.holds(goods)) return;
    const auto [place, is_new] = places_.emplace(goods, found_.size());
    if (is_new) found_.push_back({goods, {}, 0});
    Proposal& proposal = found_[place->second];
    for (const auto& mark : proposal.recalls) {
      if (mark.recall == recall) return;
    }
    const double noisy = tidy(score * std::exp(kScoreNoise * random_.normal()));
    proposal.recalls.push_back({recall, noisy});
    proposal.score = tidy(proposal.score + noisy);
  }

  const AddOnPolicy& policy_;
  const Slab slab_;
  const Basket& basket_;
  base::Random& random_;
  std::vector<Proposal> found_;
  std::unordered_map<std::uint32_t, std::size_t> places_;
};

AddOnPolicy::AddOnPolicy(const Catalogue& catalogue) : catalogue_(catalogue), by_price_(catalogue.goods().size()) {
  std::iota(by_price_.begin(), by_price_.end(), 0U);
  std::ranges::stable_sort(by_price_, {}, [&](std::uint32_t goods) { return catalogue.at(goods).price_cents; });
}

AddOnPolicy::Slab AddOnPolicy::slab(std::int64_t gap_cents) const {
  const auto price = [this](std::uint32_t goods) { return catalogue_.at(goods).price_cents; };
  const auto most = static_cast<std::int64_t>(static_cast<double>(gap_cents) * (1 + kPolicyStretch));
  const auto first = std::ranges::lower_bound(by_price_, gap_cents, {}, price);
  const auto last = std::ranges::upper_bound(by_price_, most, {}, price);
  return {static_cast<std::size_t>(first - by_price_.begin()), static_cast<std::size_t>(last - by_price_.begin())};
}

std::vector<Proposal> AddOnPolicy::propose(const PolicyQuestion& question, const Basket& basket,
                                           base::Random& random) const {
  const Slab within = slab(question.gap_cents);
  if (within.first == within.last) return {};
  Finds finds(*this, within, basket, random);
  finds.popular();
  finds.of_leaves(question.trigger_leaves, "similar", kSimilarScore);
  finds.of_leaves(question.recent_leaves, "recent", kRecentScore);
  finds.by_chance();
  std::vector<Proposal> list = finds.take();
  if (question.shuffled) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random.below(i)]);
  } else {
    std::ranges::stable_sort(list, std::greater<>(), &Proposal::score);
  }
  return list;
}

domain::Impression impression_of(const Catalogue& catalogue, std::span<const Proposal> page,
                                 const std::string& request, const Basket& basket, const Standing& standing,
                                 const std::string& promotion, const std::string& arm) {
  domain::Impression impression;
  impression.request = request;
  impression.scene = "add-on";
  impression.ticked = basket.items(catalogue, true);
  impression.unticked = basket.items(catalogue, false);
  impression.gap_cents = standing.gap_cents();
  impression.promotion = promotion;
  impression.tier = std::to_string(standing.step);
  impression.arms = {{kArmExperiment, arm}};
  for (const Proposal& proposal : page) {
    domain::ImpressionPosition position;
    position.item = catalogue.at(proposal.goods).item;
    position.price = catalogue.price(proposal.goods);
    position.score = proposal.score;
    position.recalls = proposal.recalls;
    impression.positions.push_back(std::move(position));
  }
  return impression;
}

}  // namespace inkling::sim::days
