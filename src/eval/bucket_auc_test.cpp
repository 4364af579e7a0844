#include "eval/bucket_auc.h"

#include <gtest/gtest.h>

#include <cmath>

namespace inkling::eval {
namespace {

const std::vector<double> kScores = {0.9, 0.2, 0.8, 0.4, 0.7, 0.1};
const std::vector<std::uint8_t> kLabels = {1, 0, 0, 1, 1, 0};
const std::vector<double> kKeys = {1, 1, 5, 5, 9, 9};

TEST(BucketAuc, of_all_points_sees_only_the_bucket) {
  const auto buckets = auc_by_bucket(kScores, kLabels, kKeys, std::vector<double>{0, 2, 6, 9}, BucketOf::kAllPoints);
  ASSERT_TRUE(buckets.ok());
  ASSERT_EQ(buckets->size(), 3U);
  EXPECT_EQ((*buckets)[0].auc, 1);  // 0.9 above 0.2
  EXPECT_EQ((*buckets)[1].auc, 0);  // 0.4 below 0.8
  EXPECT_EQ((*buckets)[1].positives, 1U);
  EXPECT_TRUE(std::isnan((*buckets)[2].auc));  // 9 is outside [6, 9)
}

TEST(BucketAuc, of_positives_compares_with_all_negatives) {
  const auto buckets = auc_by_bucket(kScores, kLabels, kKeys, std::vector<double>{0, 2, 6, 10}, BucketOf::kPositives);
  ASSERT_TRUE(buckets.ok());
  EXPECT_DOUBLE_EQ((*buckets)[0].auc, 1);
  EXPECT_DOUBLE_EQ((*buckets)[1].auc, 2.0 / 3);  // 0.4 above 0.2 and 0.1, below 0.8
  EXPECT_DOUBLE_EQ((*buckets)[2].auc, 2.0 / 3);
  EXPECT_EQ((*buckets)[0].negatives, 3U);
}

TEST(BucketAuc, refuses_edges_that_do_not_grow_and_missing_keys) {
  EXPECT_FALSE(auc_by_bucket(kScores, kLabels, kKeys, std::vector<double>{2, 2}, BucketOf::kAllPoints).ok());
  EXPECT_FALSE(auc_by_bucket(kScores, kLabels, kKeys, std::vector<double>{2}, BucketOf::kAllPoints).ok());
  EXPECT_FALSE(
      auc_by_bucket(kScores, kLabels, std::vector<double>{1}, std::vector<double>{0, 2}, BucketOf::kAllPoints).ok());
}

}  // namespace
}  // namespace inkling::eval
