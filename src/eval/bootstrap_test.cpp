#include "eval/bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "base/core/random.h"

namespace inkling::eval {
namespace {

using ::testing::HasSubstr;
using Doubles = std::vector<double>;
using Bytes = std::vector<std::uint8_t>;

// Three points a shopper; `good` tells the classes apart far better than `poor`.
struct Data {
  Bytes labels;
  Doubles good;
  Doubles poor;
  Groups groups;
};

Data made_up(std::size_t group_count, std::uint64_t seed) {
  base::Random random(seed);
  Data data;
  std::vector<std::uint64_t> ids;
  for (std::size_t i = 0; i < group_count * 3; ++i) {
    ids.push_back(i / 3);
    data.labels.push_back(random.chance(0.4) ? 1 : 0);
    data.good.push_back(2.0 * data.labels.back() + random.normal());
    data.poor.push_back(0.3 * data.labels.back() + random.normal());
  }
  data.groups = Groups::of(ids);
  return data;
}

TEST(GroupMetric, equals_the_metric_on_repeated_rows) {
  const Data data = made_up(20, 1);
  std::vector<std::uint32_t> times(20);
  for (std::size_t g = 0; g < times.size(); ++g) times[g] = g % 4;
  Doubles scores;
  Bytes labels;
  std::vector<std::uint64_t> ids;
  for (std::size_t row = 0; row < data.labels.size(); ++row) {
    for (std::uint32_t copy = 0; copy < times[data.groups.of_point(row)]; ++copy) {
      scores.push_back(data.good[row]);
      labels.push_back(data.labels[row]);
      ids.push_back(data.groups.of_point(row) * 10 + copy);
    }
  }
  const auto repeated = Groups::of(ids);
  EXPECT_NEAR(*(*auc_metric(data.good, data.labels, data.groups))->under(times), *auc(scores, labels), 1e-12);
  EXPECT_NEAR(*(*average_precision_metric(data.good, data.labels, data.groups))->under(times),
              *average_precision(scores, labels), 1e-12);
  EXPECT_NEAR(*(*gauc_metric(data.good, data.labels, data.groups))->under(times),
              gauc(scores, labels, repeated, "shopper")->value, 1e-12);
  EXPECT_NEAR(*(*mean_metric(data.good, data.groups))->under(times),
              std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size()), 1e-12);
}

TEST(Bootstrap, interval_of_a_mean_has_the_width_that_theory_gives) {
  Doubles values;
  std::vector<std::uint64_t> ids;
  for (std::uint64_t i = 0; i < 400; ++i) {
    values.push_back(i % 2 == 0 ? 1 : 0);
    ids.push_back(i);
  }
  const auto metric = *mean_metric(values, Groups::of(ids));
  const auto estimate = *bootstrap(*metric, 3, {.replicates = 4000});
  // The standard error is 0.5 / sqrt(400) = 0.025, so 95 % lie within 1.96 x 0.025 = 0.049 of 0.5.
  EXPECT_DOUBLE_EQ(estimate.value, 0.5);
  EXPECT_NEAR(estimate.low, 0.451, 0.004);
  EXPECT_NEAR(estimate.high, 0.549, 0.004);
  const auto narrower = *bootstrap(*metric, 3, {.replicates = 4000, .confidence = 0.5});
  EXPECT_NEAR(narrower.high - narrower.low, 2 * 0.6745 * 0.025, 0.004);
}

TEST(Bootstrap, of_whole_groups_does_not_grow_surer_by_repeating_rows) {
  const Data data = made_up(60, 2);
  Doubles scores;
  Bytes labels;
  std::vector<std::uint64_t> ids;
  for (std::size_t row = 0; row < data.labels.size(); ++row) {
    for (int copy = 0; copy < 4; ++copy) {
      scores.push_back(data.poor[row]);
      labels.push_back(data.labels[row]);
      ids.push_back(data.groups.of_point(row));
    }
  }
  const auto once = *bootstrap_auc(data.poor, data.labels, data.groups, 9);
  const auto repeated = *bootstrap_auc(scores, labels, Groups::of(ids), 9);
  EXPECT_NEAR(once.low, repeated.low, 1e-12);
  EXPECT_NEAR(once.high, repeated.high, 1e-12);
  EXPECT_GT(once.high - once.low, 0.05);
}

TEST(Bootstrap, contains_the_value_and_repeats_with_its_seed) {
  const Data data = made_up(100, 3);
  const auto first = *bootstrap_auc(data.good, data.labels, data.groups, 7);
  const auto again = *bootstrap_auc(data.good, data.labels, data.groups, 7);
  const auto other = *bootstrap_auc(data.good, data.labels, data.groups, 8);
  EXPECT_DOUBLE_EQ(first.value, *auc(data.good, data.labels));
  EXPECT_LT(first.low, first.value);
  EXPECT_GT(first.high, first.value);
  EXPECT_EQ(first.replicates_used, 1000u);
  EXPECT_EQ(first.low, again.low);
  EXPECT_NE(first.low, other.low);
}

TEST(PairedBootstrap, is_sure_of_a_better_model) {
  const Data data = made_up(200, 4);
  const auto difference = *paired_bootstrap_auc(data.good, data.poor, data.labels, data.groups, 5);
  EXPECT_DOUBLE_EQ(difference.value, *auc(data.good, data.labels) - *auc(data.poor, data.labels));
  EXPECT_NEAR(difference.mean, difference.value, 0.01);
  EXPECT_GT(difference.low, 0);
  EXPECT_LT(difference.low, difference.value);
  EXPECT_GT(difference.high, difference.value);
  // No replicate at or below 0: 2 (1 + 0) / (1 + 1000).
  EXPECT_DOUBLE_EQ(difference.p_value, 2.0 / 1001);
  const auto turned = *paired_bootstrap_auc(data.poor, data.good, data.labels, data.groups, 5);
  EXPECT_NEAR(turned.low, -difference.high, 1e-12);
  EXPECT_DOUBLE_EQ(turned.p_value, difference.p_value);
}

TEST(PairedBootstrap, sees_no_difference_where_there_is_none) {
  const Data data = made_up(50, 6);
  const auto same = *paired_bootstrap_auc(data.good, data.good, data.labels, data.groups, 5);
  EXPECT_EQ(same.value, 0);
  EXPECT_EQ(same.low, 0);
  EXPECT_EQ(same.high, 0);
  EXPECT_EQ(same.p_value, 1);
}

TEST(PairedBootstrap, raises_few_false_alarms_between_equally_good_models) {
  int alarms = 0;
  constexpr int kTrials = 100;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Data data = made_up(60, 100 + static_cast<std::uint64_t>(trial));
    base::Random random(500 + static_cast<std::uint64_t>(trial));
    Doubles rival;
    for (const std::uint8_t label : data.labels) rival.push_back(2.0 * label + random.normal());
    const auto difference = *paired_bootstrap_auc(data.good, rival, data.labels, data.groups, 1, {.replicates = 200});
    alarms += difference.p_value < 0.05 ? 1 : 0;
  }
  // 5 are expected; 15 or more would happen by chance once in ten thousand times.
  EXPECT_LT(alarms, 15);
}

TEST(Bootstrap, refuses_what_it_cannot_answer) {
  const Data data = made_up(20, 7);
  const Bytes negatives(data.labels.size(), 0);
  EXPECT_THAT(bootstrap_auc(data.good, negatives, data.groups, 1).status().message(),
              HasSubstr("a class is missing"));
  EXPECT_THAT(bootstrap_auc(data.good, data.labels, Groups::of({}), 1).status().message(),
              HasSubstr("60 points came with 0 group ids"));
  EXPECT_EQ(bootstrap_auc(data.good, data.labels, data.groups, 1, {.replicates = 9}).status().message(),
            "replicates: 9 is below 10.");
  EXPECT_FALSE(bootstrap_auc(data.good, data.labels, data.groups, 1, {.confidence = 1.0}).ok());
  const auto metric = *mean_metric(data.good, data.groups);
  const auto smaller = *mean_metric(Doubles{1.0}, Groups::of(std::vector<std::uint64_t>{1}));
  EXPECT_THAT(paired_bootstrap(*metric, *smaller, 1).status().message(), HasSubstr("have 20 and 1 groups"));
}

}  // namespace
}  // namespace inkling::eval
