#include "sim/days/trip.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace inkling::sim::days {
namespace {

using domain::ActionKind;

constexpr const char* kOverlay = "add-on";
constexpr double kGlanceMs = 1'200;
constexpr double kMoreGoods = 0.55;  // in the cart, after each one
constexpr std::size_t kMostFilled = 5;
constexpr double kByTaste = 0.6;       // the others are of any leaf
constexpr double kByComplement = 0.4;  // of what is in the cart, where complements count
constexpr double kTwoPieces = 0.08;
constexpr double kUnticks = 0.15;     // lays one thing aside before looking at the sum
constexpr double kThrowsOut = 0.5;    // what lay in the cart since the last trip; the rest is unticked
constexpr double kAsks = 0.9;         // who is just short of a step
constexpr double kAsksAgain = 0.35;   // after a step was reached, for the next one
constexpr double kShortness = 0.35;   // gap / threshold at which eagerness has fallen to 1/e
constexpr double kTakesAtOnce = 0.2;  // of what attracts: without its detail page
constexpr double kShownAgain = 0.5;   // on the way back from a detail page the answer comes anew
constexpr double kScrollsOn = 0.7;
constexpr double kSwaps = 0.2;
constexpr double kPaysWithStep = 0.75;
constexpr double kPaysShort = 0.5;  // who is within reach of a step and found nothing for it
constexpr double kPays = 0.6;
constexpr double kWithinReach = 0.5;  // gap / threshold

}  // namespace

Trip::Trip(const DaysWorld& world, Persona& persona, Basket& basket, base::Random& random, std::int64_t start_ms)
    : world_(world),
      basket_(basket),
      random_(random),
      traits_(persona.traits),
      deeds_(persona.context(world.catalogue, random), start_ms) {
  // Two of the tastes are needed today, chosen without one twice.
  const std::size_t first = random_.below(kTastes);
  const std::size_t second = (first + 1 + random_.below(kTastes - 1)) % kTastes;
  needs_ = {traits_.tastes[first], traits_.tastes[second]};
}

std::vector<TimedAction> Trip::fill() {
  tidy();
  do add_some();
  while (!basket_.is_full() && basket_.lines.size() < kMostFilled && random_.chance(kMoreGoods));
  look_around();
  if (basket_.lines.size() > 1 && random_.chance(kUnticks)) set_tick(basket_.lines.front(), false);
  maybe_ask();
  return deeds_.take();
}

