#include "scene/device_hint.h"

#include <gtest/gtest.h>

#include "scene/fixed_knowledge.h"

namespace inkling::scene {
namespace {

class DeviceHintTest : public testing::Test {
 protected:
  DeviceHintTest() {
    knowledge_.set_model("dipn", "v3", {{"purchase_1h", 0.1F}});
    request_.session = "s1";
    request_.hint = DeviceHint{"dipn", "v3", "s1", "purchase_1h", 0.3F, 5};
  }
  // Swipes one second apart, told in the session.
  void swipes(int count, const std::string& session, std::int64_t from_ms) {
    domain::Gestures gestures;
    for (int i = 0; i < count; ++i) {
      gestures.swipes.emplace_back();
      gestures.swipes.back().offset_ms = i * 1000;
    }
    const domain::Event event{
        .id = "e", .ts_ms = from_ms, .shopper = "ann", .session = session, .body = gestures, .unknown_json = {}};
    state::apply(state_, event);
    knowledge_.set_shopper_state(state_);
    now_ms_ = state_.clock_ms;
  }
  std::string refusal() {
    SystemSteadyTime time;
    const Exchange exchange{
        .request = request_, .knowledge = knowledge_, .now_ms = now_ms_, .deadline = Deadline(time, 0)};
    return std::string(refusal_of_hint(exchange, {"purchase_1h", "dipn", 0.1F}));
  }

  FixedKnowledge knowledge_;
  Request request_;
  state::ShopperState state_;
  std::int64_t now_ms_ = 1'700'000'000'000;
};

TEST_F(DeviceHintTest, stands_in_while_the_server_has_fewer_gestures_of_the_session) {
  EXPECT_EQ(refusal(), "");
  swipes(4, "s1", now_ms_);
  EXPECT_EQ(refusal(), "");
  swipes(1, "s1", now_ms_);
  EXPECT_EQ(refusal(), "server_knows");
  request_.hint->gestures = 6;
  EXPECT_EQ(refusal(), "");
}

TEST_F(DeviceHintTest, gestures_of_another_visit_do_not_count) {
  swipes(20, "s0", now_ms_);
  EXPECT_EQ(refusal(), "") << "another name";
  swipes(4, "s1", now_ms_ + kHintSessionGapMs + 1000);
  EXPECT_EQ(refusal(), "") << "the twenty lie before the silence";
}

TEST_F(DeviceHintTest, a_history_full_of_the_session_is_all_that_the_server_could_know) {
  request_.hint->gestures = 500;
  for (int batch = 0; batch < 3; ++batch) swipes(50, "s1", now_ms_);
  EXPECT_EQ(refusal(), "server_knows");
}

TEST_F(DeviceHintTest, a_device_that_saw_nothing_knows_nothing_more) {
  request_.hint->gestures = 0;
  EXPECT_EQ(refusal(), "server_knows");
}

TEST_F(DeviceHintTest, is_of_this_session_model_target_and_of_a_version_that_devices_have) {
  request_.hint->session = "s2";
  EXPECT_EQ(refusal(), "other_session");
  request_.hint->session = "s1";
  request_.session.clear();
  EXPECT_EQ(refusal(), "other_session");
  request_.session = "s1";
  request_.hint->version = "v2";
  EXPECT_EQ(refusal(), "unknown_version");
  request_.hint->model = "gbdt";
  EXPECT_EQ(refusal(), "other_model");
  request_.hint->target = "purchase_1d";
  EXPECT_EQ(refusal(), "other_target");
}

}  // namespace
}  // namespace inkling::scene
