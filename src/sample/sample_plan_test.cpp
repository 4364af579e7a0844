#include "sample/sample_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/core/clock.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;

base::Result<SamplePlan> parse(const std::string& text, std::int64_t utc_offset_ms = 0) {
  const auto json = base::Json::parse(text);
  EXPECT_TRUE(json.ok()) << text;
  if (!json.ok()) return json.status();
  return sample_plan_from_json(base::JsonView(*json), utc_offset_ms);
}

std::string refusal(const std::string& text) {
  const auto plan = parse(text);
  return plan.ok() ? "accepted" : plan.status().message();
}

base::Result<SamplePlan> parse_stored(const std::string& text) {
  const auto json = base::Json::parse(text);
  EXPECT_TRUE(json.ok()) << text;
  if (!json.ok()) return json.status();
  return sample_plan_from_stored(base::JsonView(*json, "plan"));
}

SamplePlan hour_plan() {
  SamplePlan plan;
  plan.targets = {{"purchase_1h", kHourMs}};
  return plan;
}

TEST(Duration, reads_whole_numbers_with_a_unit) {
  const std::pair<const char*, std::int64_t> durations[] = {
      {"90s", 90'000}, {"15m", 15 * kMinuteMs}, {"1h", kHourMs}, {"3d", 3 * kDayMs}, {"2w", 14 * kDayMs}};
  for (const auto& [text, ms] : durations) {
    const auto read = duration_ms(text);
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(*read, ms) << text;
  }
}

TEST(Duration, refuses_everything_else) {
  for (const char* text :
       {"", "h", "5", "1.5h", "0m", "-1h", "1hh", "1 h", "1y", "100001s", "99999999999999999999s"}) {
    const auto read = duration_ms(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.status().message().rfind("\"" + std::string(text) + "\" is not a duration", 0), 0U);
  }
}

TEST(Duration, is_told_in_the_largest_unit_that_divides_it) {
  EXPECT_EQ(duration_text(3 * kDayMs), "3d");
  EXPECT_EQ(duration_text(14 * kDayMs), "14d");
  EXPECT_EQ(duration_text(36 * kHourMs), "36h");
  EXPECT_EQ(duration_text(90 * kMinuteMs), "90m");
  EXPECT_EQ(duration_text(90'000), "90s");
  EXPECT_EQ(duration_text(1500), "1500ms");
}

TEST(DayStart, is_midnight_local_time) {
  const std::int64_t may_31_ms = 1'369'958'400'000;  // 2013-05-31T00:00Z
  EXPECT_EQ(*day_start_ms("2013-05-31", 0), may_31_ms);
  EXPECT_EQ(*day_start_ms("2013-05-31", 2 * kHourMs), may_31_ms - 2 * kHourMs);
  EXPECT_EQ(*day_start_ms("2013-05-31", -5 * kHourMs), may_31_ms + 5 * kHourMs);
  EXPECT_EQ(*day_start_ms("1970-01-01", 0), 0);
  EXPECT_EQ(*day_start_ms("1969-12-31", 0), -kDayMs);
  EXPECT_EQ(*day_start_ms("2024-02-29", 0) - *day_start_ms("2024-02-28", 0), kDayMs);
  EXPECT_EQ(*day_start_ms("2024-03-01", 0) - *day_start_ms("2024-02-29", 0), kDayMs);
}

TEST(DayStart, refuses_days_that_no_calendar_has) {
  for (const char* date :
       {"", "2013", "2013-5-31", "2013-02-29", "2013-04-31", "2013-13-01", "2013-00-10", "2013-01-00", "2013-01-32",
        "2013/01/01", "2013-01-01T", "-013-01-01", "2013--1-01", "2013-01--1", "2o13-01-01", "+013-01-01"}) {
    const auto start = day_start_ms(date, 0);
    ASSERT_FALSE(start.ok()) << date;
    EXPECT_EQ(start.status().message(), "\"" + std::string(date) + "\" is not a date; write it like 2013-05-31");
  }
}

TEST(SamplePlan, has_defaults_for_everything) {
  const auto plan = parse("{}");
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  EXPECT_EQ(plan->at, PointRule::kAction);
  EXPECT_EQ(plan->min_gap_ms, 5 * kMinuteMs);
  ASSERT_EQ(plan->targets.size(), 2U);
  EXPECT_EQ(plan->targets[0].name, "purchase_1h");
  EXPECT_EQ(plan->targets[1].name, "purchase_1d");
  EXPECT_EQ(plan->longest_horizon_ms(), kDayMs);
  EXPECT_EQ(plan->train_until_ms, kUnset);
  EXPECT_EQ(plan->test_fraction, 0.3);
  EXPECT_EQ(plan->validation_fraction, 0.1);
}

TEST(SamplePlan, reads_what_a_training_file_says) {
  const auto plan = parse(R"({"points":{"at":"day_end","min_gap":"5m"},"horizons":["90m","3d","2w"],"model":"dipn",
                              "split":{"train_until":"2013-05-31","test_from":"2013-06-16","test_until":"2013-07-01",
                                       "validation":0.2}})",
                          2 * kHourMs);
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  EXPECT_EQ(plan->at, PointRule::kDayEnd);
  EXPECT_EQ(plan->min_gap_ms, 5 * kMinuteMs);
  ASSERT_EQ(plan->targets.size(), 3U);
  EXPECT_EQ(plan->targets[0].name, "purchase_90m");
  EXPECT_EQ(plan->targets[2].name, "purchase_14d");
  EXPECT_EQ(plan->targets[2].horizon_ms, 14 * kDayMs);
  EXPECT_EQ(plan->train_until_ms, 1'370'044'800'000 - 2 * kHourMs) << "2013-05-31 is inside";
  EXPECT_EQ(plan->test_from_ms, 1'371'340'800'000 - 2 * kHourMs);
  EXPECT_EQ(plan->test_until_ms, 1'372'723'200'000 - 2 * kHourMs) << "2013-07-01 is inside";
  EXPECT_EQ(plan->validation_fraction, 0.2);
}

TEST(SamplePlan, asks_for_more_actions_and_says_so_in_its_targets_and_when_stored) {
  const auto plan = parse(R"({"more_actions":5,"horizons":["30m","1h"]})");
  ASSERT_TRUE(plan.ok()) << plan.status().message();
  EXPECT_EQ(plan->more_actions, 5);
  EXPECT_EQ(plan->targets[1].name, "actions_5_1h");
  const auto stored = sample_plan_to_json(*plan);
  EXPECT_EQ(sample_plan_from_stored(base::JsonView(stored))->more_actions, 5);
  EXPECT_EQ(sample_plan_to_json(hour_plan()).find("more_actions"), nullptr);
  EXPECT_EQ(refusal(R"({"more_actions":0})"), "more_actions: 0 is not between 1 and 1000.");
}

TEST(SamplePlan, names_the_place_of_every_mistake) {
  const std::pair<const char*, const char*> mistakes[] = {
      {R"({"points":[]})", "points: expected keys and values"},
      {R"({"points":{}})", "points.at: is missing"},
      {R"({"points":{"at":"noon"}})", "points.at: \"noon\" is unknown; expected one of action, day_end"},
      {R"({"points":{"at":"action","mingap":"1m"}})", "points.mingap: there is no such key"},
      {R"({"points":{"at":"action","min_gap":"1 m"}})", "points.min_gap: \"1 m\" is not a duration"},
      {R"({"points":{"at":"action","min_gap":60}})", "points.min_gap: \"60\" is not a duration"},
      {R"({"horizons":"1h"})", "horizons: expected a list"},
      {R"({"horizons":[]})", "horizons: holds 0 durations; expected between 1 and 4"},
      {R"({"horizons":["1h","2h","3h","4h","5h"]})", "horizons: holds 5 durations; expected between 1 and 4"},
      {R"({"horizons":["1h","1x"]})", "horizons[1]: \"1x\" is not a duration"},
      {R"({"horizons":["1h","60m"]})", "horizons[1]: 1h is not longer than the horizon before it"},
      {R"({"split":{"train_til":"2013-05-31"}})", "split.train_til: there is no such key"},
      {R"({"split":{"train_until":"2013-02-30","test_from":"2013-06-16"}})",
       "split.train_until: \"2013-02-30\" is not a date"},
      {R"({"split":{"train_until":"2013-05-31"}})",
       "split: train_until and test_from must both be given, or neither"},
      {R"({"split":{"test_from":"2013-05-31"}})", "split: train_until and test_from must both be given, or neither"},
      {R"({"split":{"test_fraction":0}})", "split.test_fraction: 0 is not between 0.01 and 0.9"},
      {R"({"split":{"validation":0.6}})", "split.validation: 0.6 is not between 0 and 0.5"},
  };
  for (const auto& [text, beginning] : mistakes) {
    EXPECT_EQ(refusal(text).rfind(beginning, 0), 0U) << text << " -> " << refusal(text);
  }
}

TEST(SamplePlan, refuses_training_labels_that_reach_into_the_test_part) {
  const std::string leak =
      refusal(R"({"horizons":["1d","7d"],"split":{"train_until":"2013-05-31","test_from":"2013-06-07"}})");
  EXPECT_NE(leak.find("labels of the last training point reach 7d ahead, into the test part"), std::string::npos)
      << leak;
  EXPECT_EQ(refusal(R"({"horizons":["7d"],"split":{"train_until":"2013-05-31","test_from":"2013-06-08"}})"),
            "accepted");
}

TEST(SamplePlan, refuses_a_test_part_that_ends_before_it_begins) {
  const std::string text =
      R"({"horizons":["1d"],"split":{"train_until":"2013-05-31","test_from":"2013-06-16","test_until":"2013-06-15"}})";
  EXPECT_NE(refusal(text).find("test_until lies before test_from"), std::string::npos) << refusal(text);
}

TEST(Boundaries, the_last_share_of_the_log_tests_after_a_gap_of_the_longest_horizon) {
  SamplePlan plan = hour_plan();
  plan.test_fraction = 0.25;
  const auto bounded = with_boundaries(plan, 1000, 1000 + 40 * kHourMs);
  ASSERT_TRUE(bounded.ok()) << bounded.status().message();
  EXPECT_EQ(bounded->test_from_ms, 1000 + 30 * kHourMs);
  EXPECT_EQ(bounded->train_until_ms, 1000 + 29 * kHourMs);
  EXPECT_EQ(bounded->test_until_ms, 1001 + 40 * kHourMs) << "exclusive: the last event is inside";
}

TEST(Boundaries, days_that_were_named_stay_as_they_are) {
  SamplePlan plan = hour_plan();
  plan.train_until_ms = 10 * kDayMs;
  plan.test_from_ms = 12 * kDayMs;
  const auto open_end = with_boundaries(plan, 0, 20 * kDayMs);
  ASSERT_TRUE(open_end.ok());
  EXPECT_EQ(open_end->train_until_ms, 10 * kDayMs);
  EXPECT_EQ(open_end->test_from_ms, 12 * kDayMs);
  EXPECT_EQ(open_end->test_until_ms, 20 * kDayMs + 1);
  plan.test_until_ms = 15 * kDayMs;
  EXPECT_EQ(with_boundaries(plan, 0, 20 * kDayMs)->test_until_ms, 15 * kDayMs);
}

TEST(Boundaries, refuses_a_log_with_nothing_to_train_on) {
  const auto short_log = with_boundaries(hour_plan(), 0, kHourMs);
  ASSERT_FALSE(short_log.ok());
  EXPECT_NE(short_log.status().message().find("the log spans 1 hours, too short for a horizon of 1h"),
            std::string::npos);
  SamplePlan dated = hour_plan();
  dated.train_until_ms = 10 * kDayMs;
  dated.test_from_ms = 12 * kDayMs;
  const auto late_log = with_boundaries(dated, 10 * kDayMs, 20 * kDayMs);
  ASSERT_FALSE(late_log.ok());
  EXPECT_NE(late_log.status().message().find("the log begins after train_until"), std::string::npos);
}

TEST(Boundaries, refuses_a_leak_and_an_empty_test_part_of_a_plan_made_in_code) {
  SamplePlan plan = hour_plan();
  plan.train_until_ms = 10 * kHourMs;
  plan.test_from_ms = 11 * kHourMs - 1;
  EXPECT_FALSE(with_boundaries(plan, 0, 20 * kHourMs).ok());
  plan.test_from_ms = 11 * kHourMs;
  EXPECT_TRUE(with_boundaries(plan, 0, 20 * kHourMs).ok());
  SamplePlan by_share = hour_plan();
  by_share.test_until_ms = 13 * kHourMs;  // the last 30 % begin at hour 14
  EXPECT_FALSE(with_boundaries(by_share, 0, 20 * kHourMs).ok());
}

TEST(Boundaries, training_may_begin_on_a_later_day) {
  const auto read =
      parse(R"({"split":{"train_from":"2013-05-24","train_until":"2013-05-31","test_from":"2013-06-16"}})");
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->train_from_ms, *day_start_ms("2013-05-24", 0));
  const auto late =
      parse(R"({"split":{"train_from":"2013-06-01","train_until":"2013-05-31","test_from":"2013-06-16"}})");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.status().message().rfind("split: train_from does not lie before the end", 0), 0U);
  SamplePlan plan = hour_plan();
  plan.train_from_ms = 9 * kHourMs;
  EXPECT_FALSE(with_boundaries(plan, 0, 10 * kHourMs).ok()) << "the share's training part ends at 6 hours";
  plan.train_from_ms = 5 * kHourMs;
  const auto bounded = with_boundaries(plan, 0, 10 * kHourMs);
  ASSERT_TRUE(bounded.ok()) << bounded.status().message();
  EXPECT_EQ(part_of(*bounded, "a", 5 * kHourMs - 1), Part::kUnused);
  EXPECT_NE(part_of(*bounded, "a", 5 * kHourMs), Part::kUnused);
  const auto stored = sample_plan_to_json(*bounded);
  EXPECT_EQ(sample_plan_from_stored(base::JsonView(stored))->train_from_ms, 5 * kHourMs);
}

