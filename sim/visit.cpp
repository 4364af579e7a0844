#include "sim/visit.h"

namespace inkling::sim {
namespace {

constexpr double kLookAroundSteps = 15;
constexpr double kCompareSteps = 18;
constexpr double kBuySteps = 13;
constexpr double kChooses = 0.2;  // a view of the right kind of goods ends in the cart

}  // namespace

std::vector<TimedAction> Visit::play() && {
  tidy_cart();
  if (context_.intent.phase == Phase::kComparing) play_compare();
  if (context_.intent.phase == Phase::kBuying) {
    play_buy();
  } else if (deeds_.empty()) {
    play_look_around();
  }
  if (context_.resolve != nullptr && context_.resolve->buys()) play_resolved();
  if (deeds_.empty()) view(suitable(any_leaf()));
  return deeds_.take();
}

std::vector<TimedAction> Visit::play_change_of_mind() && {
  play_resolved();
  return deeds_.take();
}

// Whoever is resolved to buy ends up buying, whatever the visit began with: what was looked at last decides.
void Visit::play_resolved() {
  Intent& intent = context_.intent;
  if (intent.phase != Phase::kComparing && last_viewed_.has_value()) {
    intent.leaf = context_.catalogue.at(*last_viewed_).leaf;
    intent.shortlist.clear();
  }
  intent.phase = Phase::kBuying;
  if (context_.cart.size() == kMostCartEntries) deeds_.take_out_of_cart(0);
  play_buy();
}

void Visit::play_look_around() {
  base::Random& random = context_.random;
  for (std::uint64_t step = step_count(kLookAroundSteps); step > 0; --step) {
    const double drawn = random.uniform();
    if (drawn < 0.08) deeds_.search(any_leaf());
    view(suitable(any_leaf()));
    if (drawn > 0.96) deeds_.favourite(*last_viewed_);
    if (drawn > 0.93 && drawn < 0.935) deeds_.put_in_cart(*last_viewed_);
  }
}

void Visit::play_compare() {
  base::Random& random = context_.random;
  deeds_.search(context_.intent.leaf);
  for (std::uint64_t step = step_count(kCompareSteps); step > 0; --step) {
    const double drawn = random.uniform();
    if (drawn < 0.10) deeds_.search(context_.intent.leaf);
    const bool strays = random.chance(0.2);
    view(strays ? suitable(any_leaf()) : candidate());
    if (strays) continue;
    remember_candidate(context_.intent, *last_viewed_);
    if (drawn > 0.92) deeds_.favourite(*last_viewed_);
    if (drawn > 0.86 && drawn < 0.88) deeds_.put_in_cart(*last_viewed_);
  }
  maybe_decide(context_.intent, context_.traits, random);
}

// The choice falls somewhere on the way; what follows is a last look around before paying.
void Visit::play_buy() {
  base::Random& random = context_.random;
  std::optional<std::uint32_t> wanted;
  if (random.chance(0.5)) deeds_.search(context_.intent.leaf);
  for (std::uint64_t step = step_count(kBuySteps); step > 0; --step) {
    view(random.chance(0.1) ? suitable(any_leaf()) : candidate());
    if (random.chance(0.05)) deeds_.favourite(*last_viewed_);
    if (context_.catalogue.at(*last_viewed_).leaf != context_.intent.leaf) continue;
    remember_candidate(context_.intent, *last_viewed_);
    if (!wanted.has_value() && random.chance(kChooses)) wanted = choose(*last_viewed_);
  }
  if (!wanted.has_value()) {
    view(candidate());
    wanted = choose(*last_viewed_);
  }
  if (deeds_.check_out(*wanted)) deeds_.purchase(*wanted);
}

void Visit::view(std::uint32_t goods) {
  deeds_.view(goods);
  last_viewed_ = goods;
}

std::uint32_t Visit::choose(std::uint32_t goods) {
  deeds_.put_in_cart(goods);
  return goods;
}

// Somebody who comes back may throw out what lay too long.
void Visit::tidy_cart() {
  if (!context_.cart.empty() && context_.random.chance(0.08 + 0.02 * static_cast<double>(context_.cart.size()))) {
    deeds_.take_out_of_cart(0);
  }
}

std::uint32_t Visit::any_leaf() {
  base::Random& random = context_.random;
  if (random.chance(0.65)) return context_.traits.tastes[random.below(kTastes)];
  const auto& leaves = context_.catalogue.leaves();
  return leaves[random.below(leaves.size())];
}

// Of two popular goods the one whose price suits better.
std::uint32_t Visit::suitable(std::uint32_t leaf) {
  const Catalogue& catalogue = context_.catalogue;
  const std::uint32_t a = catalogue.pick(leaf, context_.random);
  const std::uint32_t b = catalogue.pick(leaf, context_.random);
  const Traits& traits = context_.traits;
  return price_misfit(catalogue, traits, b) < price_misfit(catalogue, traits, a) ? b : a;
}

// The more serious, the more often something already on the shortlist.
std::uint32_t Visit::candidate() {
  const auto& list = context_.intent.shortlist;
  const double again_prob = context_.intent.phase == Phase::kBuying ? 0.75 : 0.4;
  if (!list.empty() && context_.random.chance(again_prob)) return list[context_.random.below(list.size())];
  return suitable(context_.intent.leaf);
}

std::uint64_t Visit::step_count(double mean) {
  return 1 + static_cast<std::uint64_t>(context_.random.exponential(mean - 1));
}

}  // namespace inkling::sim
