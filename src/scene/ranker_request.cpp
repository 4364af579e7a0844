#include "scene/ranker_request.h"

#include <algorithm>
#include <limits>

#include "base/core/hash.h"
#include "basket/category_hash.h"

namespace inkling::scene {
namespace {

using basket::BehaviourKind;
using domain::ActionKind;

BehaviourKind kind_of(ActionKind action) {
  if (action == ActionKind::kPurchase) return BehaviourKind::kPurchase;
  if (action == ActionKind::kClick) return BehaviourKind::kClick;
  if (action == ActionKind::kFavourite) return BehaviourKind::kFavourite;
  if (action == ActionKind::kCartAdd) return BehaviourKind::kCartAdd;
  return BehaviourKind::kView;
}

// As samples have it: leaving, refusing and taking out of the cart are no interest in an item.
bool is_behaviour(const state::BrowseRecord& record) {
  if (record.item == 0) return false;
  return record.action == ActionKind::kView || kind_of(record.action) != BehaviourKind::kView;
}

float intent_prob(const Slots& slots) {
  const IntentProb* found = slots.intent ? slots.intent->find(kIntentTarget) : nullptr;
  return found == nullptr ? std::numeric_limits<float>::quiet_NaN() : found->prob;
}

}  // namespace

void RankerRequest::read(const Exchange& exchange, const LiveRanker& live) {
  const BasketNeed& need = *exchange.slots.need;
  const basket::CoBasket& statistics = live.scorer().statistics();
  trigger_rows(need, statistics, triggers_);
  request_ = {};
  request_.statistics = &statistics;
  request_.history = live.history;
  request_.triggers = triggers_;
  // A shopper's device may run ahead of our clock.
  request_.now_ms = std::max(exchange.now_ms, exchange.knowledge.shopper_state().clock_ms);
  request_.gap_cents = need.gap_cents().value_or(0);
  request_.intent_prob = intent_prob(exchange.slots);
  if (need.target) {
    const offer::PromotionQuote& promotion = need.quote->promotions()[*need.target];
    request_.threshold_cents = promotion.threshold_cents.value_or(0);
    request_.promotion = base::name_hash(promotion.promotion->id);
    request_.tier = static_cast<std::uint32_t>(promotion.step);
  }
  read_cart(need);
  read_behaviours(exchange);
  read_candidates(exchange, statistics);
}

basket::ItemRef RankerRequest::ref_of(const offer::Goods& goods) {
  const std::uint64_t top = goods.category.empty() ? 0 : base::name_hash(goods.category.front());
  return {base::name_hash(goods.item), basket::category_hash(goods.category, category_), top,
          base::name_hash(goods.shop), goods.price_cents};
}

void RankerRequest::read_cart(const BasketNeed& need) {
  ticked_.clear(), unticked_.clear();
  for (const offer::CartLine& line : need.lines) (line.ticked ? ticked_ : unticked_).push_back(ref_of(line.goods));
  request_.ticked = ticked_;
  request_.unticked = unticked_;
}

void RankerRequest::read_behaviours(const Exchange& exchange) {
  const index::World& world = exchange.knowledge.world();
  behaviours_.clear();
  const auto& records = exchange.knowledge.shopper_state().browses;
  for (std::uint64_t i = records.first(); i < records.total(); ++i) {
    const state::BrowseRecord& record = records.at(i);
    if (!is_behaviour(record)) continue;
    const auto row = world.find_name(record.item);
    const auto goods = row ? goods_of(world, *row) : std::nullopt;
    const basket::ItemRef item = goods ? ref_of(*goods) : basket::ItemRef{record.item, 0, record.top_category};
    behaviours_.push_back({item, kind_of(record.action), record.time.ts_ms});
  }
  request_.behaviours = behaviours_;
}

void RankerRequest::read_candidates(const Exchange& exchange, const basket::CoBasket& statistics) {
  const index::World& world = exchange.knowledge.world();
  candidates_.clear(), hits_.clear();
  for (const Candidate& asked : exchange.slots.candidates) {
    const auto row = world.find(asked.item);
    const std::uint64_t name = row ? world.facts(*row).name : base::name_hash(asked.item);
    const auto goods = row ? goods_of(world, *row) : std::nullopt;
    const basket::ItemRef item = goods ? ref_of(*goods) : basket::ItemRef{name};
    candidates_.push_back({statistics.find(name).value_or(basket::kUnknownItem), item.price_cents, name, item.leaf,
                           item.top, item.shop});
    for (std::size_t i = 0; i < std::min(asked.recalls.size(), basket::kMaxRecalls); ++i) {
      hits_.push_back({base::name_hash(asked.recalls[i].recall), asked.recalls[i].score});
    }
  }
  // Only now do the hits stand where they stay.
  std::size_t at = 0;
  for (std::size_t n = 0; n < candidates_.size(); ++n) {
    const std::size_t count = std::min(exchange.slots.candidates[n].recalls.size(), basket::kMaxRecalls);
    candidates_[n].recalls = std::span<const basket::RecallHit>(hits_).subspan(at, count);
    at += count;
  }
}

}  // namespace inkling::scene
