#include "sample/fit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/core/hash.h"
#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;
using domain::ActionKind;
using feature::BlueprintSpec;
using feature::Encoder;
using feature::EncoderKind;
using feature::View;

constexpr std::int64_t kNotSaid = domain::kMissing;
constexpr std::int64_t kStart = 1'700'438'400'000;
constexpr std::int64_t kTrainUntil = kStart + 10 * kDayMs;
constexpr std::int64_t kTestFrom = kStart + 11 * kDayMs;

SamplePlan plan() {
  return plan_of(PointRule::kAction, {kHourMs}, kTrainUntil, kTestFrom, kStart + 20 * kDayMs);
}

BlueprintSpec browse_spec(std::vector<feature::FeatureSpec> features) {
  BlueprintSpec spec;
  spec.views = {{View::kBrowse, 50, std::move(features)}};
  return spec;
}

BlueprintSpec fitted(const LogForTest& log, const BlueprintSpec& spec, const SamplePlan& how = plan()) {
  const auto result = fit_blueprint(log.store(), spec, how, log.span());
  EXPECT_TRUE(result.ok()) << result.status().message();
  return result.ok() ? *result : spec;
}

// Views of one shopper that stay so long, a minute apart, and a log that goes on long enough.
void add_stays(LogForTest& log, const std::vector<std::int64_t>& stays_ms, std::int64_t from_ms = kStart,
               const std::string& shopper = "a") {
  std::vector<domain::Event> events;
  for (std::size_t i = 0; i < stays_ms.size(); ++i) {
    const std::int64_t ts_ms = from_ms + static_cast<std::int64_t>(i) * kMinuteMs;
    events.push_back(action(shopper, ts_ms, ActionKind::kView, "i", stays_ms[i]));
  }
  log.add(std::move(events));
}

std::vector<double> stay_quantiles(const std::vector<std::int64_t>& stays_ms, std::uint32_t bins) {
  LogForTest log;
  add_stays(log, stays_ms);
  log.add({view("z", kTestFrom + kDayMs)});
  auto feature = feature_of("stay_ms", EncoderKind::kQuantile);
  feature.encoder.bins = bins;
  return fitted(log, browse_spec({feature})).views[0].features[0].encoder.cuts;
}

TEST(FitQuantile, cuts_lie_where_equal_counts_meet) {
  EXPECT_EQ(stay_quantiles({80, 10, 60, 30, 50, 40, 70, 20}, 4), (std::vector<double>{30, 50, 70}));
  EXPECT_EQ(stay_quantiles({1, 2, 3, 4, 5}, 2), (std::vector<double>{3}));
  // Missing ones do not count.
  EXPECT_EQ(stay_quantiles({1, kNotSaid, 2, kNotSaid, 3, 4, kNotSaid}, 2), (std::vector<double>{3}));
}

TEST(FitQuantile, repeated_values_leave_no_bin_empty) {
  EXPECT_EQ(stay_quantiles({0, 0, 0, 0, 1, 2}, 3), (std::vector<double>{1}));
  EXPECT_EQ(stay_quantiles({5, 5, 5, 5}, 4), (std::vector<double>{}));
  EXPECT_EQ(stay_quantiles({0, 9, 9, 9, 9, 9}, 6), (std::vector<double>{9}));
  EXPECT_EQ(stay_quantiles({7}, 3), (std::vector<double>{}));
  EXPECT_EQ(stay_quantiles({kNotSaid, kNotSaid}, 3), (std::vector<double>{}));
}

