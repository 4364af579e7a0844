#include "sample/build_samples.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <string>
#include <vector>

#include "base/core/hash.h"
#include "base/files.h"
#include "sample/log_for_test.h"
#include "sample/shard.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;
using domain::ActionKind;
using feature::BlueprintSpec;
using feature::EncoderKind;
using feature::View;

constexpr std::int64_t kStart = 1'700'438'400'000;
using Numbers = std::vector<std::int64_t>;

template <typename T>
std::vector<T> list(std::span<const T> values) {
  return {values.begin(), values.end()};
}

BlueprintSpec spec_with_gap(std::int64_t session_gap_ms) {
  BlueprintSpec spec;
  spec.session_gap_ms = session_gap_ms;
  spec.views = {
      {View::kSwipe, 50, {feature_of("page", EncoderKind::kIndex)}},
      {View::kBrowse, 50, {feature_of("action", EncoderKind::kIndex), feature_of("item", EncoderKind::kVocabulary)}}};
  spec.views[1].features[1].encoder.min_count = 1;
  spec.statistics = {feature_of("total.view", EncoderKind::kIndex), feature_of("cart.items", EncoderKind::kNumber)};
  spec.statistics[1].encoder.log1p = false;
  return spec;
}

SamplePlan wide_plan(PointRule at, std::int64_t horizon_ms) {
  return plan_of(at, {horizon_ms, 2 * horizon_ms}, kStart + 10 * kDayMs, kStart + 12 * kDayMs, kUnset);
}

SampleSet built(const LogForTest& log, const SamplePlan& plan, const BlueprintSpec& spec,
                const std::string& name = "samples") {
  const auto set = build_samples(log.store(), plan, spec, log.folder() / name);
  EXPECT_TRUE(set.ok()) << set.status().message();
  return set.ok() ? *set : SampleSet{};
}

Shard opened(const std::filesystem::path& path) {
  auto shard = Shard::open(path);
  if (!shard.ok()) {
    ADD_FAILURE() << shard.status().message();
    std::abort();
  }
  return *std::move(shard);
}

