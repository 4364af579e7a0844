#include "models/caam/caam_input.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/core/clock.h"

namespace inkling::models::caam {
namespace {

using basket::Behaviour;
using basket::Candidate;
using basket::ItemRef;

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

template <typename T>
std::span<const T> newest(std::span<const T> all, std::size_t most) {
  return all.last(std::min(all.size(), most));
}

// NaN where there is nothing to take the logarithm of.
float log_cents(std::int64_t cents) {
  return cents > 0 ? std::log(static_cast<float>(cents)) : kUnknown;
}

float log_count(std::size_t count) {
  return std::log1p(static_cast<float>(count));
}

// Of a share or score from 0 on, so that differences among small ones are seen; NaN stays NaN.
float log_score(float score) {
  return std::log1p(100 * std::max(score, 0.0F));
}

struct Cycle {
  float sine, cosine;
};
Cycle cycle(std::int64_t now_ms, std::int64_t length_ms) {
  const double turn = static_cast<double>(now_ms % length_ms) / static_cast<double>(length_ms);
  return {static_cast<float>(std::sin(2 * std::numbers::pi * turn)),
          static_cast<float>(std::cos(2 * std::numbers::pi * turn))};
}

// Of `items`, those that agree with the candidate in one id; NaN where either side says nothing.
template <typename Item, typename Id>
float share(std::span<const Item> items, std::uint64_t wanted, Id id) {
  if (items.empty() || wanted == 0) return kUnknown;
  const auto equal = std::count_if(items.begin(), items.end(), [&](const Item& item) { return id(item) == wanted; });
  return static_cast<float>(equal) / static_cast<float>(items.size());
}

bool holds(std::span<const ItemRef> items, std::uint64_t wanted) {
  return std::any_of(items.begin(), items.end(), [&](const ItemRef& item) { return item.item == wanted; });
}

}  // namespace

void InputReader::start(const basket::AddOnRequest& request, const Vocabulary& vocabulary) {
  request_ = request;
  request_.behaviours = newest(request.behaviours, basket::kMaxBehaviours);
  request_.ticked = newest(request.ticked, basket::kMaxTriggers);
  request_.unticked = newest(request.unticked, basket::kMaxTriggers);
  vocabulary_ = &vocabulary;
  features_.start(request_);
  input_.steps.clear(), input_.triggers.clear(), input_.unticked.clear();
  for (const Behaviour& behaviour : request_.behaviours) {
    input_.steps.push_back(vocabulary.step(behaviour, request_.now_ms));
  }
  for (const ItemRef& item : request_.ticked) input_.triggers.push_back(vocabulary.item(item));
  for (const ItemRef& item : request_.unticked) input_.unticked.push_back(vocabulary.item(item));
  read_cart();
  read_time();
}

void InputReader::read_cart() {
  RequestValues& values = input_.values;
  std::int64_t sum_cents = 0;
  for (const ItemRef& item : request_.ticked) sum_cents += std::max<std::int64_t>(item.price_cents, 0);
  const bool has_step = request_.gap_cents > 0 && request_.threshold_cents > 0;
  values[kGap] = log_cents(request_.gap_cents);
  values[kThreshold] = log_cents(request_.threshold_cents);
  values[kGapShare] =
      has_step ? static_cast<float>(request_.gap_cents) / static_cast<float>(request_.threshold_cents) : kUnknown;
  values[kTickedSum] = std::log1p(static_cast<float>(sum_cents));
  values[kTier] = static_cast<float>(request_.tier);
  values[kTicked] = log_count(request_.ticked.size());
  values[kUnticked] = log_count(request_.unticked.size());
  values[kBehaviours] = log_count(request_.behaviours.size());
  values[kIntentProb] = request_.intent_prob;
  values[kShopperBaskets] = request_.history == nullptr ? 0 : log_count(request_.history->basket_count());
  for (std::size_t slot = 0; slot < kPromotionSlots; ++slot) {
    const bool here = request_.promotion != 0 && request_.promotion % kPromotionSlots == slot;
    values[kPromotion + slot] = here ? 1.0F : 0.0F;
  }
}

void InputReader::read_time() {
  const Cycle hour = cycle(request_.now_ms, base::kDayMs), weekday = cycle(request_.now_ms, 7 * base::kDayMs);
  input_.values[kHourSine] = hour.sine;
  input_.values[kHourCosine] = hour.cosine;
  input_.values[kWeekdaySine] = weekday.sine;
  input_.values[kWeekdayCosine] = weekday.cosine;
}

CandidateInput InputReader::read(const Candidate& candidate) const {
  CandidateInput input;
  input.item =
      vocabulary_->item({candidate.item, candidate.leaf, candidate.top, candidate.shop, candidate.price_cents});
  CandidateValues& values = input.values;
  read_features(candidate, values);
  read_overlap(candidate, values);
  read_price(candidate, values);
  std::fill_n(values.begin() + kRecall, kRecallSlots, kUnknown);
  values[kRecallBest] = kUnknown;
  for (const basket::RecallHit& hit : candidate.recalls) {
    // fmax takes the number where the other one is NaN.
    float& slot = values[kRecall + hit.recall % kRecallSlots];
    slot = std::fmax(slot, hit.score);
    values[kRecallBest] = std::fmax(values[kRecallBest], hit.score);
  }
  values[kRecallCount] = static_cast<float>(candidate.recalls.size());
  return input;
}

void InputReader::read_features(const Candidate& candidate, CandidateValues& values) const {
  const basket::CandidateFeatures features = features_.read(candidate.row, candidate.price_cents);
  values[kPopularity] = log_score(features.popularity);
  values[kPopularity30d] = log_score(features.popularity_30d);
  values[kPopularity7d] = log_score(features.popularity_7d);
  values[kItemAge] = std::log1p(features.item_age_days);
  values[kItemIdle] = std::log1p(std::max(features.item_idle_days, 0.0F));
  values[kPersonalPurchases] = std::log1p(features.personal_purchases);
  values[kPersonalFaded] = features.personal_faded;
  values[kPersonalIdle] = std::log1p(std::max(features.personal_idle_days, 0.0F));
  values[kRepurchaseScore] = log_score(features.repurchase_score);
  values[kConditional] = log_score(features.conditional);
  values[kConditionalBest] = log_score(features.conditional_best);
  values[kCosine] = log_score(features.cosine);
  values[kCosineBest] = log_score(features.cosine_best);
  values[kAutoencoder] = log_score(features.autoencoder);
  values[kAutoencoderBest] = log_score(features.autoencoder_best);
  values[kBuyAgainProb] = values[kCycle] = kUnknown;
  if (candidate.row == basket::kUnknownItem) return;
  const basket::RepurchasePrior prior = request_.statistics->repurchase(candidate.row);
  values[kBuyAgainProb] = prior.buy_again_prob;
  values[kCycle] = std::log1p(prior.cycle_days);
}

void InputReader::read_overlap(const Candidate& candidate, CandidateValues& values) const {
  const auto ticked = request_.ticked;
  const auto behaviours = request_.behaviours;
  const auto item_of = [](const Behaviour& behaviour) { return behaviour.item.item; };
  const auto leaf_of = [](const Behaviour& behaviour) { return behaviour.item.leaf; };
  const auto top_of = [](const Behaviour& behaviour) { return behaviour.item.top; };
  const float same = share(behaviours, candidate.item, item_of);
  values[kHistoryItem] = std::isnan(same) ? 0 : std::log1p(same * static_cast<float>(behaviours.size()));
  values[kHistoryLeaf] = share(behaviours, candidate.leaf, leaf_of);
  values[kHistoryTop] = share(behaviours, candidate.top, top_of);
  values[kTickedLeaf] = share(ticked, candidate.leaf, [](const ItemRef& item) { return item.leaf; });
  values[kTickedTop] = share(ticked, candidate.top, [](const ItemRef& item) { return item.top; });
  values[kTickedShop] = share(ticked, candidate.shop, [](const ItemRef& item) { return item.shop; });
  const bool in_cart =
      candidate.item != 0 && (holds(ticked, candidate.item) || holds(request_.unticked, candidate.item));
  values[kInCart] = in_cart ? 1.0F : 0.0F;
}

void InputReader::read_price(const Candidate& candidate, CandidateValues& values) const {
  values[kBelowGap] = kUnknown;
  values[kMeetsGap] = values[kFarAboveGap] = 0;
  std::fill_n(values.begin() + kPriceRamp, kPriceRamps, 0.0F);
  if (candidate.price_cents < 0 || request_.gap_cents <= 0) return;
  const float ratio = static_cast<float>(candidate.price_cents) / static_cast<float>(request_.gap_cents);
  values[kBelowGap] = candidate.price_cents < request_.gap_cents ? 1.0F : 0.0F;
  values[kMeetsGap] = candidate.price_cents == request_.gap_cents ? 1.0F : 0.0F;
  values[kFarAboveGap] = ratio > kPriceEdges.back() ? 1.0F : 0.0F;
  for (std::size_t i = 0; i < kPriceRamps; ++i) {
    const float low = kPriceEdges[i], high = kPriceEdges[i + 1];
    values[kPriceRamp + i] = std::clamp((ratio - low) / (high - low), 0.0F, 1.0F);
  }
}

}  // namespace inkling::models::caam
