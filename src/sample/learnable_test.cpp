#include "sample/learnable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::sample {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SampleSet made_up(std::array<double, 3> hour, std::array<double, 3> day) {
  SampleSet set;
  set.plan.targets = {{"purchase_1h", 3'600'000}, {"purchase_1d", 86'400'000}};
  set.part_counts = {90, 10, 30};
  set.base_rates = {hour, day};
  set.blueprint.views = {{feature::View::kTap, 50, {}}, {feature::View::kBrowse, 50, {}}};
  set.view_records = {7, 900};
  return set;
}

TEST(CheckLearnable, asks_for_both_classes_of_one_target_in_the_training_part) {
  EXPECT_TRUE(check_learnable(made_up({0.1, 0, 0}, {0, 0, 0})).ok());
  EXPECT_TRUE(check_learnable(made_up({0, 0.1, 0.1}, {0.2, 0, 0})).ok());
  EXPECT_EQ(check_learnable(made_up({0, 0.1, 0.1}, {1, 0.5, 0.5})).message(),
            "purchase_1h: none of the 90 points of the training part are positive; purchase_1d: all 90 points of the "
            "training part are positive: there is nothing to learn; train on more days, or ask for other horizons");
  SampleSet empty = made_up({0, 0.1, 0.1}, {0, 0.5, 0.5});
  empty.part_counts[0] = 0;
  EXPECT_EQ(check_learnable(empty).message(),
            "no decision point falls into the training part (validation holds 10); train on more days, or hold fewer "
            "shoppers out with split: {validation: ...}");
}

TEST(Shortcomings, name_every_part_and_view_that_training_does_without) {
  EXPECT_THAT(shortcomings(made_up({0.1, 0.1, 0.1}, {0.2, 0.2, 0.2})), IsEmpty());
  SampleSet set = made_up({0.1, 0, 0.1}, {0, 0.2, 1});
  set.view_records[0] = 0;
  EXPECT_THAT(
      shortcomings(set),
      ElementsAre(
          "purchase_1h: none of the 10 points of the validation part are positive, so early stopping sees no "
          "AUC of this target",
          "purchase_1d: none of the 90 points of the training part are positive, so it learns one number for "
          "this target",
          "purchase_1d: all 30 points of the test part are positive, so no AUC of this target can be measured",
          "view tap: no sample has a record of it, so it teaches nothing"));
  set.part_counts[2] = 0;
  EXPECT_EQ(shortcomings(set).size(), 3U) << "an empty test part is no test part of one class";
}

}  // namespace
}  // namespace inkling::sample