TEST(Part, follows_the_boundaries_to_the_millisecond) {
  SamplePlan plan = hour_plan();
  plan.validation_fraction = 0;
  plan.train_until_ms = 100;
  plan.test_from_ms = 200;
  plan.test_until_ms = 300;
  EXPECT_EQ(part_of(plan, "s", -5), Part::kTrain);
  EXPECT_EQ(part_of(plan, "s", 99), Part::kTrain);
  EXPECT_EQ(part_of(plan, "s", 100), Part::kUnused);
  EXPECT_EQ(part_of(plan, "s", 199), Part::kUnused);
  EXPECT_EQ(part_of(plan, "s", 200), Part::kTest);
  EXPECT_EQ(part_of(plan, "s", 299), Part::kTest);
  EXPECT_EQ(part_of(plan, "s", 300), Part::kUnused);
  plan.validation_fraction = 1;
  EXPECT_EQ(part_of(plan, "s", 99), Part::kValidation);
  EXPECT_EQ(part_of(plan, "s", 200), Part::kTest) << "shoppers held out of training are still tested on";
}

TEST(Part, a_shopper_is_held_out_in_every_run_and_so_are_about_as_many_as_asked_for) {
  SamplePlan plan = hour_plan();
  plan.train_until_ms = 100;
  plan.test_from_ms = 200;
  plan.test_until_ms = 300;
  plan.validation_fraction = 0.1;
  SamplePlan larger = plan;
  larger.validation_fraction = 0.2;
  int held_out = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string shopper = "shopper" + std::to_string(i);
    const Part part = part_of(plan, shopper, 0);
    held_out += part == Part::kValidation ? 1 : 0;
    EXPECT_EQ(part_of(plan, shopper, 99), part);
    if (part != Part::kValidation) continue;
    EXPECT_EQ(part_of(larger, shopper, 0), part) << "a larger share keeps the smaller";
  }
  EXPECT_NEAR(held_out, 2000, 150);
  // The hash never changes: packages were trained without these shoppers.
  EXPECT_EQ(part_of(plan, "shopper0", 0), Part::kValidation);
  EXPECT_EQ(part_of(plan, "shopper1", 0), Part::kTrain);
}

