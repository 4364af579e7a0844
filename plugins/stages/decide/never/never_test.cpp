#include <gtest/gtest.h>

#include "scene/fixed_knowledge.h"
#include "scene/stage.h"

namespace inkling::stages::decide::never {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

scene::Decision decision_of(const std::vector<RawParameter>& given) {
  scene::FixedKnowledge knowledge;
  const scene::Request request;
  const scene::SystemSteadyTime time;
  scene::Exchange exchange{
      .request = request, .knowledge = knowledge, .now_ms = 0, .deadline = scene::Deadline(time, 0)};
  const auto parameters = scene::make_parameters(blueprint().parameters, given);
  EXPECT_TRUE(parameters.ok()) << parameters.status().message();
  const auto stage = blueprint().make(*parameters);
  EXPECT_TRUE(stage.value()->run(exchange).ok());
  return exchange.slots.decision.value();
}

TEST(NeverStage, offers_nothing_for_the_reason_given) {
  const scene::Decision decision = decision_of({RawParameter::plain("reason", "intent_unavailable")});
  EXPECT_FALSE(decision.offer);
  EXPECT_TRUE(decision.what.empty());
  EXPECT_FALSE(decision.probability);
  EXPECT_EQ(decision.reason, "intent_unavailable");
}

TEST(NeverStage, has_a_reason_of_its_own) {
  EXPECT_EQ(decision_of({}).reason, "never");
}

TEST(NeverStage, refuses_an_empty_reason) {
  const std::vector<RawParameter> given = {{"reason", RawParameter::Shape::kQuoted, {""}}};
  EXPECT_EQ(scene::make_parameters(blueprint().parameters, given).status().message(),
            "reason: \"\" is empty; allowed is a text");
}

}  // namespace
}  // namespace inkling::stages::decide::never
