#include <gtest/gtest.h>

#include <limits>

#include "scene/fixed_knowledge.h"
#include "scene/stage.h"

namespace inkling::stages::understand::intent {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

class IntentStageTest : public testing::Test {
 protected:
  base::Status run(const std::vector<RawParameter>& given) {
    const auto parameters = scene::make_parameters(blueprint().parameters, given);
    if (!parameters.ok()) return parameters.status();
    const auto stage = blueprint().make(*parameters);
    EXPECT_TRUE(stage.ok());
    return stage.value()->run(exchange_);
  }
  base::Status run_model(const std::string& model) { return run({RawParameter::plain("model", model)}); }

  scene::FixedKnowledge knowledge_;
  scene::Request request_;
  scene::SystemSteadyTime time_;
  scene::Exchange exchange_{
      .request = request_, .knowledge = knowledge_, .now_ms = 0, .deadline = scene::Deadline(time_, 0)};
};

TEST_F(IntentStageTest, writes_every_target_and_means_the_first) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}, {"purchase_7d", 0.5F}});
  ASSERT_TRUE(run_model("dipn").ok());
  const scene::Intent& intent = *exchange_.slots.intent;
  ASSERT_EQ(intent.probs.size(), 2U);
  EXPECT_EQ(intent.find("purchase_7d")->prob, 0.5F);
  EXPECT_EQ(intent.find("")->target, "purchase_1h");
  EXPECT_EQ(intent.find("purchase_1y"), nullptr);
  ASSERT_EQ(exchange_.models.size(), 1U);
  EXPECT_EQ(exchange_.models[0].version, "7");
}

TEST_F(IntentStageTest, means_the_target_that_the_scene_names) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}, {"purchase_7d", 0.5F}});
  ASSERT_TRUE(run({RawParameter::plain("model", "dipn"), RawParameter::plain("target", "purchase_7d")}).ok());
  EXPECT_EQ(exchange_.slots.intent->find("")->target, "purchase_7d");
}

TEST_F(IntentStageTest, joins_two_models_with_different_targets) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}});
  knowledge_.set_model("leave", "2", {{"leave_1h", 0.75F}});
  ASSERT_TRUE(run_model("dipn").ok());
  ASSERT_TRUE(run_model("leave").ok());
  EXPECT_EQ(exchange_.slots.intent->find("leave_1h")->model, "leave");
  EXPECT_EQ(exchange_.slots.intent->find("")->target, "purchase_1h");
}

TEST_F(IntentStageTest, refuses_a_target_that_two_models_predict) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}});
  knowledge_.set_model("rival", "1", {{"purchase_1h", 0.75F}});
  ASSERT_TRUE(run_model("dipn").ok());
  EXPECT_EQ(run_model("rival").message(),
            "model: \"rival\" predicts \"purchase_1h\", which model \"dipn\" wrote already; allowed is one model a "
            "target");
}

TEST_F(IntentStageTest, names_the_targets_of_the_model_when_it_has_not_the_one_asked_for) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}, {"purchase_7d", 0.5F}});
  EXPECT_EQ(run({RawParameter::plain("model", "dipn"), RawParameter::plain("target", "purchase_2h")}).message(),
            "target: model \"dipn\" has no target \"purchase_2h\"; its targets are: purchase_1h, purchase_7d");
  EXPECT_FALSE(exchange_.slots.intent);
}

TEST_F(IntentStageTest, fails_when_the_model_is_not_live) {
  EXPECT_EQ(run_model("dipn").message(), "no package of model \"dipn\" is live; live are: none");
}

TEST_F(IntentStageTest, refuses_what_is_no_probability) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", std::numeric_limits<float>::quiet_NaN()}});
  EXPECT_EQ(run_model("dipn").message(),
            "model \"dipn\" answered nan for \"purchase_1h\", which is no probability from 0 to 1");
}

TEST_F(IntentStageTest, notes_what_the_model_said_only_when_traced) {
  knowledge_.set_model("dipn", "7", {{"purchase_1h", 0.25F}});
  ASSERT_TRUE(run_model("dipn").ok());
  EXPECT_TRUE(exchange_.notes.empty());
  request_.trace = true;
  exchange_.slots = {};
  ASSERT_TRUE(run_model("dipn").ok());
  EXPECT_EQ(exchange_.notes, std::vector<std::string>{"dipn 7: purchase_1h 0.250000"});
}

TEST_F(IntentStageTest, needs_a_model) {
  EXPECT_EQ(run({}).message(), "model: is missing; allowed is a text");
}

}  // namespace
}  // namespace inkling::stages::understand::intent