TEST(StoredPlan, reads_back_as_it_was_written) {
  SamplePlan plan;
  plan.at = PointRule::kDayEnd;
  plan.min_gap_ms = 7;
  plan.targets = {{"purchase_1h", kHourMs}, {"purchase_3d", 3 * kDayMs}};
  plan.train_until_ms = 1'370'044'800'000;
  plan.test_from_ms = 1'371'340'800'000;
  plan.test_until_ms = 1'372'723'200'001;
  plan.validation_fraction = 1.0 / 3.0;
  for (const PointRule at : {PointRule::kDayEnd, PointRule::kAction}) {
    plan.at = at;
    const std::string text = sample_plan_to_json(plan).to_text();
    const auto again = parse_stored(text);
    ASSERT_TRUE(again.ok()) << again.status().message();
    EXPECT_EQ(sample_plan_to_json(*again).to_text(), text);
    EXPECT_EQ(again->at, at);
    EXPECT_EQ(again->targets[1].name, "purchase_3d");
    EXPECT_EQ(again->test_until_ms, plan.test_until_ms);
    EXPECT_EQ(again->validation_fraction, plan.validation_fraction);
  }
}

TEST(StoredPlan, refuses_what_was_never_written) {
  SamplePlan plan = hour_plan();
  plan.train_until_ms = 1;
  plan.test_from_ms = 2;
  plan.test_until_ms = 3;
  const std::string good = sample_plan_to_json(plan).to_text();
  ASSERT_TRUE(parse_stored(good).ok());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const auto place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    const auto plan_read = parse_stored(text.replace(place, from.size(), to));
    return plan_read.ok() ? std::string("accepted") : plan_read.status().message();
  };
  EXPECT_NE(with("\"action\"", "\"noon\"").find("plan.at: \"noon\" is unknown"), std::string::npos);
  EXPECT_NE(with("\"horizon_ms\":3600000", "\"horizon_ms\":0").find("plan.targets[0].horizon_ms"), std::string::npos);
  EXPECT_NE(with("\"test_from_ms\":2", "\"test_frm_ms\":2").find("plan.test_from_ms"), std::string::npos);
  EXPECT_NE(with("\"min_gap_ms\":300000", "\"min_gap_ms\":-1").find("plan.min_gap_ms"), std::string::npos);
  const std::string target = R"({"name":"purchase_1h","horizon_ms":3600000})";
  EXPECT_NE(with(target, "").find("plan.targets: holds 0 durations; expected between 1 and 4"), std::string::npos);
  EXPECT_NE(with(target, target + "," + target).find("plan.targets[1]: 1h is not longer than the horizon before it"),
            std::string::npos);
  std::string five;
  for (int i = 1; i <= 5; ++i) five += R"({"name":"t","horizon_ms":)" + std::to_string(i) + (i < 5 ? "}," : "}");
  EXPECT_NE(with(target, five).find("plan.targets: holds 5 durations; expected between 1 and 4"), std::string::npos);
}

}  // namespace
}  // namespace inkling::sample
