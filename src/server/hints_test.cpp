// Devices' hints, caps and grants from the request to the journal, with the stages that ship.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "artifact/package.h"
#include "artifact/test_folder.h"
#include "feature/blueprint.h"
#include "registry/registry.h"
#include "scene/scene_file.h"
#include "server/event_body.h"
#include "server/running_server.h"

namespace inkling::stages {
namespace decide::band {
const scene::StageBlueprint& blueprint();
}
namespace understand::intent {
const scene::StageBlueprint& blueprint();
}
}  // namespace inkling::stages

namespace inkling::server {
namespace {

using testing::HasSubstr;

constexpr int kPerHour = 7;

// The model says nearly nothing of somebody without views, so only a hint is inside this band.
std::vector<scene::Plan> scenes() {
  const std::string yaml =
      "scene: coupon\ndescription: Who gets the coupon.\ndeadline_ms: 60000\nstages:\n"
      "  - understand/intent: {model: fake}\n"
      "  - decide/band: {low: 0.8, high: 0.9, offer: surprise, grant: true, once_in: 1, device_offers_per_hour: " +
      std::to_string(kPerHour) +
      "}\nfallback:\n"
      "  - [understand/intent: {model: fake}, decide/band: {low: 0.8, high: 0.9, offer: surprise}]\n";
  const std::array blueprints = {&stages::decide::band::blueprint(), &stages::understand::intent::blueprint()};
  auto plan = scene::parse_scene(yaml, "scene.yaml", blueprints);
  EXPECT_TRUE(plan.ok()) << plan.status().message();
  std::vector<scene::Plan> plans;
  plans.push_back(*std::move(plan));
  return plans;
}

class HintsTest : public testing::Test {
 protected:
  static std::string request(const std::string& shopper, const std::string& version = "7", int gestures = 57,
                             const std::string& session = "s1") {
    return R"({"shopper":")" + shopper + R"(","session":"s1","hint":{"model":"fake","version":")" + version +
           R"(","session":")" + session + R"(","target":"purchase_1h","probability":0.85,"gestures":)" +
           std::to_string(gestures) + "}}";
  }
  static boost::json::object decision(const ClientAnswer& answer) {
    EXPECT_EQ(answer.status, 200U) << answer.body;
    return boost::json::parse(answer.body).at("decision").as_object();
  }
  boost::json::object ask(const std::string& body) { return decision(client_.post("/v1/scenes/coupon", body)); }
  std::vector<domain::Event> grants() {
    std::vector<domain::Event> found;
    const auto status = running_.store().read_journal(1, [&](const store::JournalEntry& entry) {
      const auto* action = std::get_if<domain::Action>(&entry.event.body);
      if (action != nullptr && action->action == domain::ActionKind::kGrant) found.push_back(entry.event);
      return true;
    });
    EXPECT_TRUE(status.ok());
    return found;
  }

  artifact::TestFolder data_;
  RunningServer running_{test_options(), {std::make_shared<FakeScorer>()}, {}, data_.path().string(), scenes()};
  HttpClient client_ = running_.client();
};

TEST_F(HintsTest, an_offer_is_in_the_journal_before_its_answer_and_made_once) {
  const auto first = ask(request("ann"));
  EXPECT_EQ(first.at("offer"), true);
  EXPECT_EQ(first.at("score_from"), "device");
  EXPECT_FALSE(first.contains("hint"));
  ASSERT_EQ(grants().size(), 1U);
  EXPECT_THAT(grants()[0].id, testing::StartsWith("grant:coupon:device:"));
  EXPECT_EQ(grants()[0].shopper, "ann");
  const auto second = ask(request("ann"));
  EXPECT_EQ(second.at("offer"), false);
  EXPECT_EQ(second.at("reason"), "granted_lately");
  EXPECT_EQ(grants().size(), 1U);
  EXPECT_EQ(boost::json::parse(client_.get("/v1/shoppers/ann").body).at("coupons").at(0).at("coupon"), "surprise");
  const std::string metrics = client_.get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr(R"(inkling_hints_total{result="taken",scene="coupon"} 2)"));
  EXPECT_THAT(metrics, HasSubstr(R"(inkling_grants_total{result="written",scene="coupon",score_from="device"} 1)"));
}

TEST_F(HintsTest, ten_thousand_forged_hints_move_no_more_offers_than_the_allowance) {
  int offers = 0;
  int used_up = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto told = ask(request("forger-" + std::to_string(i), "7", 1 + i));
    offers += told.at("offer").as_bool() ? 1 : 0;
    used_up += told.contains("hint") && told.at("hint") == "allowance_used" ? 1 : 0;
  }
  EXPECT_EQ(offers, kPerHour);
  EXPECT_EQ(used_up, 10'000 - kPerHour);
  EXPECT_EQ(grants().size(), static_cast<std::size_t>(kPerHour));
  EXPECT_THAT(client_.get("/metrics").body,
              HasSubstr(R"(inkling_hints_total{result="allowance_used",scene="coupon"} 9993)"));
}

