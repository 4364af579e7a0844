#include <gtest/gtest.h>

#include "scene/fixed_knowledge.h"
#include "scene/stage.h"

namespace inkling::stages::decide::band {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

std::vector<RawParameter> band(const std::string& low, const std::string& high) {
  return {RawParameter::plain("low", low), RawParameter::plain("high", high), RawParameter::plain("offer", "coupon")};
}

class BandStageTest : public testing::Test {
 protected:
  BandStageTest() {
    exchange_.slots.intent.emplace();
    write("purchase_1h", 0.3F);
    write("purchase_7d", 0.8F);
  }
  void write(std::string_view target, float prob) {
    EXPECT_TRUE(exchange_.slots.intent->probs.push({target, "dipn", prob}));
  }
  base::Status run(const std::vector<RawParameter>& given) {
    const auto parameters = scene::make_parameters(blueprint().parameters, given);
    if (!parameters.ok()) return parameters.status();
    const auto stage = blueprint().make(*parameters);
    if (!stage.ok()) return stage.status();
    return stage.value()->run(exchange_);
  }
  std::string reason(float prob, const std::string& low, const std::string& high) {
    exchange_.slots.intent->probs[0].prob = prob;
    EXPECT_TRUE(run(band(low, high)).ok());
    EXPECT_EQ(exchange_.slots.decision->offer, exchange_.slots.decision->reason == "inside_band");
    return exchange_.slots.decision->reason;
  }

