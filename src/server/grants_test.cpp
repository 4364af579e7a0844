#include "server/grants.h"

#include <gtest/gtest.h>

#include <optional>

#include "base/core/clock.h"

namespace inkling::server {
namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;

scene::Answer offer(const std::string& scene, const std::string& score_from) {
  scene::Answer answer;
  answer.request_id = "31a7-1";
  answer.scene = scene;
  answer.decision.emplace();
  answer.decision->what = "surprise";
  answer.decision->score_from = score_from;
  return answer;
}

domain::Event grant(const std::string& scene, const std::string& score_from, std::int64_t ts_ms) {
  scene::Request request;
  request.shopper = "ann";
  request.session = "s1";
  return grant_event(offer(scene, score_from), request, ts_ms);
}

TEST(Grants, give_so_many_offers_in_any_hour_and_scene) {
  Grants grants;
  EXPECT_TRUE(grants.take_device_offer("coupon", 2, kNowMs));
  EXPECT_TRUE(grants.take_device_offer("coupon", 2, kNowMs + 1000));
  EXPECT_FALSE(grants.take_device_offer("coupon", 2, kNowMs + 2000));
  EXPECT_TRUE(grants.take_device_offer("other", 2, kNowMs + 2000));
  EXPECT_FALSE(grants.take_device_offer("coupon", 2, kNowMs + base::kHourMs - 1));
  EXPECT_TRUE(grants.take_device_offer("coupon", 2, kNowMs + base::kHourMs)) << "the first is an hour old";
  EXPECT_FALSE(grants.take_device_offer("coupon", 2, kNowMs + base::kHourMs));
  EXPECT_FALSE(grants.take_device_offer("none", 0, kNowMs));
}

TEST(Grants, are_actions_that_say_where_they_come_from) {
  const domain::Event event = grant("coupon", "device", kNowMs);
  EXPECT_EQ(event.id, "grant:coupon:device:31a7-1");
  EXPECT_EQ(event.ts_ms, kNowMs);
  EXPECT_EQ(event.shopper, "ann");
  EXPECT_EQ(event.session, "s1");
  const auto& action = std::get<domain::Action>(event.body);
  EXPECT_EQ(action.action, domain::ActionKind::kGrant);
  EXPECT_EQ(action.coupon, "surprise");
  EXPECT_EQ(action.request, "31a7-1");
  EXPECT_LE(grant(std::string(500, 'x'), "device", kNowMs).id.size(), domain::kMaxIdBytes);
}

TEST(Grants, come_back_from_the_journal_for_an_hour) {
  Grants grants;
  const std::string long_name(500, 'x');
  grants.recover(grant("coupon", "device", kNowMs - base::kHourMs), kNowMs);  // too old
  grants.recover(grant("coupon", "device", kNowMs - base::kHourMs + 1), kNowMs);
  grants.recover(grant("coupon", "server", kNowMs), kNowMs);
  grants.recover(grant("other", "device", kNowMs), kNowMs);
  grants.recover(grant(long_name, "device", kNowMs), kNowMs);
  domain::Event told = grant("coupon", "device", kNowMs);
  std::get<domain::Action>(told.body).action = domain::ActionKind::kRedeem;
  grants.recover(told, kNowMs);
  told = grant("coupon", "device", kNowMs);
  told.id = "web-1";
  grants.recover(told, kNowMs);
  EXPECT_TRUE(grants.take_device_offer("coupon", 2, kNowMs));
  EXPECT_FALSE(grants.take_device_offer("coupon", 2, kNowMs));
  EXPECT_FALSE(grants.take_device_offer(long_name, 1, kNowMs));
}

TEST(Grants, are_under_way_until_their_last_one_ends) {
  Grants grants;
  EXPECT_FALSE(grants.is_under_way("ann", "surprise"));
  std::optional<GrantUnderWay> first(std::in_place, grants, "ann", "surprise");
  std::optional<GrantUnderWay> second(std::in_place, grants, "ann", "surprise");
  EXPECT_TRUE(grants.is_under_way("ann", "surprise"));
  EXPECT_FALSE(grants.is_under_way("bob", "surprise"));
  EXPECT_FALSE(grants.is_under_way("ann", "other"));
  first.reset();
  EXPECT_TRUE(grants.is_under_way("ann", "surprise"));
  second.reset();
  EXPECT_FALSE(grants.is_under_way("ann", "surprise"));
}

}  // namespace
}  // namespace inkling::server
