#include "eval/auc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/core/random.h"

namespace inkling::eval {
namespace {

using ::testing::HasSubstr;
using Doubles = std::vector<double>;
using Bytes = std::vector<std::uint8_t>;

TEST(Auc, counts_the_pairs_in_order) {
  // Pairs (positive, negative): (.35, .1) yes, (.35, .4) no, (.8, .1) yes, (.8, .4) yes: 3 of 4.
  EXPECT_DOUBLE_EQ(*auc(Doubles{0.1, 0.4, 0.35, 0.8}, Bytes{0, 0, 1, 1}), 0.75);
  EXPECT_DOUBLE_EQ(*auc(Doubles{-3, -2, 5}, Bytes{0, 0, 1}), 1.0);
  EXPECT_DOUBLE_EQ(*auc(Doubles{-3, -2, 5}, Bytes{1, 1, 0}), 0.0);
}

TEST(Auc, counts_a_tie_one_half) {
  // .5 ties with .5 and beats .2, .9 beats both: 3.5 of 4.
  EXPECT_DOUBLE_EQ(*auc(Doubles{0.5, 0.5, 0.2, 0.9}, Bytes{1, 0, 0, 1}), 0.875);
  EXPECT_DOUBLE_EQ(*auc(Doubles{7, 7, 7, 7, 7}, Bytes{1, 0, 0, 1, 0}), 0.5);
}

TEST(Auc, takes_a_weight_as_so_many_equal_rows) {
  const Doubles scores = {0.1, 0.4, 0.35, 0.8};
  const Doubles repeated = {0.1, 0.1, 0.1, 0.4, 0.35, 0.35};
  EXPECT_DOUBLE_EQ(*auc(scores, Bytes{0, 0, 1, 1}, Doubles{3, 1, 2, 0}), *auc(repeated, Bytes{0, 0, 0, 0, 1, 1}));
  // Pairs: .35 beats .1 with 2 x 3, loses to .4 with 2 x 1: 6 of 8.
  EXPECT_DOUBLE_EQ(*auc(scores, Bytes{0, 0, 1, 1}, Doubles{3, 1, 2, 0}), 0.75);
}

TEST(Auc, equals_the_count_over_all_pairs) {
  base::Random random(5);
  Doubles scores;
  Bytes labels;
  for (int i = 0; i < 200; ++i) {
    labels.push_back(random.chance(0.3) ? 1 : 0);
    scores.push_back(std::floor(random.uniform(0, 20)) + labels.back());
  }
  double won = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (std::size_t j = 0; j < scores.size(); ++j) {
      if (labels[i] != 1 || labels[j] != 0) continue;
      pairs += 1;
      won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
    }
  }
  EXPECT_NEAR(*auc(scores, labels), won / pairs, 1e-12);
}

TEST(Auc, has_no_value_for_one_class) {
  const auto value = auc(Doubles{1, 2}, Bytes{1, 1});
  EXPECT_EQ(value.status().code(), base::ErrorCode::kInvalidInput);
  EXPECT_THAT(value.status().message(), HasSubstr("AUC has no value"));
  EXPECT_FALSE(auc(Doubles{1, 2}, Bytes{0, 1}, Doubles{1, 0}).ok());
}

TEST(AveragePrecision, sums_precision_over_recall_gained) {
  // .8 is positive: 1/2 x 1; .4 is not; .35 is positive: 1/2 x 2/3.
  EXPECT_DOUBLE_EQ(*average_precision(Doubles{0.1, 0.4, 0.35, 0.8}, Bytes{0, 0, 1, 1}), 0.5 + 0.5 * 2 / 3);
  EXPECT_DOUBLE_EQ(*average_precision(Doubles{1, 1, 1, 1}, Bytes{0, 0, 1, 0}), 0.25);
  EXPECT_DOUBLE_EQ(*average_precision(Doubles{1, 2}, Bytes{0, 1}, Doubles{5, 1}), 1.0);
  EXPECT_FALSE(average_precision(Doubles{1, 2}, Bytes{0, 0}).ok());
}

class GroupedAuc : public ::testing::Test {
 protected:
  // Group 7: AUC 1. Group 8: one of two pairs. Group 9: negatives only.
  Doubles scores_ = {0.9, 0.2, 0.1, 0.8, 0.9, 1, 2, 3, 4, 5};
  Bytes labels_ = {1, 1, 0, 0, 1, 0, 0, 0, 0, 0};
  Groups groups_ = Groups::of(std::vector<std::uint64_t>{7, 8, 7, 8, 8, 9, 9, 9, 9, 9});
};

TEST_F(GroupedAuc, weighs_groups_by_exposures_positives_or_equally) {
  EXPECT_DOUBLE_EQ(gauc(scores_, labels_, groups_, "shopper")->value, (2 * 1.0 + 3 * 0.5) / 5);
  EXPECT_DOUBLE_EQ(gauc(scores_, labels_, groups_, "shopper", GroupWeight::kPositives)->value,
                   (1 * 1.0 + 2 * 0.5) / 3);
  EXPECT_DOUBLE_EQ(gauc(scores_, labels_, groups_, "shopper", GroupWeight::kEqual)->value, 0.75);
}

TEST_F(GroupedAuc, drops_and_reports_groups_of_one_class_and_says_its_definition) {
  const auto result = *gauc(scores_, labels_, groups_, "request");
  EXPECT_EQ(result.groups_used, 2u);
  EXPECT_EQ(result.groups_dropped, 1u);
  EXPECT_DOUBLE_EQ(result.points_dropped_share, 0.5);
  EXPECT_EQ(result.definition, "GAUC by request, weighted by exposures");
}

TEST_F(GroupedAuc, takes_weights_as_exposures) {
  const Doubles weights = {3, 1, 3, 1, 1, 1, 1, 1, 1, 1};
  EXPECT_DOUBLE_EQ(gauc(scores_, labels_, groups_, "shopper", GroupWeight::kExposures, weights)->value,
                   (6 * 1.0 + 3 * 0.5) / 9);
}

TEST_F(GroupedAuc, has_no_value_without_a_group_of_both_classes) {
  const auto alone = Groups::of(std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  EXPECT_THAT(gauc(scores_, labels_, alone, "shopper").status().message(),
              HasSubstr("none of the 10 groups has both classes"));
  EXPECT_THAT(gauc(scores_, labels_, Groups::of({}), "shopper").status().message(),
              HasSubstr("10 points came with 0 group ids"));
}

}  // namespace
}  // namespace inkling::eval
