#include "scene/replay.h"

#include <gtest/gtest.h>

#include "scene/fixed_knowledge.h"
#include "scene/fixed_ranker.h"
#include "scene/sample_stages.h"
#include "scene/scene_file.h"

namespace inkling::scene {
namespace {

Plan plan_of(const std::string& stages, const std::string& fallback) {
  auto plan = parse_scene("scene: s\ndescription: d\ndeadline_ms: 20\nstages: " + stages + "\nfallback: " + fallback,
                          "s.yaml", sample::kSampleStages);
  EXPECT_TRUE(plan.ok()) << plan.status().message();
  return *std::move(plan);
}

std::string replay_json(const std::string& expect, const std::string& more = "") {
  return R"({"says": "A gift.", "request": {"shopper": "a"}, "model_answers": {}, )" + more + R"("expect": )" +
         expect + "}";
}

std::string outcome(const Plan& plan, const std::string& json) {
  const auto replay = parse_replay(json, "r.json");
  EXPECT_TRUE(replay.ok()) << replay.status().message();
  const base::Status status = check_replay(plan, *replay);
  return status.ok() ? "as said" : status.message();
}

std::string complaint(const std::string& json) {
  return parse_replay(json, "r.json").status().message();
}

TEST(CheckReplay, is_content_when_the_scene_answers_as_said) {
  EXPECT_EQ(outcome(plan_of("[decide/yes]", "[decide/silent]"),
                    replay_json(R"({"offer": true, "what": "gift", "reason": "yes", "probability": null,
                                    "fallback": null, "items": []})")),
            "as said");
}

TEST(CheckReplay, names_every_difference) {
  EXPECT_EQ(outcome(plan_of("[decide/yes]", "[decide/silent]"),
                    replay_json(R"({"offer": false, "what": null, "probability": 0.5, "fallback": "decide/silent",
                                    "items": ["i1"]})")),
            "r.json: A gift. But offer: expected false, found true; what: expected none, found \"gift\"; "
            "probability: expected 0.500000, found none; fallback: expected \"decide/silent\", found none; "
            "items: expected [i1], found []");
}

TEST(CheckReplay, tells_no_decision_from_a_negative_one) {
  const Plan nobody = plan_of("[decide/fails]", "[decide/fails]");
  EXPECT_EQ(outcome(nobody, replay_json(R"({"offer": false, "fallback": null})")),
            "r.json: A gift. But decided: expected true, found false; "
            "fallback: expected none, found \"nobody could answer\"");
}

TEST(CheckReplay, can_say_how_long_stages_take) {
  const Plan plan = plan_of("[understand/intent, decide/yes_if_intent]", "[decide/yes]");
  EXPECT_EQ(outcome(plan, replay_json(R"({"fallback": "decide/yes"})", R"("each_stage_takes_ms": 20, )")), "as said");
  EXPECT_EQ(outcome(plan, replay_json(R"({"fallback": null})", R"("each_stage_takes_ms": 19, )")), "as said");
}

TEST(CheckReplay, compares_items_in_their_order) {
  const Plan plan = plan_of("[recall/two, rank/short_first]", "[recall/two]");
  EXPECT_EQ(outcome(plan, replay_json(R"({"items": ["fig", "apple"]})")), "as said");
  EXPECT_EQ(outcome(plan, replay_json(R"({"items": ["apple", "fig"]})")),
            "r.json: A gift. But items: expected [apple, fig], found [fig, apple]");
}

TEST(CheckReplay, compares_the_reasons_of_each_item) {
  const Plan plan = plan_of("[recall/two, rank/short_first]", "[recall/two]");
  EXPECT_EQ(outcome(plan, replay_json(R"({"reasons": ["short_name", "short_name"]})")), "as said");
  EXPECT_EQ(outcome(plan, replay_json(R"({"reasons": ["short_name"]})")),
            "r.json: A gift. But reasons: expected [short_name], found [short_name, short_name]");
}

TEST(CheckReplay, folds_the_events_into_the_shopper_and_the_world_and_asks_at_the_newest) {
  const std::string events = R"("events": [
    {"type": "item", "id": "1", "ts_ms": 900, "item": "hat"},
    {"type": "action", "id": "2", "ts_ms": 700, "shopper": "a", "action": "view", "item": "hat"},
    {"type": "action", "id": "3", "ts_ms": 800, "shopper": "b", "action": "view", "item": "hat"}], )";
  const Plan plan = plan_of("[recall/told]", "[recall/told]");
  EXPECT_EQ(outcome(plan, replay_json(R"({"items": ["hat"], "reasons": ["asked_after_ms:200"]})", events)),
            "as said");
  EXPECT_EQ(outcome(plan, replay_json(R"({"items": ["hat"]})")),
            "r.json: A gift. But items: expected [hat], found []");
}

