#include "eval/roc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/core/random.h"
#include "eval/auc.h"

namespace inkling::eval {
namespace {

using Doubles = std::vector<double>;
using Bytes = std::vector<std::uint8_t>;

double area(const std::vector<RocPoint>& curve) {
  double sum = 0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    sum += (curve[i].false_positive_rate - curve[i - 1].false_positive_rate) *
           (curve[i].true_positive_rate + curve[i - 1].true_positive_rate) / 2;
  }
  return sum;
}

TEST(RocCurve, has_a_point_for_every_distinct_score) {
  const auto curve = *roc_curve(Doubles{0.1, 0.4, 0.35, 0.8, 0.8}, Bytes{0, 0, 1, 1, 0});
  const std::vector<RocPoint> expected = {
      {0, 0, INFINITY}, {1.0 / 3, 0.5, 0.8}, {2.0 / 3, 0.5, 0.4}, {2.0 / 3, 1.0, 0.35}, {1, 1, 0.1}};
  ASSERT_EQ(curve.size(), expected.size());
  for (std::size_t i = 0; i < curve.size(); ++i) {
    EXPECT_DOUBLE_EQ(curve[i].false_positive_rate, expected[i].false_positive_rate) << i;
    EXPECT_DOUBLE_EQ(curve[i].true_positive_rate, expected[i].true_positive_rate) << i;
    EXPECT_EQ(curve[i].threshold, expected[i].threshold) << i;
  }
}

TEST(RocCurve, keeps_its_ends_and_its_area_when_thinned) {
  base::Random random(2);
  Doubles scores;
  Bytes labels;
  for (int i = 0; i < 3000; ++i) {
    labels.push_back(random.chance(0.2) ? 1 : 0);
    scores.push_back(labels.back() + random.normal());
  }
  const auto whole = *roc_curve(scores, labels, 10'000);
  const auto thinned = *roc_curve(scores, labels, 50);
  EXPECT_NEAR(area(whole), *auc(scores, labels), 1e-12);
  EXPECT_LE(thinned.size(), 50u);
  EXPECT_GE(thinned.size(), 40u);
  EXPECT_EQ(thinned.front().true_positive_rate, 0);
  EXPECT_EQ(thinned.back().false_positive_rate, 1);
  EXPECT_EQ(thinned.back().true_positive_rate, 1);
  EXPECT_NEAR(area(thinned), area(whole), 0.005);
}

TEST(PrecisionRecallCurve, ends_where_all_positives_are_found) {
  const auto curve = *precision_recall_curve(Doubles{0.1, 0.4, 0.35, 0.8}, Bytes{0, 0, 1, 1});
  ASSERT_EQ(curve.size(), 3u);
  EXPECT_DOUBLE_EQ(curve[0].recall, 0.5);
  EXPECT_DOUBLE_EQ(curve[0].precision, 1);
  EXPECT_DOUBLE_EQ(curve[1].recall, 0.5);
  EXPECT_DOUBLE_EQ(curve[1].precision, 0.5);
  EXPECT_DOUBLE_EQ(curve[2].recall, 1);
  EXPECT_DOUBLE_EQ(curve[2].precision, 2.0 / 3);
  EXPECT_EQ(curve[2].threshold, 0.35);
}

TEST(PrecisionRecallCurve, is_thinned_evenly_in_recall) {
  Doubles scores;
  Bytes labels;
  for (int i = 0; i < 1000; ++i) {
    scores.push_back(-i);
    labels.push_back(i % 2 == 0 ? 1 : 0);
  }
  const auto curve = *precision_recall_curve(scores, labels, 11);
  ASSERT_EQ(curve.size(), 11u);
  EXPECT_EQ(curve.front().threshold, 0);
  for (std::size_t i = 1; i < curve.size(); ++i) EXPECT_NEAR(curve[i].recall - curve[i - 1].recall, 0.1, 0.01);
  EXPECT_EQ(curve.back().recall, 1);
}

TEST(Curves, refuse_one_class_and_too_few_points) {
  EXPECT_FALSE(roc_curve(Doubles{1, 2}, Bytes{1, 1}).ok());
  EXPECT_FALSE(precision_recall_curve(Doubles{1, 2}, Bytes{0, 0}).ok());
  EXPECT_EQ(roc_curve(Doubles{1, 2}, Bytes{0, 1}, 1).status().message(), "max_points: 1 is below 2.");
}

}  // namespace
}  // namespace inkling::eval
