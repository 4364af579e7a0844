#include "server/impression.h"

#include <gtest/gtest.h>

#include "index/world_builder.h"
#include "server/running_server.h"

namespace inkling::server {
namespace {

domain::Event item_event(const std::string& item, std::int64_t cents) {
  domain::Item facts;
  facts.item = item;
  facts.price = domain::Money{cents, "EUR"};
  return {.id = "told-" + item, .ts_ms = 1000, .shopper = {}, .session = {}, .body = facts, .unknown_json = {}};
}

TEST(Impression, tells_what_was_shown_and_what_was_known) {
  index::WorldBuilder builder;
  builder.fold(7, item_event("hat", 1250));
  const auto world = builder.publish();
  scene::Answer answer;
  answer.request_id = "r-1";
  answer.scene = "feed";
  answer.items = {{"hat", 0.31F, {{"hot", 2}}, {"popular"}, {}}, {"ghost", 0.1F, {}, {}, {}}};
  answer.models = {{"dipn", "v3"}};
  answer.arms = {{"test", "b"}};
  answer.snapshot = world->name();
  scene::Request request;
  request.shopper = "ann";
  request.session = "s1";
  request.query = "warm";
  const domain::Event event = impression_of(answer, request, {{"scarf"}, {"gloves"}, 0.31F}, *world, 5000);
  EXPECT_EQ(event.id, "r-1");
  EXPECT_EQ(event.ts_ms, 5000);
  EXPECT_EQ(event.shopper, "ann");
  EXPECT_EQ(event.session, "s1");
  const auto& shown = std::get<domain::Impression>(event.body);
  EXPECT_EQ(shown.request, "r-1");
  EXPECT_EQ(shown.scene, "feed");
  EXPECT_EQ(shown.query, "warm");
  EXPECT_EQ(shown.snapshot, "w7");
  EXPECT_EQ(shown.ticked, std::vector<std::string>{"scarf"});
  EXPECT_EQ(shown.unticked, std::vector<std::string>{"gloves"});
  EXPECT_EQ(shown.intent_prob, 0.31) << "as it is written, not 0.31 as a float";
  EXPECT_EQ(shown.models, (std::vector<domain::Attribute>{{"dipn", "v3"}}));
  EXPECT_EQ(shown.arms, (std::vector<domain::Attribute>{{"test", "b"}}));
  ASSERT_EQ(shown.positions.size(), 2U);
  EXPECT_EQ(shown.positions[0].price->cents, 1250);
  EXPECT_EQ(shown.positions[0].score, 0.31);
  EXPECT_EQ(shown.positions[0].recalls, (std::vector<domain::RecallScore>{{"hot", 2}}));
  EXPECT_FALSE(shown.positions[1].price);
}

TEST(Impression, takes_the_cart_from_the_request_or_else_from_the_state) {
  state::ShopperState state;
  state.cart.resize(2);
  state.cart[0].item = "known";
  state.cart[1].item = "later";
  state.cart[1].ticked = false;
  scene::Request request;
  EXPECT_EQ(known_beside(request, state, {}).ticked, std::vector<std::string>{"known"});
  EXPECT_EQ(known_beside(request, state, {}).unticked, std::vector<std::string>{"later"});
  request.cart.emplace().emplace_back().item = "said";
  EXPECT_EQ(known_beside(request, state, {}).ticked, std::vector<std::string>{"said"});
  EXPECT_TRUE(known_beside(request, state, {}).unticked.empty());
}

std::vector<domain::Event> impressions_of(const FakeStore& store) {
  std::vector<domain::Event> impressions;
  EXPECT_TRUE(store
                  .read_journal(1,
                                [&](const store::JournalEntry& entry) {
                                  if (std::holds_alternative<domain::Impression>(entry.event.body)) {
                                    impressions.push_back(entry.event);
                                  }
                                  return true;
                                })
                  .ok());
  return impressions;
}

TEST(Impressions, are_journaled_for_answers_with_items_by_the_time_the_server_has_stopped) {
  RunningServer running(test_options(), {}, {item_event("hat", 1250), item_event("boots", 5000)});
  HttpClient client = running.client();
  const auto answer = client.post("/v1/scenes/shelf", R"({"shopper":"ann","size":1})");
  ASSERT_EQ(answer.status, 200U) << answer.body;
  EXPECT_NE(answer.body.find(R"("snapshot":"w2")"), std::string::npos) << answer.body;
  ASSERT_EQ(client.post("/v1/scenes/quiet", R"({"shopper":"ann"})").status, 200U);
  ASSERT_EQ(client.post("/v1/scenes/ladder", R"({"shopper":"ann"})").status, 200U);
  running.server().stop();
  ASSERT_TRUE(running.join().ok());
  const auto impressions = impressions_of(running.store());
  ASSERT_EQ(impressions.size(), 1U) << "not for a quiet scene, nor for one without items";
  EXPECT_NE(answer.body.find("\"request_id\":\"" + impressions[0].id + "\""), std::string::npos);
  const auto& shown = std::get<domain::Impression>(impressions[0].body);
  ASSERT_EQ(shown.positions.size(), 1U);
  EXPECT_EQ(shown.positions[0].item, "hat");
  EXPECT_EQ(shown.positions[0].price->cents, 1250);
  EXPECT_EQ(shown.snapshot, "w2");
  EXPECT_EQ(shown.intent_prob, 0.25);
}

TEST(Impressions, do_not_hold_up_an_answer_when_the_disk_does_not_answer) {
  RunningServer running(test_options(), {}, {item_event("hat", 1250)});
  running.store().shut_door();
  HttpClient client = running.client();
  EXPECT_EQ(client.post("/v1/scenes/shelf", R"({"shopper":"ann"})").status, 200U);
  EXPECT_EQ(client.post("/v1/scenes/shelf", R"({"shopper":"ann"})").status, 200U);
}

TEST(Impressions, and_the_world_are_counted_in_metrics) {
  RunningServer running(test_options(), {}, {item_event("hat", 1250)});
  const std::string metrics = running.client().get("/metrics").body;
  for (const char* line :
       {"inkling_world_sequence 1", "inkling_world_items 1", "inkling_world_refused_items_total 0",
        R"(inkling_impressions_total{result="written"} 0)", R"(inkling_impressions_total{result="dropped"} 0)",
        R"(inkling_impressions_total{result="failed"} 0)"}) {
    EXPECT_NE(metrics.find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace inkling::server