TEST(ParseReplay, names_the_event_that_is_wrong) {
  EXPECT_EQ(complaint(replay_json(R"({"items": []})", R"("events": 3, )")),
            "r.json: events: allowed is a list of events in the form of POST /v1/events");
  const std::string told = complaint(replay_json(R"({"items": []})", R"("events": [{"type": "item"}], )"));
  EXPECT_EQ(told.substr(0, 21), "r.json: events[0]: id") << told;
}

TEST(ParseReplay, names_what_is_wrong_with_the_file) {
  EXPECT_EQ(complaint("{}"), "r.json: says: allowed is a text");
  EXPECT_EQ(complaint(R"({"says": "x"})"), "r.json: request: allowed is a scene request, as sent over HTTP");
  EXPECT_EQ(complaint(R"({"says": "x", "request": {}})"),
            "r.json: request: shopper: is missing, allowed is a text of 1 to 128 bytes");
  EXPECT_EQ(complaint(R"({"says": "x", "request": {"shopper": "a"}, "model_answers": {"dipn": 1}, "expect": {}})"),
            "r.json: model_answers.dipn: allowed is an object of 1 to 4 {target: probability}");
  EXPECT_EQ(complaint(replay_json("{}")),
            "r.json: expect: allowed is an object with at least one of offer, what, reason, probability, fallback, "
            "items, reasons");
  EXPECT_EQ(complaint(replay_json(R"({"ofer": true})")),
            "r.json: expect.ofer: there is no such field; expected one of offer, what, reason, probability, "
            "fallback, items, reasons; did you mean offer?");
  EXPECT_EQ(complaint(replay_json(R"({"offer": 1})")), "r.json: expect.offer: allowed is true or false");
  EXPECT_EQ(complaint(replay_json(R"({"items": [1]})")), "r.json: expect.items: allowed is a list of item ids");
  EXPECT_EQ(complaint(replay_json(R"({"offer": true})", R"("each_stage_takes_ms": -1, )")),
            "r.json: each_stage_takes_ms: allowed is a whole number from 0 to 60000");
  EXPECT_EQ(complaint(replay_json(R"({"offer": true})", R"("rankers": "add_on_gbdt", )")),
            "r.json: rankers: allowed is a list of names");
  EXPECT_EQ(complaint("[").substr(0, 19), "r.json: is no JSON:");
}

TEST(LoadReplay, names_a_file_that_is_not_there) {
  EXPECT_EQ(load_replay("no/such.json").status().message(), "cannot read no/such.json: No such file or directory");
}

TEST(FixedKnowledge, gives_the_live_ranking_package_with_what_the_shopper_bought) {
  FixedKnowledge knowledge;
  EXPECT_EQ(knowledge.ranker("add_on").status().code(), base::ErrorCode::kNotFound);
  auto package = fixed_ranker("add_on", "v2", {});
  ASSERT_TRUE(package.ok());
  knowledge.set_ranker(*package);
  basket::PersonalHistory history;
  history.add({1, 10, {{7, 100}}});
  knowledge.set_history(history);
  const auto live = knowledge.ranker("add_on");
  ASSERT_TRUE(live.ok());
  EXPECT_EQ(live->package->version, "v2");
  EXPECT_EQ(&live->scorer(), package->scorer.get());
  EXPECT_EQ(*live->history, history);
  EXPECT_NE(live->workspace, nullptr);
  EXPECT_EQ(knowledge.ranker("caam").status().message(), "no package of model \"caam\" is live; live are: add_on");
}

TEST(FixedKnowledge, answers_what_it_was_told_and_names_the_live_models) {
  FixedKnowledge knowledge;
  EXPECT_EQ(knowledge.score("dipn", 0).status().message(), "no package of model \"dipn\" is live; live are: none");
  knowledge.set_model("dipn", "7", {{"purchase_1h", 0.25F}, {"purchase_1d", 0.5F}});
  const auto answer = knowledge.score("dipn", 0);
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->info->version, "7");
  EXPECT_EQ(answer->info->targets[1].name, "purchase_1d");
  EXPECT_EQ(answer->probs[1], 0.5F);
  EXPECT_EQ(knowledge.score("caam", 0).status().message(), "no package of model \"caam\" is live; live are: dipn");
}

}  // namespace
}  // namespace inkling::scene