void Trip::tidy() {
  auto& lines = basket_.lines;
  for (std::size_t i = 0; i < lines.size();) {
    if (!random_.chance(kThrowsOut)) {
      if (lines[i].ticked) set_tick(lines[i], false);
      ++i;
      continue;
    }
    deeds_.wait(kBetweenActionsMs / 2);
    deeds_.tell(ActionKind::kCartRemove, "cart", lines[i].goods).quantity = lines[i].quantity;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void Trip::add_some() {
  const std::uint32_t goods = world_.catalogue.pick(next_leaf(), random_);
  deeds_.view(goods);
  recent_leaves_.push_back(world_.catalogue.at(goods).leaf);
  if (!basket_.holds(goods)) put_in_cart(goods, "", "detail");
}

std::uint32_t Trip::next_leaf() {
  const auto& leaves = world_.catalogue.leaves();
  const auto ticked = basket_.ticked_leaves(world_.catalogue);
  if (world_.options.model.complement && !ticked.empty() && random_.chance(kByComplement)) {
    const std::uint32_t leaf = world_.complements.after(ticked.back())[random_.below(kComplementsALeaf)];
    if (std::ranges::binary_search(leaves, leaf)) return leaf;
  }
  if (random_.chance(kByTaste)) return traits_.tastes[random_.below(kTastes)];
  return leaves[random_.below(leaves.size())];
}

// What is needed is looked at, and that is how anybody can know of it.
void Trip::look_around() {
  for (const std::uint32_t leaf : needs_) {
    deeds_.view(world_.catalogue.pick(leaf, random_));
    recent_leaves_.push_back(leaf);
  }
}

bool Trip::wants_step(double eagerness) {
  const Standing now = standing();
  if (!world_.options.model.thresholds || now.gap_cents() == 0 || now.sum_cents == 0) return false;
  const double short_by = static_cast<double>(now.gap_cents()) / static_cast<double>(now.next_cents);
  return random_.chance(eagerness * std::exp(-short_by / kShortness));
}

void Trip::maybe_ask() {
  const bool first = truth_.looks.empty();
  wants_ = Wants::kNothing;
  if (truth_.looks.size() == kMostLooks || basket_.is_full() || !wants_step(first ? kAsks : kAsksAgain)) return;
  wants_ = Wants::kAnswer;
  pages_ = 0;
  passed_.clear();
  shown_.clear();
  truth_.looks.emplace_back();
  deeds_.wait(kBetweenActionsMs);
}

std::vector<TimedAction> Trip::look_at(const FeedPage& page) {
  LookTruth& look = truth_.looks.back();
  look.requests.push_back(page.request);
  look.positions += page.goods.size();
  shown_.insert(page.goods.begin(), page.goods.end());
  look.shown = shown_.size();
  if (wants_ != Wants::kSameAgain) ++pages_;
  wants_ = Wants::kNextPage;
  deeds_.set_request(page.request);
  for (std::size_t i = 0; i < page.goods.size() && wants_ == Wants::kNextPage; ++i) pass(i, page);
  deeds_.set_request("");
  if (wants_ != Wants::kNextPage) return deeds_.take();
  const bool scrolls = page.has_more && pages_ < kMostAddOnPages && random_.chance(kScrollsOn);
  if (!scrolls) wants_ = Wants::kNothing;
  deeds_.wait(kGlanceMs);
  return deeds_.take();
}

void Trip::pass(std::size_t rank, const FeedPage& page) {
  const std::uint32_t goods = page.goods[rank];
  if (!passed_.insert(goods).second || !random_.chance(examine_prob(world_.options.model, rank + 1))) return;
  deeds_.wait(kGlanceMs);
  if (goods == kUnknownGoods || basket_.holds(goods)) return;
  const double suitable = suits(goods);
  if (random_.chance(attracts(goods, suitable))) answer(goods, suitable, page.request);
}

void Trip::answer(std::uint32_t goods, double suitable, const std::string& request) {
  if (random_.chance(kTakesAtOnce)) return take(goods, request);
  deeds_.tell(ActionKind::kClick, kOverlay, goods);
  ++truth_.looks.back().clicks;
  deeds_.view(goods);
  recent_leaves_.push_back(world_.catalogue.at(goods).leaf);
  if (random_.chance(takes_prob(world_.options.model, suitable))) return take(goods, request);
  deeds_.wait(kGlanceMs);
  deeds_.tell(ActionKind::kBack, kOverlay, std::nullopt);
  if (random_.chance(kShownAgain)) wants_ = Wants::kSameAgain;
}

void Trip::take(std::uint32_t goods, const std::string& request) {
  ++truth_.looks.back().carts;
  put_in_cart(goods, request, kOverlay);
  deeds_.set_request("");
  swap_ticks();
  maybe_ask();
}

// Something ticked before may now be laid aside without losing the step.
void Trip::swap_ticks() {
  if (!random_.chance(kSwaps)) return;
  const Standing now = standing();
  for (BasketLine& line : basket_.lines) {
    const std::int64_t cents = line.quantity * world_.catalogue.at(line.goods).price_cents;
    if (!line.ticked || !line.request.empty() || now.step == 0) continue;
    if (world_.standing_of(now.sum_cents - cents, now_ms()).step == now.step) return set_tick(line, false);
  }
}

void Trip::put_in_cart(std::uint32_t goods, const std::string& request, const char* page) {
  deeds_.wait(kBetweenActionsMs / 3);
  const std::int64_t quantity = request.empty() && random_.chance(kTwoPieces) ? 2 : 1;
  deeds_.tell(ActionKind::kCartAdd, page, goods).quantity = quantity;
  basket_.lines.push_back({goods, quantity, true, request, deeds_.now_ms()});
}

void Trip::set_tick(BasketLine& line, bool ticked) {
  deeds_.wait(kBetweenActionsMs / 3);
  deeds_.tell(ticked ? ActionKind::kCartTick : ActionKind::kCartUntick, "cart", line.goods);
  line.ticked = ticked;
}

std::vector<TimedAction> Trip::pay() {
  deeds_.set_request("");
  if (random_.chance(pays_prob())) order();
  return deeds_.take();
}

double Trip::pays_prob() const {
  const Standing now = standing();
  if (now.sum_cents == 0) return 0;
  if (!world_.options.model.thresholds) return kPays;
  const bool bought_add_on =
      std::ranges::any_of(basket_.lines, [](const BasketLine& line) { return line.ticked && !line.request.empty(); });
  if (bought_add_on && now.step > 0) return kPaysWithStep;
  const bool within =
      now.next_cents > 0 && static_cast<double>(now.gap_cents()) < kWithinReach * static_cast<double>(now.next_cents);
  return within ? kPaysShort : kPays;
}

void Trip::order() {
  OrderTruth told;
  deeds_.wait(4 * kBetweenActionsMs);
  deeds_.tell(ActionKind::kCheckout, "checkout", std::nullopt);
  deeds_.wait(4 * kBetweenActionsMs);
  domain::Action& purchase = deeds_.tell(ActionKind::kPurchase, "checkout", std::nullopt);
  told.ts_ms = deeds_.now_ms();
  told.standing = standing();
  std::vector<std::string> applied;
  if (told.standing.step > 0) applied.push_back(world_.options.ladder.id);
  for (const BasketLine& line : basket_.lines) {
    if (!line.ticked) continue;
    const domain::Money price = world_.catalogue.price(line.goods);
    purchase.lines.push_back({world_.catalogue.at(line.goods).item, line.quantity, price, applied, {}});
    if (!line.request.empty()) told.added.push_back({line.request, line.quantity * price.cents, line.added_ms});
  }
  std::erase_if(basket_.lines, [](const BasketLine& line) { return line.ticked; });
  truth_.order = std::move(told);
}

double Trip::suits(std::uint32_t goods) const {
  const auto triggers = basket_.ticked_leaves(world_.catalogue);
  return suitability(world_.options.model, world_.catalogue, world_.complements,
                     {triggers, needs_, standing().gap_cents()}, goods);
}

double Trip::attracts(std::uint32_t goods, double suitability) const {
  return attraction_prob(world_.options.model, suitability, world_.catalogue.appeal(goods));
}

AnswerTruth Trip::truth(const FeedPage& page) const {
  AnswerTruth truth;
  truth.request = page.request;
  for (std::size_t i = 0; i < page.goods.size(); ++i) {
    const std::uint32_t goods = page.goods[i];
    truth.examine_probs.push_back(examine_prob(world_.options.model, i + 1));
    truth.attraction_probs.push_back(goods == kUnknownGoods ? 0 : attracts(goods, suits(goods)));
  }
  return truth;
}

}  // namespace inkling::sim::days