TEST(FitQuantile, a_long_log_is_thinned_evenly) {
  LogForTest log;
  std::vector<domain::Event> events;
  constexpr int kValues = 210'000;  // the first half of those held goes at 200,000
  for (int value = 0; value < kValues; value += 100) {
    std::vector<domain::Swipe> batch(100);
    for (int i = 0; i < 100; ++i) batch[static_cast<std::size_t>(i)].duration_ms = value + i;
    events.push_back(swipes("a", kStart, std::move(batch)));
  }
  events.push_back(view("a", kStart));
  events.push_back(view("z", kTestFrom + kDayMs));
  log.add(std::move(events));
  BlueprintSpec spec;
  auto feature = feature_of("duration_ms", EncoderKind::kQuantile);
  feature.encoder.bins = 4;
  spec.views = {{View::kSwipe, 50, {feature}}};
  // Of 105,000 even values that are held, numbers 26,250, 52,500 and 78,750.
  EXPECT_EQ(fitted(log, spec).views[0].features[0].encoder.cuts, (std::vector<double>{52'500, 105'000, 157'500}));
}

TEST(FitLog, cuts_are_evenly_spaced_in_the_logarithm) {
  LogForTest log;
  log.add({view("a", kStart), view("z", kTestFrom + kDayMs)});
  auto feature = feature_of("stay_ms", EncoderKind::kLog);
  feature.encoder.bins = 4;
  feature.encoder.minimum = 10;
  feature.encoder.maximum = 10'000;
  auto narrow = feature;
  narrow.encoder.bins = 1000;
  narrow.encoder.minimum = 1;
  narrow.encoder.maximum = std::nextafter(1.0, 2.0);
  const auto spec = fitted(log, browse_spec({feature, narrow}));
  const auto& cuts = spec.views[0].features[0].encoder.cuts;
  ASSERT_EQ(cuts.size(), 3U);
  EXPECT_NEAR(cuts[0], 10, 1e-9);
  EXPECT_NEAR(cuts[1], 100, 1e-9);
  EXPECT_NEAR(cuts[2], 1000, 1e-9);
  const auto& few = spec.views[0].features[1].encoder.cuts;
  EXPECT_TRUE(std::adjacent_find(few.begin(), few.end(), std::greater_equal<>()) == few.end())
      << "a package with equal cuts could not be read back";
}

TEST(FitVocabulary, keeps_the_most_frequent_names_that_are_frequent_enough) {
  LogForTest log;
  std::vector<domain::Event> events;
  std::int64_t ts_ms = kStart;
  const std::pair<const char*, int> counts[] = {{"five", 5}, {"four", 4}, {"three", 3}, {"two", 2}, {"", 9}};
  for (const auto& [item, count] : counts) {
    for (int i = 0; i < count; ++i) events.push_back(view("a", ts_ms++, item));
  }
  events.push_back(view("z", kTestFrom + kDayMs));
  log.add(std::move(events));
  const auto entries = [&](std::uint32_t min_count, std::uint32_t max_entries) {
    auto feature = feature_of("item", EncoderKind::kVocabulary);
    feature.encoder.min_count = min_count;
    feature.encoder.max_entries = max_entries;
    feature.encoder.entries = {1, 2, 3};  // left from an earlier fit
    return fitted(log, browse_spec({feature})).views[0].features[0].encoder.entries;
  };
  const auto hashes = [](std::vector<std::string> names) {
    std::vector<std::uint64_t> sorted;
    for (const auto& name : names) sorted.push_back(base::name_hash(name));
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  EXPECT_EQ(entries(3, 10), hashes({"five", "four", "three"}));
  EXPECT_EQ(entries(1, 2), hashes({"five", "four"}));
  EXPECT_EQ(entries(6, 10), hashes({}));
  EXPECT_EQ(entries(1, 0), hashes({}));
}

Encoder fitted_cart_items(const std::vector<int>& pieces, bool log1p) {
  LogForTest log;
  std::vector<domain::Event> events;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    domain::Action add;
    add.action = ActionKind::kCartAdd;
    add.item = "i";
    add.quantity = pieces[i];
    events.push_back(event_of("shopper" + std::to_string(i), kStart, add));
  }
  events.push_back(view("z", kTestFrom + kDayMs));
  log.add(std::move(events));
  BlueprintSpec spec;
  auto feature = feature_of("cart.items", EncoderKind::kNumber);
  feature.encoder.log1p = log1p;
  spec.statistics = {feature};
  return fitted(log, spec).statistics[0].encoder;
}

TEST(FitNumber, takes_mean_and_sample_deviation_of_the_training_points) {
  const Encoder plain = fitted_cart_items({1, 2, 3}, false);
  EXPECT_DOUBLE_EQ(plain.mean, 2);
  EXPECT_DOUBLE_EQ(plain.deviation, 1);
  const Encoder logs = fitted_cart_items({1, 3}, true);  // log 2 and log 4
  EXPECT_DOUBLE_EQ(logs.mean, 1.5 * std::log(2.0));
  EXPECT_DOUBLE_EQ(logs.deviation, std::sqrt(0.5) * std::log(2.0));
}

TEST(FitNumber, what_stands_for_missing_values_counts_like_a_value) {
  LogForTest log;
  log.add({purchase("a", kStart), view("b", kStart), view("c", kStart), view("z", kTestFrom + kDayMs)});
  BlueprintSpec spec;
  auto feature = feature_of("recency.purchase", EncoderKind::kNumber);
  feature.encoder.log1p = false;
  feature.encoder.missing_as = 6;
  spec.statistics = {feature};
  const Encoder recency = fitted(log, spec).statistics[0].encoder;  // 0, 6, 6
  EXPECT_DOUBLE_EQ(recency.mean, 4);
  EXPECT_DOUBLE_EQ(recency.deviation, std::sqrt(12.0));
}

TEST(FitNumber, values_that_never_vary_keep_a_deviation_of_one) {
  EXPECT_EQ(fitted_cart_items({4, 4, 4}, false).deviation, 1);
  EXPECT_EQ(fitted_cart_items({4}, false).deviation, 1);
  LogForTest log;
  log.add({view("a", kStart), view("z", kTestFrom + kDayMs)});
  BlueprintSpec spec;
  spec.statistics = {feature_of("recency.purchase", EncoderKind::kNumber)};
  const Encoder never = fitted(log, spec).statistics[0].encoder;
  EXPECT_EQ(never.mean, 0);
  EXPECT_EQ(never.deviation, 1);
}

TEST(Fit, explicit_cuts_and_indexes_stay_as_written) {
  LogForTest log;
  add_stays(log, {1, 2, 3});
  log.add({view("z", kTestFrom + kDayMs)});
  auto cuts = feature_of("stay_ms", EncoderKind::kCuts);
  cuts.encoder.cuts = {7, 9};
  const BlueprintSpec spec = browse_spec({feature_of("action", EncoderKind::kIndex, 22), cuts});
  EXPECT_EQ(blueprint_to_json(fitted(log, spec)).to_text(), blueprint_to_json(spec).to_text());
}

BlueprintSpec everything() {
  BlueprintSpec spec =
      browse_spec({feature_of("stay_ms", EncoderKind::kQuantile), feature_of("item", EncoderKind::kVocabulary)});
  spec.views[0].features[1].encoder.min_count = 1;
  spec.statistics = {feature_of("total.view", EncoderKind::kNumber), feature_of("idle_ms", EncoderKind::kQuantile)};
  return spec;
}

std::string fitted_text(const std::vector<domain::Event>& train, const std::vector<domain::Event>& rest,
                        const SamplePlan& how) {
  LogForTest log;
  log.add(train);
  log.add(rest);
  return blueprint_to_json(fitted(log, everything(), how)).to_text();
}

TEST(Fit, nothing_but_the_training_part_is_read) {
  std::vector<domain::Event> train;
  for (int i = 0; i < 40; ++i) {
    train.push_back(action("a", kStart + i * kHourMs, ActionKind::kView, "item" + std::to_string(i % 7), 10 * i));
  }
  const std::vector<domain::Event> one = {view("a", kTrainUntil, "new"), purchase("a", kTestFrom + 1),
                                          view("z", kTestFrom + kDayMs)};
  std::vector<domain::Event> other = {view("z", kTestFrom + kDayMs)};
  for (int i = 0; i < 40; ++i) {
    other.push_back(
        action("a", kTrainUntil + i * kHourMs, ActionKind::kView, "strange" + std::to_string(i), 100'000));
    // Told late: it happened in the training part's time, but arrived after it.
    other.push_back(action("a", kStart + i, ActionKind::kView, "late" + std::to_string(i), 200'000));
  }
  const std::string text = fitted_text(train, one, plan());
  EXPECT_EQ(fitted_text(train, other, plan()), text);
  auto more = train;
  more.push_back(action("a", kTrainUntil - 1, ActionKind::kView, "strange", 100'000));
  EXPECT_NE(fitted_text(more, one, plan()), text);
}

TEST(Fit, shoppers_who_are_held_out_are_not_read) {
  SamplePlan held_out = plan();
  held_out.validation_fraction = 0.1;
  ASSERT_EQ(part_of(held_out, "shopper0", kStart), Part::kValidation);
  ASSERT_EQ(part_of(held_out, "shopper1", kStart), Part::kTrain);
  const std::vector<domain::Event> train = {view("shopper1", kStart, "i")};
  const std::vector<domain::Event> end = {view("z", kTestFrom + kDayMs)};
  const std::vector<domain::Event> more = {action("shopper0", kStart, ActionKind::kView, "strange", 7), end[0]};
  EXPECT_EQ(fitted_text(train, more, held_out), fitted_text(train, end, held_out));
  EXPECT_NE(fitted_text(train, more, plan()), fitted_text(train, end, plan()));
}

TEST(Fit, says_so_when_no_point_trains) {
  LogForTest log;
  log.add({view("a", kTrainUntil), view("z", kTestFrom + kDayMs)});
  const auto result = fit_blueprint(log.store(), everything(), plan(), log.span());
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.status().message().find("no decision point falls into the training part"), std::string::npos);
  BlueprintSpec wrong = everything();
  wrong.views[0].features[0].source = "stay_m";
  EXPECT_NE(fit_blueprint(log.store(), wrong, plan(), log.span()).status().message().find("did you mean stay_ms?"),
            std::string::npos);
}

}  // namespace
}  // namespace inkling::sample