TEST_F(HintsTest, both_caps_outlive_the_server) {
  for (int i = 0; i < kPerHour - 1; ++i) EXPECT_EQ(ask(request("s" + std::to_string(i))).at("offer"), true);
  RunningServer again(test_options(), {std::make_shared<FakeScorer>()}, grants(), {}, scenes());
  HttpClient client = again.client();
  EXPECT_EQ(decision(client.post("/v1/scenes/coupon", request("s0"))).at("reason"), "granted_lately");
  EXPECT_EQ(decision(client.post("/v1/scenes/coupon", request("new-1"))).at("offer"), true);
  const auto refused = decision(client.post("/v1/scenes/coupon", request("new-2")));
  EXPECT_EQ(refused.at("offer"), false);
  EXPECT_EQ(refused.at("hint"), "allowance_used");
}

TEST_F(HintsTest, a_grant_that_cannot_be_written_is_not_offered) {
  ask(request("warm", "7", 0));
  running_.store().set_fault(base::io_error("the disk is full"));
  const ClientAnswer answer = client_.post("/v1/scenes/coupon", request("warm"));
  EXPECT_EQ(answer.status, 500U);
  EXPECT_THAT(answer.body, HasSubstr("the disk is full"));
  running_.store().set_fault(std::nullopt);
  EXPECT_EQ(ask(request("warm")).at("offer"), true) << "it is under way no more";
}

TEST_F(HintsTest, a_shopper_who_asks_twice_at_once_is_granted_once) {
  ask(request("ann", "7", 0));  // warm
  running_.store().shut_door();
  ClientAnswer first;
  std::thread asking([&] { first = running_.client().post("/v1/scenes/coupon", request("ann")); });
  running_.store().await_waiting(1);
  const auto second = ask(request("ann"));
  EXPECT_EQ(second.at("reason"), "granted_lately");
  running_.store().open_door();
  asking.join();
  EXPECT_EQ(decision(first).at("offer"), true);
  EXPECT_EQ(grants().size(), 1U);
}

TEST_F(HintsTest, the_server_scores_itself_when_it_has_the_gestures) {
  std::string swipes;
  for (int i = 0; i < 5; ++i) swipes += (i ? "," : "") + std::string("[1,1,-1,-1,0,0,0,0,0,0]");
  ASSERT_EQ(client_
                .post("/v1/events", R"({"type":"gestures","id":"g","ts_ms":1700000499000,"shopper":"ann",)"
                                    R"("session":"s1","swipes":[)" +
                                        swipes + "]}")
                .status,
            200U);
  const auto known = ask(request("ann", "7", 5));
  EXPECT_EQ(known.at("score_from"), "server");
  EXPECT_EQ(known.at("hint"), "server_knows");
  EXPECT_EQ(ask(request("ann", "7", 6)).at("score_from"), "device");
}

TEST_F(HintsTest, of_another_session_or_version_are_ignored_with_a_code) {
  EXPECT_EQ(ask(request("ann", "7", 57, "s2")).at("hint"), "other_session");
  EXPECT_EQ(ask(request("ann", "v6")).at("hint"), "unknown_version");
  EXPECT_TRUE(grants().empty());
  const ClientAnswer wrong = client_.post("/v1/scenes/coupon", R"({"shopper":"a","hint":{"probability":2}})");
  EXPECT_EQ(wrong.status, 400U);
  EXPECT_THAT(wrong.body, HasSubstr("hint.probability: 2"));
}

TEST_F(HintsTest, a_canary_is_a_version_that_devices_are_given) {
  const registry::Registry registry(data_.path());
  artifact::PackageManifest manifest;
  manifest.name = "fake";
  manifest.version = "v9";
  manifest.fold_version = static_cast<int>(state::kFoldVersion);
  manifest.feature_version = static_cast<int>(feature::kFeatureVersion);
  artifact::SafetensorsWriter writer;
  ASSERT_TRUE(writer.add<float>("w", {1}, std::array<float, 1>{1}).ok());
  ASSERT_TRUE(artifact::write_package(data_.path(), manifest, writer).ok());
  ASSERT_TRUE(registry.publish("fake", "v9", 1).ok());
  ASSERT_TRUE(registry.rollout("fake", "v9", 5, 2).ok());
  EXPECT_EQ(ask(request("ann", "v9")).at("score_from"), "device");
}

TEST_F(HintsTest, the_trace_shows_what_became_of_it) {
  std::string body = request("ann", "v6");
  body.insert(body.size() - 1, R"(,"trace":true)");
  const ClientAnswer answer = client_.post("/v1/scenes/coupon", body);
  EXPECT_THAT(answer.body, HasSubstr("not taken: unknown_version"));
}

}  // namespace
}  // namespace inkling::server
