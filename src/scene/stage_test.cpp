#include "scene/stage.h"

#include <gtest/gtest.h>

#include "scene/sample_stages.h"

namespace inkling::scene {
namespace {

TEST(CheckBlueprint, accepts_one_of_each_kind) {
  for (const StageBlueprint* blueprint : sample::kSampleStages) {
    EXPECT_TRUE(check_blueprint(*blueprint).ok()) << check_blueprint(*blueprint).message();
  }
}

TEST(CheckBlueprint, refuses_a_stage_that_writes_what_its_kind_may_not) {
  StageBlueprint blueprint = sample::kYes;
  blueprint.writes = {Slot::kIntent};
  EXPECT_EQ(check_blueprint(blueprint).message(),
            "stage decide/yes: a stage of kind decide must write decision and nothing else; this one writes intent");
  EXPECT_EQ(check_blueprint(blueprint).code(), base::ErrorCode::kInternal);
}

TEST(CheckBlueprint, refuses_a_filter_that_does_not_read_candidates) {
  StageBlueprint blueprint = sample::kAll;
  blueprint.reads = {Slot::kQuery};
  EXPECT_EQ(check_blueprint(blueprint).message(),
            "stage filter/all: a stage of kind filter must read candidates; this one reads query");
}

TEST(CheckBlueprint, refuses_a_default_outside_the_range) {
  constexpr std::array kBroken = {ParameterSpec{
      .name = "share", .type = ParameterType::kNumber, .meaning = "how much", .default_text = "2", .max = 1}};
  StageBlueprint blueprint = sample::kYes;
  blueprint.parameters = kBroken;
  EXPECT_EQ(check_blueprint(blueprint).message(),
            "stage decide/yes: the default of share: 2 is above 1; allowed is a number up to 1");
}

TEST(CheckBlueprint, refuses_a_required_parameter_with_a_default_and_one_without_meaning) {
  constexpr std::array kBoth = {ParameterSpec{.name = "a", .meaning = "m", .required = true, .default_text = "x"}};
  constexpr std::array kMute = {ParameterSpec{.name = "a"}};
  StageBlueprint blueprint = sample::kYes;
  blueprint.parameters = kBoth;
  EXPECT_EQ(check_blueprint(blueprint).message(), "stage decide/yes: a is required, yet has a default");
  blueprint.parameters = kMute;
  EXPECT_EQ(check_blueprint(blueprint).message(), "stage decide/yes: a parameter has no name or no meaning");
}

TEST(CheckBlueprint, refuses_a_stage_that_cannot_be_made) {
  StageBlueprint blueprint = sample::kYes;
  blueprint.make = nullptr;
  EXPECT_EQ(check_blueprint(blueprint).message(), "stage decide/yes: it has no name or no make");
}

}  // namespace
}  // namespace inkling::scene