  scene::FixedKnowledge knowledge_;
  scene::Request request_;
  scene::SystemSteadyTime time_;
  scene::Exchange exchange_{
      .request = request_, .knowledge = knowledge_, .now_ms = 0, .deadline = scene::Deadline(time_, 0)};
};

TEST_F(BandStageTest, offers_inside_the_band_and_says_why) {
  ASSERT_TRUE(run(band("0.05", "0.6")).ok());
  const scene::Decision& decision = *exchange_.slots.decision;
  EXPECT_TRUE(decision.offer);
  EXPECT_EQ(decision.what, "coupon");
  EXPECT_EQ(decision.target, "purchase_1h");
  EXPECT_EQ(decision.probability, 0.3F);
  EXPECT_EQ(decision.band->low_prob, 0.05F);
  EXPECT_EQ(decision.band->high_prob, 0.6F);
  EXPECT_EQ(decision.reason, "inside_band");
}

TEST_F(BandStageTest, includes_the_lower_bound_and_excludes_the_upper_as_people_write_them) {
  EXPECT_EQ(reason(0.05F, "0.05", "0.6"), "inside_band");
  EXPECT_EQ(reason(0.0499F, "0.05", "0.6"), "below_band");
  EXPECT_EQ(reason(0.7F, "0.05", "0.7"), "above_band");  // 0.7F is a little less than 0.7
  EXPECT_EQ(reason(0.5999F, "0.05", "0.6"), "inside_band");
  EXPECT_EQ(reason(0.0F, "0", "1"), "inside_band");
  EXPECT_EQ(reason(1.0F, "0", "1"), "above_band");
}

TEST_F(BandStageTest, offers_nothing_outside_the_band) {
  EXPECT_EQ(reason(0.9F, "0.05", "0.6"), "above_band");
  EXPECT_TRUE(exchange_.slots.decision->what.empty());
}

TEST_F(BandStageTest, looks_at_the_target_that_the_scene_names) {
  auto given = band("0.05", "0.6");
  given.push_back(RawParameter::plain("target", "purchase_7d"));
  ASSERT_TRUE(run(given).ok());
  EXPECT_EQ(exchange_.slots.decision->target, "purchase_7d");
  EXPECT_EQ(exchange_.slots.decision->reason, "above_band");
}

TEST_F(BandStageTest, names_the_targets_when_the_one_asked_for_is_not_predicted) {
  auto given = band("0.05", "0.6");
  given.push_back(RawParameter::plain("target", "purchase_2h"));
  EXPECT_EQ(run(given).message(),
            "target: no model of this scene predicts \"purchase_2h\"; the targets are: "
            "purchase_1h, purchase_7d");
  EXPECT_FALSE(exchange_.slots.decision);
}

class HintTest : public BandStageTest {
 protected:
  HintTest() {
    knowledge_.set_model("dipn", "v3", {{"purchase_1h", 0.01F}});
    request_.session = "s1";
    request_.hint = scene::DeviceHint{"dipn", "v3", "s1", "purchase_1h", 0.3F, 57};
    exchange_.slots.intent->probs[0].prob = 0.01F;
  }
  const scene::Decision& decide(const std::string& per_hour, const std::string& once_in = "0") {
    auto given = band("0.05", "0.6");
    given.push_back(RawParameter::plain("device_offers_per_hour", per_hour));
    given.push_back(RawParameter::plain("once_in", once_in));
    given.push_back(RawParameter::plain("grant", "true"));
    EXPECT_TRUE(run(given).ok());
    return *exchange_.slots.decision;
  }
};

TEST_F(HintTest, decides_where_the_server_knows_less_and_the_scene_takes_hints) {
  const scene::Decision& decision = decide("10");
  EXPECT_TRUE(decision.offer);
  EXPECT_TRUE(decision.grant);
  EXPECT_EQ(decision.probability, 0.3F);
  EXPECT_EQ(decision.score_from, "device");
  EXPECT_EQ(decision.hint, "");
}

TEST_F(HintTest, is_not_taken_by_a_scene_that_takes_none) {
  const scene::Decision& decision = decide("0");
  EXPECT_FALSE(decision.offer);
  EXPECT_FALSE(decision.grant);
  EXPECT_EQ(decision.score_from, "server");
  EXPECT_EQ(decision.hint, "not_taken_here");
  EXPECT_EQ(decision.reason, "below_band");
}

TEST_F(HintTest, ten_thousand_forged_ones_move_no_more_offers_than_the_allowance) {
  auto given = band("0.05", "0.6");
  given.push_back(RawParameter::plain("device_offers_per_hour", "7"));
  const auto stage = blueprint().make(*scene::make_parameters(blueprint().parameters, given));
  int offers = 0;
  int used_up = 0;
  for (int i = 0; i < 10'000; ++i) {
    request_.hint->gestures = 1 + i % 1000;
    request_.hint->probability = 0.05F + 0.00005F * static_cast<float>(i);
    ASSERT_TRUE(stage.value()->run(exchange_).ok());
    offers += exchange_.slots.decision->offer ? 1 : 0;
    used_up += exchange_.slots.decision->hint == "allowance_used" ? 1 : 0;
  }
  EXPECT_EQ(offers, 7);
  EXPECT_EQ(used_up, 10'000 - 7);
}

TEST_F(HintTest, without_allowance_the_servers_own_score_decides) {
  exchange_.slots.intent->probs[0].prob = 0.2F;
  EXPECT_EQ(decide("1").score_from, "device");
  const scene::Decision& decision = decide("1");
  EXPECT_TRUE(decision.offer);
  EXPECT_EQ(decision.score_from, "server");
  EXPECT_EQ(decision.hint, "allowance_used");
  EXPECT_EQ(decision.probability, 0.2F);
}

TEST_F(HintTest, outside_the_band_costs_no_allowance) {
  request_.hint->probability = 0.7F;
  EXPECT_EQ(decide("1").reason, "above_band");
  request_.hint->probability = 0.3F;
  EXPECT_TRUE(decide("1").offer);
}

TEST_F(HintTest, is_told_in_the_trace) {
  request_.trace = true;
  decide("10");
  ASSERT_EQ(exchange_.notes.size(), 1U);
  EXPECT_EQ(exchange_.notes[0], "hint of dipn v3: 0.3 after 57 gestures, the server says 0.01; taken");
  request_.hint->version = "v2";
  decide("10");
  EXPECT_EQ(exchange_.notes[1],
            "hint of dipn v2: 0.3 after 57 gestures, the server says 0.01; not taken: unknown_version");
}

TEST_F(HintTest, a_shopper_who_was_granted_the_offer_lately_gets_no_other_one) {
  state::ShopperState state;
  state.coupons.push_back({"coupon", 1'000, -1, false});
  state.coupons.push_back({"another", 90'000'000, -1, false});
  knowledge_.set_shopper_state(state);
  exchange_.now_ms = 86'400'000;
  EXPECT_EQ(decide("10", "1").reason, "granted_lately");
  EXPECT_FALSE(exchange_.slots.decision->offer);
  EXPECT_FALSE(exchange_.slots.decision->grant);
  exchange_.now_ms += 1'000;
  EXPECT_EQ(decide("10", "1").reason, "inside_band") << "a day later";
  exchange_.now_ms -= 1'000;
  EXPECT_EQ(decide("10", "0.5").reason, "inside_band") << "the scene says half a day";
  EXPECT_EQ(decide("10", "0").reason, "inside_band") << "the scene says nothing";
}

TEST_F(BandStageTest, refuses_a_band_that_holds_nothing) {
  const std::string allowed = "; allowed is a band [low, high) that holds some probability";
  EXPECT_EQ(run(band("0.6", "0.05")).message(), "low: 0.6 is not below high, which is 0.05" + allowed);
  EXPECT_EQ(run(band("0.5", "0.5")).message(), "low: 0.5 is not below high, which is 0.5" + allowed);
}

TEST_F(BandStageTest, refuses_bounds_that_are_no_probabilities) {
  EXPECT_EQ(run(band("-0.1", "60")).message(),
            "low: -0.1 is below 0; allowed is a number from 0 to 1 (probability); "
            "high: 60 is above 1; allowed is a number from 0 to 1 (probability)");
}

}  // namespace
}  // namespace inkling::stages::decide::band
