#include "scene/answer_json.h"

#include <gtest/gtest.h>

#include <limits>

namespace inkling::scene {
namespace {

TEST(AnswerToJson, writes_every_field_of_an_empty_answer) {
  EXPECT_EQ(
      answer_to_json({}),
      R"({"request_id":"","scene":"","items":[],"decision":null,"offer":null,"cursor":null,"models":{},"arms":{},)"
      R"("timings":[],"total_us":0,"degraded":null,"snapshot":null})");
}

TEST(AnswerToJson, writes_a_decision_with_numbers_that_people_can_read) {
  Answer answer;
  answer.request_id = "r-1";
  answer.scene = "coupon";
  answer.decision = {true, "gift", "purchase_1h", 0.31F, Band{0.05F, 0.6F}, "inside_band", "server", "", true};
  answer.models = {{"dipn", "3"}};
  answer.arms = {{"coupon_test", "model"}};
  answer.timings = {{"decide/band", 12}};
  answer.total_us = 12;
  EXPECT_EQ(answer_to_json(answer),
            R"({"request_id":"r-1","scene":"coupon","items":[],"decision":{"offer":true,"what":"gift",)"
            R"("target":"purchase_1h","probability":0.31,"band":{"low":0.05,"high":0.6},"reason":"inside_band",)"
            R"("score_from":"server"},)"
            R"("offer":null,"cursor":null,"models":{"dipn":"3"},"arms":{"coupon_test":"model"},)"
            R"("timings":[{"stage":"decide/band","duration_us":12}],"total_us":12,"degraded":null,"snapshot":null})");
}

TEST(AnswerToJson, says_why_a_hint_was_not_taken) {
  Answer answer;
  answer.decision = {false, "", "", std::nullopt, std::nullopt, "below_band", "server", "server_knows", false};
  EXPECT_NE(answer_to_json(answer).find(R"("score_from":"server","hint":"server_knows"})"), std::string::npos);
  answer.decision = {false, "", "", std::nullopt, std::nullopt, "paused", "", "", false};
  EXPECT_NE(answer_to_json(answer).find(R"("score_from":null})"), std::string::npos);
}

TEST(AnswerToJson, writes_items_with_recalls_reasons_and_display) {
  Answer answer;
  answer.items = {{"i\"1", 0.5F, {{"hot", 2}}, {"new", "near"}, {{"title", "Coat"}}}};
  answer.cursor = "next";
  EXPECT_NE(
      answer_to_json(answer).find(
          R"("items":[{"item":"i\"1","score":0.5,"recalls":[{"recall":"hot","score":2}],)"
          R"("reasons":["new","near"],"display":{"title":"Coat"}}],"decision":null,"offer":null,"cursor":"next")"),
      std::string::npos)
      << answer_to_json(answer);
}

TEST(AnswerToJson, names_the_partner_of_a_pair) {
  Answer answer;
  answer.items = {{"tea", 1, {}, {}, {}, "cup"}, {"pot", 1, {}, {}, {}}};
  EXPECT_NE(answer_to_json(answer).find(
                R"("items":[{"item":"tea","score":1,"recalls":[],"reasons":[],"display":{},"with":"cup"},)"
                R"({"item":"pot","score":1,"recalls":[],"reasons":[],"display":{}}])"),
            std::string::npos)
      << answer_to_json(answer);
}

TEST(AnswerToJson, writes_degradation_and_trace) {
  Answer answer;
  answer.degraded = {DegradedCause::kDeadlinePassed, "decide/band", "too late", "decide/never"};
  answer.snapshot = "w7";
  answer.trace.emplace().push_back({"decide/never", "ok", {"a note"}, 1});
  EXPECT_NE(
      answer_to_json(answer).find(
          R"("degraded":{"cause":"deadline_passed","stage":"decide/band","detail":"too late",)"
          R"("fallback":"decide/never"},"snapshot":"w7","trace":[{"stage":"decide/never","outcome":"ok","notes":["a note"],)"
          R"("duration_us":1}]})"),
      std::string::npos)
      << answer_to_json(answer);
  answer.degraded->fallback.clear();
  EXPECT_NE(answer_to_json(answer).find(R"("fallback":null)"), std::string::npos);
}

TEST(AnswerToJson, writes_null_for_what_is_no_number) {
  Answer answer;
  answer.items = {{"i", std::numeric_limits<float>::quiet_NaN(), {}, {}, {}}};
  EXPECT_NE(answer_to_json(answer).find(R"("score":null)"), std::string::npos) << answer_to_json(answer);
}

TEST(AnswerToJson, writes_what_the_last_look_found) {
  Answer answer;
  answer.check = LiveCheck{"catalogue", "w9", {{"hat", "sold_out"}}, {{"sock", domain::kMissing, 700}}, "ended"};
  EXPECT_NE(answer_to_json(answer).find(
                R"("check":{"source":"catalogue","snapshot":"w9","dropped":[{"item":"hat","reason":"sold_out"}],)"
                R"("repriced":[{"item":"sock","from_cents":null,"to_cents":700}],"offer_gone":"ended"})"),
            std::string::npos)
      << answer_to_json(answer);
}

}  // namespace
}  // namespace inkling::scene
