#include "sample/point_facts.h"

#include <gtest/gtest.h>

#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;

constexpr std::int64_t kStart = 1'700'438'400'000;
constexpr std::int64_t kGapMs = 30 * kMinuteMs;

SamplePlan all_test() {
  return plan_of(PointRule::kAction, {kHourMs}, kStart - 3 * kDayMs, kStart, kStart + kDayMs);
}

TEST(PointFacts, count_the_sessions_records_of_all_views_and_find_the_next_purchase) {
  LogForTest log;
  log.add({view("ann", kStart), swipes("ann", kStart + kMinuteMs, {domain::Swipe{}, domain::Swipe{}}),
           view("ann", kStart + 2 * kMinuteMs), purchase("ann", kStart + 40 * kMinuteMs),
           view("ann", kStart + 41 * kMinuteMs), view("zoe", kStart + kDayMs)});
  const auto facts = point_facts(log.store(), all_test(), 0, kGapMs, log.span(), Part::kTest);
  ASSERT_TRUE(facts.ok()) << facts.status().message();
  ASSERT_EQ(facts->size(), 4U);
  EXPECT_EQ((*facts)[0].session_records, 1);
  EXPECT_EQ((*facts)[1].session_records, 4);  // two views, two swipes
  EXPECT_EQ((*facts)[2].session_records, 1);  // 38 minutes later: a new session
  EXPECT_EQ((*facts)[3].session_records, 2);
  EXPECT_EQ((*facts)[1].ts_ms, kStart + 2 * kMinuteMs);
  EXPECT_EQ((*facts)[1].next_purchase_ms, kStart + 40 * kMinuteMs);
  EXPECT_EQ((*facts)[2].next_purchase_ms, -1);  // at the purchase itself nothing follows
}

TEST(PointFacts, are_those_of_the_part_asked_for) {
  LogForTest log;
  log.add({view("ann", kStart), view("zoe", kStart + kDayMs)});
  EXPECT_EQ(point_facts(log.store(), all_test(), 0, kGapMs, log.span(), Part::kTrain)->size(), 0U);
  EXPECT_EQ(point_facts(log.store(), all_test(), 0, kGapMs, log.span(), Part::kTest)->size(), 1U);
}

}  // namespace
}  // namespace inkling::sample
