#include "models/caam/caam_columns.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace inkling::models::caam {
namespace {

constexpr std::array<std::string_view, kRecallSlots> kRecallNames = {
    "recall_0", "recall_1", "recall_2",  "recall_3",  "recall_4",  "recall_5",  "recall_6",  "recall_7",
    "recall_8", "recall_9", "recall_10", "recall_11", "recall_12", "recall_13", "recall_14", "recall_15"};
constexpr std::array<std::string_view, kPromotionSlots> kPromotionNames = {
    "promotion_0", "promotion_1", "promotion_2", "promotion_3",
    "promotion_4", "promotion_5", "promotion_6", "promotion_7"};

constexpr std::array<std::string_view, kPriceRamps> kRampNames = {"price_ramp_0", "price_ramp_1", "price_ramp_2",
                                                                  "price_ramp_3", "price_ramp_4", "price_ramp_5",
                                                                  "price_ramp_6", "price_ramp_7", "price_ramp_8"};

constexpr std::array<Column, kRequestColumns> make_request_columns() {
  std::array<Column, kRequestColumns> columns{};
  columns[kGap] = {"gap", Seen::kRich, true};
  columns[kThreshold] = {"threshold", Seen::kRich, true};
  columns[kGapShare] = {"gap_share", Seen::kRich, true};
  columns[kTickedSum] = {"ticked_sum", Seen::kRich, false};
  columns[kTier] = {"tier", Seen::kRich, false};
  columns[kTicked] = {"ticked", Seen::kRich, false};
  columns[kUnticked] = {"unticked", Seen::kRich, false};
  columns[kBehaviours] = {"behaviours", Seen::kAlways, false};
  columns[kHourSine] = {"hour_sine", Seen::kAlways, false};
  columns[kHourCosine] = {"hour_cosine", Seen::kAlways, false};
  columns[kWeekdaySine] = {"weekday_sine", Seen::kAlways, false};
  columns[kWeekdayCosine] = {"weekday_cosine", Seen::kAlways, false};
  columns[kIntentProb] = {"intent_prob", Seen::kRich, true};
  columns[kShopperBaskets] = {"shopper_baskets", Seen::kAlways, false};
  for (std::size_t i = 0; i < kPromotionSlots; ++i)
    columns[kPromotion + i] = {kPromotionNames[i], Seen::kRich, false};
  return columns;
}

constexpr std::array<Column, kCandidateColumns> make_candidate_columns() {
  std::array<Column, kCandidateColumns> columns{};
  columns[kPopularity] = {"popularity", Seen::kAlways, true};
  columns[kPopularity30d] = {"popularity_30d", Seen::kAlways, true};
  columns[kPopularity7d] = {"popularity_7d", Seen::kAlways, true};
  columns[kItemAge] = {"item_age", Seen::kAlways, true};
  columns[kItemIdle] = {"item_idle", Seen::kAlways, true};
  columns[kPersonalPurchases] = {"personal_purchases", Seen::kAlways, true};
  columns[kPersonalFaded] = {"personal_faded", Seen::kAlways, true};
  columns[kPersonalIdle] = {"personal_idle", Seen::kAlways, true};
  columns[kHistoryItem] = {"history_item", Seen::kAlways, false};
  columns[kHistoryLeaf] = {"history_leaf", Seen::kAlways, true};
  columns[kHistoryTop] = {"history_top", Seen::kAlways, true};
  columns[kRepurchaseScore] = {"repurchase_score", Seen::kRich, true};
  columns[kBuyAgainProb] = {"buy_again_prob", Seen::kRich, true};
  columns[kCycle] = {"cycle", Seen::kRich, true};
  columns[kTickedLeaf] = {"ticked_leaf", Seen::kRich, true};
  columns[kTickedTop] = {"ticked_top", Seen::kRich, true};
  columns[kTickedShop] = {"ticked_shop", Seen::kRich, true};
  columns[kInCart] = {"in_cart", Seen::kRich, false};
  columns[kBelowGap] = {"below_gap", Seen::kRich, true};
  columns[kMeetsGap] = {"meets_gap", Seen::kRich, false};
  columns[kFarAboveGap] = {"far_above_gap", Seen::kRich, false};
  for (std::size_t i = 0; i < kPriceRamps; ++i) columns[kPriceRamp + i] = {kRampNames[i], Seen::kRich, false};
  columns[kConditional] = {"conditional", Seen::kRecall, true};
  columns[kConditionalBest] = {"conditional_best", Seen::kRecall, true};
  columns[kCosine] = {"cosine", Seen::kRecall, true};
  columns[kCosineBest] = {"cosine_best", Seen::kRecall, true};
  columns[kAutoencoder] = {"autoencoder", Seen::kRecall, true};
  columns[kAutoencoderBest] = {"autoencoder_best", Seen::kRecall, true};
  columns[kRecallCount] = {"recall_count", Seen::kRecall, false};
  columns[kRecallBest] = {"recall_best", Seen::kRecall, true};
  for (std::size_t i = 0; i < kRecallSlots; ++i) columns[kRecall + i] = {kRecallNames[i], Seen::kRecall, true};
  return columns;
}

constexpr auto kRequest = make_request_columns();
constexpr auto kCandidate = make_candidate_columns();

constexpr std::size_t width_of(std::span<const Column> columns) {
  std::size_t width = 0;
  for (const Column& column : columns) width += column.can_miss ? 2 : 1;
  return width;
}

base::Json names_of(std::span<const Column> columns) {
  base::Json names = base::Json::array();
  for (const Column& column : columns) names.push(std::string(column.name));
  return names;
}

}  // namespace

std::span<const Column, kRequestColumns> request_columns() {
  return kRequest;
}

std::span<const Column, kCandidateColumns> candidate_columns() {
  return kCandidate;
}

std::size_t request_width() {
  return width_of(kRequest);
}

std::size_t candidate_width() {
  return width_of(kCandidate);
}

base::Json column_names() {
  base::Json features = base::Json::object();
  features.set("request", names_of(kRequest)).set("candidate", names_of(kCandidate));
  return features;
}

void encode(std::span<const Column> columns, std::span<const float> values, const Normal& normal, const Sight& sight,
            std::span<float> inputs) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool seen = sight.sees(columns[i].seen);
    const bool known = seen && !std::isnan(values[i]);
    const float scaled = known ? (values[i] - normal.mean[i]) * normal.scale[i] : 0;
    inputs[at++] = std::clamp(scaled, -kLargestInput, kLargestInput);
    if (columns[i].can_miss) inputs[at++] = seen && !known ? 1.0F : 0.0F;
  }
}

void NormalMaker::add(std::span<const float> values) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (std::isnan(values[i])) continue;
    Moments& moments = columns_[i];
    moments.count += 1;
    const double off = static_cast<double>(values[i]) - moments.mean;
    moments.mean += off / moments.count;
    moments.squares += off * (static_cast<double>(values[i]) - moments.mean);
  }
}

Normal NormalMaker::make() const {
  Normal normal;
  for (const Moments& moments : columns_) {
    const double spread = moments.count > 0 ? std::sqrt(moments.squares / moments.count) : 0;
    normal.mean.push_back(static_cast<float>(moments.mean));
    normal.scale.push_back(static_cast<float>(spread > 1e-6 ? 1 / spread : 1));
  }
  return normal;
}

}  // namespace inkling::models::caam