TEST(BuildSamples, every_sample_is_a_prefix_of_its_session) {
  LogForTest log;
  log.add({view("a", kStart, "x"), swipes("a", kStart + 10, {{.page = 4}, {.page = 5}}),
           action("a", kStart + 20, ActionKind::kCartAdd, "y"),
           view("a", kStart + 20 + kHourMs + 1, "y"),  // after the gap: a new session
           view("b", kStart, "x"), view("z", kStart + 13 * kDayMs, "q")});
  const SampleSet set = built(log, wide_plan(PointRule::kAction, kMinuteMs), spec_with_gap(kHourMs));
  ASSERT_EQ(set.shards.size(), 1U);
  EXPECT_EQ(set.shards[0].filename(), "part-00000.safetensors");
  const Shard shard = opened(set.shards[0]);
  ASSERT_EQ(shard.sample_count(), 4U) << "the last view is censored";
  ASSERT_EQ(shard.views.size(), 2U);
  EXPECT_EQ(list(shard.views[0].ids), (std::vector<std::int32_t>{6, 7}));
  EXPECT_EQ(list(shard.views[0].begin), (Numbers{0, 0, 2, 2}));
  EXPECT_EQ(list(shard.views[0].end), (Numbers{0, 2, 2, 2}));
  EXPECT_EQ(list(shard.views[1].begin), (Numbers{0, 0, 2, 3}));
  EXPECT_EQ(list(shard.views[1].end), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(shard.views[1].features, 2U);
  std::vector<std::int32_t> actions;
  for (std::size_t i = 0; i < shard.views[1].ids.size(); i += 2) actions.push_back(shard.views[1].ids[i]);
  EXPECT_EQ(actions,
            (std::vector<std::int32_t>{5, 11, 5, 5}));  // 2 + kView, 2 + kCartAdd; the censored one is dropped
  EXPECT_EQ(shard.views[1].ids[1], shard.views[1].ids[7]) << "item x of both shoppers";
  EXPECT_EQ(list(shard.statistic_ids), (std::vector<std::int32_t>{3, 3, 4, 3}));
  EXPECT_EQ(list(shard.sequence), (Numbers{1, 3, 4, 5}));
  EXPECT_EQ(list(shard.ts_ms), (Numbers{kStart, kStart + 20, kStart + kHourMs + 21, kStart}));
  EXPECT_EQ(shard.shopper[0], std::bit_cast<std::int64_t>(base::name_hash("a")));
  EXPECT_EQ(shard.shopper[3], std::bit_cast<std::int64_t>(base::name_hash("b")));
}

TEST(BuildSamples, sequences_are_empty_when_the_session_is_over_at_the_point) {
  LogForTest log;
  log.add(
      {view("a", kStart + kHourMs, "x"), view("b", kStart + kDayMs - kHourMs, "x"), view("z", kStart + 13 * kDayMs)});
  const SamplePlan plan = wide_plan(PointRule::kDayEnd, kHourMs);
  const auto extents = [&](std::int64_t gap_ms, const std::string& name) {
    const Shard shard = opened(built(log, plan, spec_with_gap(gap_ms), name).shards.at(0));
    std::vector<Numbers> both;
    for (std::size_t i = 0; i < 2; ++i) both.push_back({shard.views[1].begin[i], shard.views[1].end[i]});
    return both;
  };
  EXPECT_EQ(extents(2 * kHourMs, "two_hours"), (std::vector<Numbers>{{0, 0}, {0, 1}}));
  EXPECT_EQ(extents(feature::kNoSessionGap, "no_gap"), (std::vector<Numbers>{{0, 1}, {1, 2}}));
}

TEST(BuildSamples, labels_parts_and_base_rates_are_those_of_the_points) {
  LogForTest log;
  log.add({view("a", kStart), purchase("a", kStart + 30'000), view("b", kStart), purchase("b", kStart + 90'000),
           view("c", kStart), view("a", kStart + 11 * kDayMs),  // neither trains nor tests
           view("a", kStart + 12 * kDayMs), view("z", kStart + 13 * kDayMs)});
  SamplePlan plan = wide_plan(PointRule::kAction, kMinuteMs);
  plan.min_gap_ms = 10 * kMinuteMs;
  const SampleSet set = built(log, plan, spec_with_gap(kHourMs));
  EXPECT_EQ(set.part_counts, (std::array<std::uint64_t, 3>{3, 0, 1}));
  EXPECT_EQ(set.base_rates, (std::vector<std::array<double, 3>>{{1.0 / 3, 0, 0}, {2.0 / 3, 0, 0}}));
  EXPECT_EQ(set.plan.test_until_ms, kStart + 13 * kDayMs + 1);
  EXPECT_EQ(set.span.events, 8U);
  const Shard shard = opened(set.shards.at(0));
  EXPECT_EQ(list(shard.labels), (std::vector<std::uint8_t>{1, 1, 0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(list(shard.part), (std::vector<std::uint8_t>{0, 2, 0, 0}));
  EXPECT_EQ(shard.target_count, 2U);
}

TEST(BuildSamples, keeps_no_record_that_lies_before_the_training_days) {
  LogForTest log;
  for (int day = 0; day < 8; ++day) {
    log.add({view("a", kStart + day * kDayMs, "old"), view("b", kStart + day * kDayMs, "old")});
  }
  log.add(
      {view("a", kStart + 9 * kDayMs, "x"), view("b", kStart + 12 * kDayMs, "x"), view("z", kStart + 13 * kDayMs)});
  SamplePlan plan = wide_plan(PointRule::kAction, kMinuteMs);
  const Shard whole = opened(built(log, plan, spec_with_gap(kHourMs), "whole").shards.at(0));
  EXPECT_EQ(whole.sample_count(), 18U);
  EXPECT_EQ(whole.views[1].ids.size(), 18U * 2);
  plan.train_from_ms = kStart + 9 * kDayMs;
  const SampleSet set = built(log, plan, spec_with_gap(kHourMs), "newer");
  EXPECT_EQ(set.part_counts, (std::array<std::uint64_t, 3>{1, 0, 1}));
  const Shard newer = opened(set.shards.at(0));
  EXPECT_EQ(newer.views[1].ids.size(), 2U * 2);
  EXPECT_EQ(list(newer.views[1].begin), (Numbers{0, 1}));
  EXPECT_EQ(list(newer.views[1].end), (Numbers{1, 2}));
  EXPECT_EQ(list(newer.statistic_ids), (std::vector<std::int32_t>{11, 11})) << "views of all days count";
}

TEST(BuildSamples, grows_vocabularies_by_the_names_of_the_newer_days_and_moves_no_id) {
  LogForTest log;
  log.add({view("a", kStart, "x"), view("a", kStart + kHourMs, "y"), view("a", kStart + 9 * kDayMs, "new"),
           view("a", kStart + 9 * kDayMs + 1, "y"), view("a", kStart + 12 * kDayMs, "test"),
           view("z", kStart + 13 * kDayMs)});
  SamplePlan plan = wide_plan(PointRule::kAction, kMinuteMs);
  plan.train_until_ms = kStart + kDayMs;
  const SampleSet first = built(log, plan, spec_with_gap(kHourMs), "first");
  plan.train_from_ms = kStart + 9 * kDayMs;
  plan.train_until_ms = kStart + 10 * kDayMs;
  const auto second = grow_samples(log.store(), plan, first.blueprint, log.folder() / "second");
  ASSERT_TRUE(second.ok()) << second.status().message();
  const feature::Encoder& before = first.blueprint.views[1].features[1].encoder;
  const feature::Encoder& after = second->blueprint.views[1].features[1].encoder;
  EXPECT_EQ(after.entries, before.entries);
  EXPECT_EQ(after.added.names(), (std::vector<std::uint64_t>{base::name_hash("new")})) << "neither y nor test";
  for (const char* item : {"x", "y", "unseen"}) {
    const auto value = feature::Value::of_name(base::name_hash(item));
    EXPECT_EQ(after.id(value), before.id(value)) << item;
  }
  const auto& statistics = second->blueprint.statistics;
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    EXPECT_EQ(feature::encoder_to_json(statistics[i].encoder),
              feature::encoder_to_json(first.blueprint.statistics[i].encoder))
        << "means stay as they were fitted";
  }
}

// Two logs that differ in the test part only, or not at all.
void fill(LogForTest& log, const std::string& test_item) {
  std::vector<domain::Event> events;
  for (int i = 0; i < 300; ++i) {
    const std::string shopper = "shopper" + std::to_string(i % 9);
    const std::int64_t ts_ms = kStart + i * 30 * kMinuteMs;
    events.push_back(swipes(shopper, ts_ms, {{.page = static_cast<std::int16_t>(i % 5)}}));
    events.push_back(i % 11 == 0 ? purchase(shopper, ts_ms + 1)
                                 : view(shopper, ts_ms + 1, "item" + std::to_string(i % 13)));
  }
  for (int i = 0; i < 9; ++i) {
    events.push_back(view("shopper" + std::to_string(i), kStart + 12 * kDayMs + i, test_item));
  }
  events.push_back(view("z", kStart + 13 * kDayMs));
  log.add(std::move(events));
}

TEST(BuildSamples, the_same_journal_gives_the_same_bytes) {
  LogForTest one, other;
  fill(one, "item");
  fill(other, "item");
  SamplePlan plan = wide_plan(PointRule::kAction, kHourMs);
  plan.validation_fraction = 0.2;
  const SampleSet first = built(one, plan, spec_with_gap(kHourMs));
  const SampleSet again = built(other, plan, spec_with_gap(kHourMs));
  ASSERT_EQ(first.shards.size(), 1U);
  const auto bytes = base::read_file(first.shards[0].string());
  ASSERT_TRUE(bytes.ok());
  EXPECT_GT(bytes->size(), 4000U);
  EXPECT_EQ(*bytes, *base::read_file(again.shards[0].string()));
}

TEST(BuildSamples, encoders_know_nothing_of_the_test_part) {
  LogForTest one, other;
  fill(one, "item");
  fill(other, "strange");
  const SamplePlan plan = wide_plan(PointRule::kAction, kHourMs);
  const SampleSet first = built(one, plan, spec_with_gap(kHourMs));
  const SampleSet second = built(other, plan, spec_with_gap(kHourMs));
  EXPECT_EQ(blueprint_to_json(first.blueprint).to_text(), blueprint_to_json(second.blueprint).to_text());
  EXPECT_FALSE(first.blueprint.views[1].features[1].encoder.entries.empty());
  EXPECT_EQ(opened(first.shards[0]).blueprint_json, blueprint_to_json(first.blueprint).to_text());
  EXPECT_EQ(opened(first.shards[0]).plan_json, sample_plan_to_json(first.plan).to_text());
}

TEST(EncodeSamples, gives_the_same_shard_as_building_it_did) {
  LogForTest log;
  fill(log, "item");
  const SampleSet set = built(log, wide_plan(PointRule::kAction, kHourMs), spec_with_gap(kHourMs));
  const auto again = encode_samples(log.store(), set.plan, set.blueprint, set.span, log.folder() / "again");
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(*base::read_file(again->shards.at(0).string()), *base::read_file(set.shards.at(0).string()));
  EXPECT_EQ(again->part_counts, set.part_counts);
}

TEST(BuildSamples, a_shopper_never_spans_two_shards) {
  LogForTest log;
  std::vector<domain::Event> events;
  for (int i = 0; i < 5300; ++i) events.push_back(swipes("a", kStart + i, std::vector<domain::Swipe>(100)));
  events.push_back(view("a", kStart + 6000));
  events.push_back(swipes("b", kStart, std::vector<domain::Swipe>(3)));
  events.push_back(view("b", kStart));
  events.push_back(view("z", kStart + 13 * kDayMs));
  log.add(std::move(events));
  BlueprintSpec spec;
  spec.views = {{View::kSwipe, 50, {}}};
  spec.views[0].features.assign(32, feature_of("page", EncoderKind::kIndex));  // 68 MB of shopper a
  const SampleSet set = built(log, wide_plan(PointRule::kAction, kMinuteMs), spec);
  ASSERT_EQ(set.shards.size(), 2U);
  EXPECT_EQ(set.shards[1].filename(), "part-00001.safetensors");
  const Shard first = opened(set.shards[0]);
  const Shard second = opened(set.shards[1]);
  ASSERT_EQ(first.sample_count(), 1U);
  ASSERT_EQ(second.sample_count(), 1U);
  EXPECT_EQ(first.views[0].end[0] - first.views[0].begin[0], 530'000);
  EXPECT_EQ(second.views[0].begin[0], 0);
  EXPECT_EQ(second.views[0].end[0], 3);
  EXPECT_EQ(set.part_counts[0], 2U);
}

TEST(BuildSamples, reports_both_passes_and_refuses_what_cannot_be_built) {
  LogForTest log;
  const SamplePlan plan = wide_plan(PointRule::kAction, kMinuteMs);
  EXPECT_EQ(build_samples(log.store(), plan, spec_with_gap(0), log.folder() / "s").status().code(),
            base::ErrorCode::kNotFound);
  fill(log, "item");
  std::vector<std::string> stages;
  const auto set = build_samples(log.store(), plan, spec_with_gap(0), log.folder() / "s",
                                 [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
                                   if (done == total) stages.emplace_back(stage);
                                 });
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(stages, (std::vector<std::string>{"fitting encoders", "encoding"}));
  SamplePlan leaking = plan;
  leaking.test_from_ms = leaking.train_until_ms;
  EXPECT_EQ(build_samples(log.store(), leaking, spec_with_gap(0), log.folder() / "s").status().code(),
            base::ErrorCode::kInvalidInput);
  ASSERT_TRUE(base::write_file_atomic((log.folder() / "file").string(), "").ok());
  EXPECT_FALSE(build_samples(log.store(), plan, spec_with_gap(0), log.folder() / "file").ok());
}

}  // namespace
}  // namespace inkling::sample
