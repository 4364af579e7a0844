#include "sample/probe_points.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;

constexpr std::int64_t kStart = 1'700'438'400'000;

struct CountingMemory final : feature::ScorerMemory {
  [[nodiscard]] std::size_t memory_bytes() const override { return sizeof(*this); }
  std::uint64_t records = 0;
};

// Its memory holds how many records it has read.
class CountingScorer final : public feature::Scorer {
 public:
  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override {
    ++memories;
    return std::make_unique<CountingMemory>();
  }
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override {
    return std::make_unique<feature::ScorerWorkspace>();
  }
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override {
    static_cast<CountingMemory&>(memory).records = state.record_count;
    return !loses;
  }
  void score(const state::ShopperState&, const feature::ScorerMemory&, std::int64_t, feature::ScorerWorkspace&,
             std::span<float>) const override {}

  mutable int memories = 0;
  bool loses = false;

 private:
  feature::ScorerInfo info_;
};

SamplePlan plan() {
  return plan_of(PointRule::kAction, {kHourMs}, kStart - 3 * kDayMs, kStart, kStart + kDayMs);
}

TEST(ProbePoints, visits_the_points_asked_for_with_a_memory_that_has_caught_up) {
  LogForTest log;
  log.add({view("ann", kStart), view("bob", kStart), view("ann", kStart + kMinuteMs),
           view("ann", kStart + 2 * kMinuteMs), view("zoe", kStart + kDayMs)});
  const CountingScorer scorer;
  std::vector<std::pair<std::int64_t, std::uint64_t>> visited;
  const std::set<PointKey> points = {{"ann", kStart + kMinuteMs}, {"ann", kStart + 2 * kMinuteMs}, {"nobody", 0}};
  const auto status =
      probe_points(log.store(), plan(), 0, log.span(), scorer, points,
                   [&](const state::ShopperState&, const feature::ScorerMemory& memory, const DecisionPoint& point) {
                     EXPECT_EQ(point.shopper, "ann");
                     visited.emplace_back(point.ts_ms, static_cast<const CountingMemory&>(memory).records);
                   });
  ASSERT_TRUE(status.ok()) << status.message();
  EXPECT_EQ(visited, (std::vector<std::pair<std::int64_t, std::uint64_t>>{{kStart + kMinuteMs, 2},
                                                                          {kStart + 2 * kMinuteMs, 3}}));
  EXPECT_EQ(scorer.memories, 1);  // nobody else needs one
}

TEST(ProbePoints, says_when_a_memory_could_not_follow) {
  LogForTest log;
  log.add({view("ann", kStart), view("zoe", kStart + kDayMs)});
  CountingScorer scorer;
  scorer.loses = true;
  const std::set<PointKey> points = {{"ann", kStart}};
  EXPECT_FALSE(probe_points(log.store(), plan(), 0, log.span(), scorer, points,
                            [](const state::ShopperState&, const feature::ScorerMemory&, const DecisionPoint&) {})
                   .ok());
}

}  // namespace
}  // namespace inkling::sample
