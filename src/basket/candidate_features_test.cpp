#include "basket/candidate_features.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "basket/co_basket_builder.h"
#include "basket/purchases_for_test.h"
#include "basket/repurchase.h"

namespace inkling::basket {
namespace {

// Items 5, 6, 7 are rows 0, 1, 2.
CoBasket small_statistics() {
  CoBasketBuilder builder(CoBasketOptions{});
  builder.add(purchase_of(1, 0, {5, 6}));
  builder.add(purchase_of(1, 80, {5, 6}));
  builder.add(purchase_of(2, 96, {5, 7}));
  return *builder.build(100 * base::kDayMs);
}

using Named = std::map<std::string, float, std::less<>>;

Named by_name(const CandidateFeatures& features) {
  Named named;
  const auto row = features.row();
  for (std::size_t i = 0; i < row.size(); ++i) named[std::string(kCandidateFeatureNames[i])] = row[i];
  return named;
}

Named read(const AddOnRequest& request, std::uint32_t row, std::int64_t price_cents) {
  CandidateReader reader;
  reader.start(request);
  return by_name(reader.read(row, price_cents));
}

TEST(CandidateFeatures, have_a_name_each) {
  EXPECT_EQ(by_name(CandidateFeatures()).size(), kCandidateFeatureCount);
}

TEST(CandidateFeatures, tell_what_the_basket_the_shopper_and_the_shop_say_of_a_candidate) {
  const CoBasket statistics = small_statistics();
  PersonalHistory history;
  history.add(purchase_at(0, {6}));
  history.add(purchase_at(80 * base::kDayMs, {6, 5}));
  history.add(purchase_at(90 * base::kDayMs, {7}));
  const std::vector<std::uint32_t> triggers = {0};
  const std::int64_t now_ms = 101 * base::kDayMs;
  const Named named = read({&statistics, &history, triggers, 400, now_ms}, 1, 600);
  const std::map<std::string, double> expected = {
      {"popularity", 2.0 / 3},
      {"popularity_30d", 0.5},
      {"popularity_7d", 0},
      {"conditional", 2.0 / 8},
      {"conditional_best", 2.0 / 8},
      {"cosine", 2 / std::sqrt(6.0)},
      {"cosine_best", 2 / std::sqrt(6.0)},
      {"personal_purchases", 2},
      {"personal_faded", 0.8 + 0.64},
      {"personal_idle_days", 21},
      {"repurchase_score", repurchase_score(statistics.repurchase(1), *history.find(6), now_ms)},
      {"price_ratio", 1.5},
      {"basket_items", 1},
      {"item_age_days", 100},
      {"item_idle_days", 20},
      {"shopper_baskets", 3}};
  for (const auto& [name, value] : expected) EXPECT_NEAR(named.at(name), value, 1e-5) << name;
  EXPECT_GT(named.at("autoencoder"), 0);
  EXPECT_EQ(named.at("autoencoder"), named.at("autoencoder_best"));
}

TEST(CandidateFeatures, say_missing_where_nothing_is_known) {
  const CoBasket statistics = small_statistics();
  const AddOnRequest stranger = {&statistics, nullptr, {}, 0, 0};
  const Named named = read(stranger, 2, 600);
  EXPECT_TRUE(std::isnan(named.at("price_ratio"))) << "no gap";
  EXPECT_TRUE(std::isnan(named.at("personal_idle_days")));
  EXPECT_EQ(named.at("personal_purchases"), 0);
  EXPECT_EQ(named.at("cosine"), 0);
  AddOnRequest with_gap = stranger;
  with_gap.gap_cents = 100;
  EXPECT_TRUE(std::isnan(read(with_gap, 2, kNoPrice).at("price_ratio"))) << "no price";
}

}  // namespace
}  // namespace inkling::basket
