#include "sim/visit.h"

#include <algorithm>
#include <cmath>

#include "base/core/clock.h"

namespace inkling::sim {
namespace {

using domain::ActionKind;

// Mean stay on an item's page by phase, in milliseconds: the more serious, the longer.
double mean_stay_ms(Phase phase) {
  switch (phase) {
    case Phase::kBuying:
      return 34'000;
    case Phase::kComparing:
      return 22'000;
    default:
      return 12'000;
  }
}

constexpr double kBetweenActionsMs = 6'000;
constexpr double kStaySpread = 0.7;  // standard deviation of the logarithm
constexpr std::int64_t kLongestStayMs = 15 * base::kMinuteMs;
constexpr double kLookAroundSteps = 15;
constexpr double kCompareSteps = 18;
constexpr double kBuySteps = 13;
constexpr double kChooses = 0.2;            // a view of the right kind of goods ends in the cart
constexpr double kDearnessTolerance = 0.9;  // how much a price above the shopper's level discourages

bool holds(const std::vector<CartEntry>& cart, std::uint32_t goods) {
  return std::any_of(cart.begin(), cart.end(), [goods](const CartEntry& entry) { return entry.goods == goods; });
}

}  // namespace

std::vector<TimedAction> Visit::play() && {
  tidy_cart();
  if (context_.intent.phase == Phase::kComparing) play_compare();
  if (context_.intent.phase == Phase::kBuying) {
    play_buy();
  } else if (told_.empty()) {
    play_look_around();
  }
  if (told_.empty()) view(suitable(any_leaf()));
  return std::move(told_);
}

void Visit::play_look_around() {
  base::Random& random = context_.random;
  for (std::uint64_t step = step_count(kLookAroundSteps); step > 0; --step) {
    const double drawn = random.uniform();
    if (drawn < 0.08) search(any_leaf());
    view(suitable(any_leaf()));
    if (drawn > 0.96) favourite(*last_viewed_);
    if (drawn > 0.93 && drawn < 0.935) put_in_cart(*last_viewed_);
  }
}

void Visit::play_compare() {
  base::Random& random = context_.random;
  search(context_.intent.leaf);
  for (std::uint64_t step = step_count(kCompareSteps); step > 0; --step) {
    const double drawn = random.uniform();
    if (drawn < 0.10) search(context_.intent.leaf);
    const bool strays = random.chance(0.2);
    view(strays ? suitable(any_leaf()) : candidate());
    if (strays) continue;
    remember_candidate(context_.intent, *last_viewed_);
    if (drawn > 0.92) favourite(*last_viewed_);
    if (drawn > 0.86 && drawn < 0.88) put_in_cart(*last_viewed_);
  }
  maybe_decide(context_.intent, context_.traits, random);
}

// The choice falls somewhere on the way; what follows is a last look around before paying.
void Visit::play_buy() {
  base::Random& random = context_.random;
  std::optional<std::uint32_t> wanted;
  if (random.chance(0.5)) search(context_.intent.leaf);
  for (std::uint64_t step = step_count(kBuySteps); step > 0; --step) {
    view(random.chance(0.1) ? suitable(any_leaf()) : candidate());
    if (random.chance(0.05)) favourite(*last_viewed_);
    if (context_.catalogue.at(*last_viewed_).leaf != context_.intent.leaf) continue;
    remember_candidate(context_.intent, *last_viewed_);
    if (!wanted.has_value() && random.chance(kChooses)) wanted = choose(*last_viewed_);
  }
  if (!wanted.has_value()) {
    view(candidate());
    wanted = choose(*last_viewed_);
  }
  if (check_out(*wanted)) purchase(*wanted);
}

std::uint32_t Visit::choose(std::uint32_t goods) {
  put_in_cart(goods);
  return goods;
}

void Visit::view(std::uint32_t goods) {
  base::Random& random = context_.random;
  const double mean_ms = mean_stay_ms(context_.intent.phase) * context_.traits.pace;
  const double stay_ms = mean_ms * std::exp(kStaySpread * random.normal() - kStaySpread * kStaySpread / 2);
  const auto bounded_ms = std::clamp(static_cast<std::int64_t>(stay_ms), std::int64_t{500}, kLongestStayMs);
  if (!told_.empty()) wait(kBetweenActionsMs);
  now_ms_ += bounded_ms;
  tell(ActionKind::kView, "detail", goods);
  told_.back().action.stay_ms = bounded_ms;
  last_viewed_ = goods;
}

void Visit::search(std::uint32_t leaf) {
  wait(kBetweenActionsMs);
  tell(ActionKind::kSearch, "search", std::nullopt);
  const LeafCategory& category = leaf_categories()[leaf];
  told_.back().action.query = std::string(category.leaf);
  told_.back().action.category = {std::string(category.top), std::string(category.leaf)};
}

void Visit::favourite(std::uint32_t goods) {
  wait(kBetweenActionsMs / 3);
  tell(ActionKind::kFavourite, "detail", goods);
}

void Visit::put_in_cart(std::uint32_t goods) {
  if (holds(context_.cart, goods) || context_.cart.size() == kMostCartEntries) return;
  const std::int64_t quantity = context_.random.chance(0.1) ? 2 : 1;
  wait(kBetweenActionsMs / 3);
  tell(ActionKind::kCartAdd, "detail", goods);
  told_.back().action.quantity = quantity;
  context_.cart.push_back({goods, quantity});
}

void Visit::take_out_of_cart(std::size_t entry) {
  const CartEntry taken = context_.cart[entry];
  wait(kBetweenActionsMs / 2);
  tell(ActionKind::kCartRemove, "cart", taken.goods);
  told_.back().action.quantity = taken.quantity;
  context_.cart.erase(context_.cart.begin() + static_cast<std::ptrdiff_t>(entry));
}

bool Visit::check_out(std::uint32_t wanted) {
  base::Random& random = context_.random;
  const Goods& goods = context_.catalogue.at(wanted);
  const double usual_cents = static_cast<double>(leaf_categories()[goods.leaf].usual_price_cents);
  const double dearness = static_cast<double>(goods.price_cents) / (usual_cents * context_.traits.price_level);
  const double starts_prob = 0.8 / (1 + std::pow(dearness * kDearnessTolerance / 1.6, 2));
  if (!holds(context_.cart, wanted) || !random.chance(starts_prob)) return false;
  wait(4 * kBetweenActionsMs);
  tell(ActionKind::kCheckout, "checkout", std::nullopt);
  return random.chance(0.85);
}

// The wanted goods, and now and then what else lies in the cart.
void Visit::purchase(std::uint32_t wanted) {
  auto& cart = context_.cart;
  std::stable_partition(cart.begin(), cart.end(), [wanted](const CartEntry& entry) { return entry.goods != wanted; });
  const bool buys_all = context_.random.chance(0.3);
  const std::size_t first = buys_all ? cart.size() - std::min<std::size_t>(cart.size(), 4) : cart.size() - 1;
  wait(8 * kBetweenActionsMs);
  tell(ActionKind::kPurchase, "checkout", std::nullopt);
  domain::Action& action = told_.back().action;
  for (std::size_t i = first; i < cart.size(); ++i) {
    const Catalogue& catalogue = context_.catalogue;
    action.lines.push_back(
        {catalogue.at(cart[i].goods).item, cart[i].quantity, catalogue.price(cart[i].goods), {}, {}});
  }
  cart.resize(first);
  satisfy(context_.intent, context_.random);
}

// Somebody who comes back may throw out what lay too long.
void Visit::tidy_cart() {
  if (!context_.cart.empty() && context_.random.chance(0.08 + 0.02 * static_cast<double>(context_.cart.size()))) {
    take_out_of_cart(0);
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
  const double suits_cents =
      static_cast<double>(leaf_categories()[leaf].usual_price_cents) * context_.traits.price_level;
  const auto distance = [&](std::uint32_t goods) {
    return std::abs(std::log(static_cast<double>(catalogue.at(goods).price_cents) / suits_cents));
  };
  return distance(b) < distance(a) ? b : a;
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

void Visit::tell(ActionKind kind, const char* page, std::optional<std::uint32_t> goods) {
  TimedAction timed;
  timed.ts_ms = now_ms_;
  timed.action.action = kind;
  timed.action.page = page;
  if (goods.has_value()) {
    timed.action.item = context_.catalogue.at(*goods).item;
    timed.action.category = context_.catalogue.category_path(*goods);
    timed.action.price = context_.catalogue.price(*goods);
  }
  told_.push_back(std::move(timed));
}

void Visit::wait(double mean_ms) {
  now_ms_ += 200 + static_cast<std::int64_t>(context_.random.exponential(mean_ms * context_.traits.pace));
}

}  // namespace inkling::sim
