#include "basket/candidate_features.h"

#include <algorithm>
#include <limits>

#include "base/core/clock.h"
#include "basket/repurchase.h"

namespace inkling::basket {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

float days(std::int64_t span_ms) {
  return static_cast<float>(static_cast<double>(span_ms) / static_cast<double>(base::kDayMs));
}

float share(std::uint32_t part, std::uint32_t all) {
  return static_cast<float>(part) / static_cast<float>(std::max(all, 1U));
}

CandidateFeatures nothing_known() {
  CandidateFeatures features;
  for (float* value : {&features.popularity, &features.popularity_30d, &features.popularity_7d, &features.conditional,
                       &features.conditional_best, &features.cosine, &features.cosine_best, &features.autoencoder,
                       &features.autoencoder_best, &features.personal_purchases, &features.personal_faded,
                       &features.personal_idle_days, &features.repurchase_score, &features.item_age_days,
                       &features.item_idle_days}) {
    *value = kUnknown;
  }
  return features;
}

}  // namespace

std::array<float, kCandidateFeatureCount> CandidateFeatures::row() const {
  return {popularity,     popularity_30d,     popularity_7d,    conditional,      conditional_best,
          cosine,         cosine_best,        autoencoder,      autoencoder_best, personal_purchases,
          personal_faded, personal_idle_days, repurchase_score, price_ratio,      basket_items,
          item_age_days,  item_idle_days,     shopper_baskets};
}

void CandidateReader::start(const AddOnRequest& request) {
  request_ = request;
  scores_.gather(*request.statistics, request.triggers);
}

CandidateFeatures CandidateReader::read(std::uint32_t row, std::int64_t price_cents) const {
  CandidateFeatures features = row == kUnknownItem ? nothing_known() : CandidateFeatures();
  const bool priced = price_cents >= 0 && request_.gap_cents > 0;
  features.price_ratio =
      priced ? static_cast<float>(static_cast<double>(price_cents) / static_cast<double>(request_.gap_cents))
             : kUnknown;
  features.basket_items = static_cast<float>(request_.triggers.size());
  if (request_.history != nullptr) features.shopper_baskets = static_cast<float>(request_.history->basket_count());
  if (row == kUnknownItem) return features;
  read_suggested(row, features);
  read_demand(row, features);
  read_personal(row, features);
  return features;
}

void CandidateReader::read_suggested(std::uint32_t row, CandidateFeatures& features) const {
  const CandidateSums& sums = scores_.of(row);
  features.conditional = sums.conditional.sum;
  features.conditional_best = sums.conditional.best;
  features.cosine = sums.cosine.sum;
  features.cosine_best = sums.cosine.best;
  features.autoencoder = sums.autoencoder.sum;
  features.autoencoder_best = sums.autoencoder.best;
}

void CandidateReader::read_demand(std::uint32_t row, CandidateFeatures& features) const {
  const CoBasket& statistics = *request_.statistics;
  const BasketCounts bought = statistics.baskets(row), all = statistics.basket_counts();
  features.popularity = share(bought.all, all.all);
  features.popularity_30d = share(bought.days_30, all.days_30);
  features.popularity_7d = share(bought.days_7, all.days_7);
  features.item_age_days = days(statistics.time_ms() - statistics.first_ms(row));
  features.item_idle_days = days(statistics.time_ms() - statistics.last_ms(row));
}

void CandidateReader::read_personal(std::uint32_t row, CandidateFeatures& features) const {
  features.personal_idle_days = kUnknown;
  if (request_.history == nullptr) return;
  const PersonalHistory& history = *request_.history;
  const PersonalItem* bought = history.find(request_.statistics->item(row));
  if (bought == nullptr) return;
  features.personal_purchases = static_cast<float>(bought->purchases);
  features.personal_faded = history.faded_count(*bought);
  features.personal_idle_days = days(request_.now_ms - bought->last_ms);
  features.repurchase_score = repurchase_score(request_.statistics->repurchase(row), *bought, request_.now_ms);
}

}  // namespace inkling::basket
