#include "models/purchase_gbdt/purchase_gbdt_features.h"

#include <array>
#include <string_view>

namespace inkling::models::purchase_gbdt {
namespace {

// Romov and Sokolov's families of the session; what gestures tell is left out.
constexpr std::array<std::string_view, 17> kSessionNumbers = {
    "session.hour",         "session.weekday",       "session.length_ms",    "session.gap_ms",
    "session.clicks",       "session.items",         "session.categories",   "session.repeats",
    "session.repeat_share", "session.dwell_mean_ms", "session.dwell_max_ms", "session.dwell_last_ms",
    "session.view",         "session.search",        "session.favourite",    "session.cart_add",
    "session.purchase"};
constexpr std::array<std::string_view, 6> kSessionNames = {"session.first_item",    "session.last_item",
                                                           "session.most_item",     "session.first_category",
                                                           "session.last_category", "session.most_category"};
constexpr std::array<std::string_view, 19> kUserNumbers = {"count.view.1h",
                                                           "count.view.1d",
                                                           "count.view.7d",
                                                           "count.search.1d",
                                                           "count.favourite.7d",
                                                           "count.cart_add.1h",
                                                           "count.cart_add.1d",
                                                           "count.cart_add.7d",
                                                           "count.checkout.1d",
                                                           "count.purchase.7d",
                                                           "count.purchase.30d",
                                                           "recency.view",
                                                           "recency.cart_add",
                                                           "recency.purchase",
                                                           "cart.items",
                                                           "cart.cents",
                                                           "active_days",
                                                           "hour",
                                                           "weekday"};

feature::FeatureSpec feature_of(std::string_view source, feature::EncoderKind kind) {
  feature::FeatureSpec feature{std::string(source), {}};
  feature.encoder.kind = kind;
  return feature;
}

}  // namespace

feature::BlueprintSpec default_features() {
  feature::BlueprintSpec spec;
  for (const std::string_view source : kSessionNumbers) {
    spec.statistics.push_back(feature_of(source, feature::EncoderKind::kRaw));
  }
  for (const std::string_view source : kSessionNames) {
    spec.statistics.push_back(feature_of(source, feature::EncoderKind::kVocabulary));
  }
  for (const std::string_view source : kUserNumbers) {
    spec.statistics.push_back(feature_of(source, feature::EncoderKind::kRaw));
  }
  return spec;
}

}  // namespace inkling::models::purchase_gbdt
