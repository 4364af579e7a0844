#include "basket/trigger_scores.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/core/allocation_count_test.h"
#include "basket/candidate_features.h"
#include "basket/co_basket_builder.h"
#include "basket/purchases_for_test.h"

namespace inkling::basket {
namespace {

CoBasket some_statistics() {
  CoBasketBuilder builder(CoBasketOptions{});
  for (const Purchase& purchase : random_purchases(1, 300, 30)) builder.add(purchase);
  return *builder.build(300 * base::kDayMs);
}

float value_at(const Neighbours& list, std::uint32_t row) {
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    if (list.rows[i] == row) return list.values[i];
  }
  return 0;
}

TEST(TriggerScores, add_up_what_each_trigger_says_and_name_the_loudest) {
  const CoBasket statistics = some_statistics();
  const std::vector<std::uint32_t> triggers = {3, 4, 11};
  TriggerScores scores;
  scores.gather(statistics, triggers);
  for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
    float conditional = 0, cosine = 0, weight = 0, loudest = 0;
    std::uint32_t loudest_trigger = kNoTrigger;
    for (const std::uint32_t trigger : triggers) {
      const float pairs = value_at(statistics.pairs(trigger), row);
      const auto baskets = static_cast<float>(statistics.paired_baskets(trigger));
      const float cosine_here = pairs / std::sqrt(baskets * static_cast<float>(statistics.paired_baskets(row)));
      conditional += pairs / (baskets + 5);
      cosine += cosine_here;
      weight += value_at(statistics.weights(trigger), row);
      if (cosine_here > loudest) loudest = cosine_here, loudest_trigger = trigger;
    }
    EXPECT_NEAR(scores.of(row).conditional.sum, conditional, 1e-5);
    EXPECT_NEAR(scores.of(row).cosine.sum, cosine, 1e-5);
    EXPECT_NEAR(scores.of(row).cosine.best, loudest, 1e-6);
    EXPECT_EQ(scores.of(row).cosine.best_trigger, loudest_trigger);
    EXPECT_NEAR(scores.of(row).autoencoder.sum, weight, 1e-5);
  }
}

TEST(TriggerScores, forget_the_request_before) {
  const CoBasket statistics = some_statistics();
  TriggerScores scores, fresh;
  const std::vector<std::uint32_t> first = {1, 2, 3}, second = {9};
  scores.gather(statistics, first);
  scores.gather(statistics, second);
  fresh.gather(statistics, second);
  EXPECT_EQ(scores.suggested().size(), fresh.suggested().size());
  for (std::uint32_t row = 0; row < statistics.item_count(); ++row) {
    EXPECT_EQ(scores.of(row).cosine.sum, fresh.of(row).cosine.sum);
    EXPECT_EQ(scores.of(row).autoencoder.best_trigger, fresh.of(row).autoencoder.best_trigger);
  }
}

TEST(TriggerScores, and_features_allocate_nothing_from_the_second_request_on) {
  const CoBasket statistics = some_statistics();
  PersonalHistory history;
  const std::vector<std::uint64_t> bought = {statistics.item(2), statistics.item(5)};
  history.add(purchase_at(0, bought));
  const std::vector<std::uint32_t> triggers = {3, 4, 11};
  CandidateReader reader;
  float sum = 0;
  const auto request = [&] {
    reader.start({&statistics, &history, triggers, 500, 301 * base::kDayMs});
    for (std::uint32_t row = 0; row < statistics.item_count(); ++row) sum += reader.read(row, 600).row()[7];
  };
  request();
  const std::size_t before = base::allocations;
  request();
  EXPECT_EQ(base::allocations, before);
  EXPECT_GT(sum, 0);
}

}  // namespace
}  // namespace inkling::basket
