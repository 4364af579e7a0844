#include "sim/deeds.h"

#include <algorithm>
#include <cmath>
#include <utility>

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

constexpr double kStaySpread = 0.7;  // standard deviation of the logarithm
constexpr std::int64_t kLongestStayMs = 15 * base::kMinuteMs;
constexpr double kTurnsBack = 0.25;         // at the till, of those who are not resolved to buy
constexpr double kDearnessTolerance = 0.9;  // how much a price above the shopper's level discourages

bool holds(const std::vector<CartEntry>& cart, std::uint32_t goods) {
  return std::any_of(cart.begin(), cart.end(), [goods](const CartEntry& entry) { return entry.goods == goods; });
}

}  // namespace

void Deeds::click(std::uint32_t goods) {
  tell(ActionKind::kClick, "feed", goods);
}

void Deeds::skip(std::uint32_t goods) {
  tell(ActionKind::kSkip, "feed", goods);
}

void Deeds::view(std::uint32_t goods) {
  base::Random& random = context_.random;
  const Resolve* resolve = context_.resolve;
  const Phase phase = resolve == nullptr ? context_.intent.phase : resolve->stays_as.value_or(context_.intent.phase);
  const double mean_ms = mean_stay_ms(phase) * context_.traits.pace;
  const double stay_ms = mean_ms * std::exp(kStaySpread * random.normal() - kStaySpread * kStaySpread / 2);
  const auto bounded_ms = std::clamp(static_cast<std::int64_t>(stay_ms), std::int64_t{500}, kLongestStayMs);
  if (!told_.empty()) wait(kBetweenActionsMs);
  now_ms_ += bounded_ms;
  tell(ActionKind::kView, "detail", goods);
  told_.back().action.stay_ms = bounded_ms;
}

void Deeds::search(std::uint32_t leaf) {
  wait(kBetweenActionsMs);
  tell(ActionKind::kSearch, "search", std::nullopt);
  const LeafCategory& category = leaf_categories()[leaf];
  told_.back().action.query = std::string(category.leaf);
  told_.back().action.category = {std::string(category.top), std::string(category.leaf)};
}

void Deeds::favourite(std::uint32_t goods) {
  wait(kBetweenActionsMs / 3);
  tell(ActionKind::kFavourite, "detail", goods);
}

void Deeds::put_in_cart(std::uint32_t goods) {
  if (holds(context_.cart, goods) || context_.cart.size() == kMostCartEntries) return;
  const std::int64_t quantity = context_.random.chance(0.1) ? 2 : 1;
  wait(kBetweenActionsMs / 3);
  tell(ActionKind::kCartAdd, "detail", goods);
  told_.back().action.quantity = quantity;
  context_.cart.push_back({goods, quantity});
}

void Deeds::take_out_of_cart(std::size_t entry) {
  const CartEntry taken = context_.cart[entry];
  wait(kBetweenActionsMs / 2);
  tell(ActionKind::kCartRemove, "cart", taken.goods);
  told_.back().action.quantity = taken.quantity;
  context_.cart.erase(context_.cart.begin() + static_cast<std::ptrdiff_t>(entry));
}

bool Deeds::check_out(std::uint32_t wanted) {
  if (context_.resolve != nullptr) return check_out_resolved(wanted);
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

bool Deeds::check_out_resolved(std::uint32_t wanted) {
  const bool buys = context_.resolve->buys();
  const bool turns_back = context_.random.chance(kTurnsBack);
  if (!holds(context_.cart, wanted) || !(buys || turns_back)) return false;
  wait(4 * kBetweenActionsMs);
  tell(ActionKind::kCheckout, "checkout", std::nullopt);
  return buys;
}

// The wanted goods, and now and then what else lies in the cart.
void Deeds::purchase(std::uint32_t wanted) {
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
  if (context_.resolve != nullptr) context_.resolve->bought = true;
  satisfy(context_.intent, context_.random);
}

domain::Action& Deeds::tell(ActionKind kind, const char* page, std::optional<std::uint32_t> goods) {
  TimedAction timed;
  timed.ts_ms = now_ms_;
  timed.action.action = kind;
  timed.action.page = page;
  timed.action.request = request_;
  if (goods.has_value()) {
    timed.action.item = context_.catalogue.at(*goods).item;
    timed.action.category = context_.catalogue.category_path(*goods);
    timed.action.price = context_.catalogue.price(*goods);
  }
  told_.push_back(std::move(timed));
  return told_.back().action;
}

void Deeds::wait(double mean_ms) {
  now_ms_ += 200 + static_cast<std::int64_t>(context_.random.exponential(mean_ms * context_.traits.pace));
}

}  // namespace inkling::sim
