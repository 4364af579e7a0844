#include "sample/score_points.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "feature/record_reader.h"
#include "sample/log_for_test.h"

namespace inkling::sample {
namespace {

using base::kDayMs;
using base::kHourMs;
using base::kMinuteMs;

constexpr std::int64_t kStart = 1'700'438'400'000;

// Remembers the order of all it reads: a missed, repeated or swapped record changes every later answer.
struct FakeMemory final : feature::ScorerMemory, feature::RecordSink {
  [[nodiscard]] std::size_t memory_bytes() const override { return sizeof(*this); }
  void begin_session() override { digest = 7; }
  void record(std::size_t view_index, std::int64_t ts_ms, std::span<const feature::Value> values) override {
    digest = (digest * 31 + view_index + static_cast<std::uint64_t>(ts_ms - kStart) +
              static_cast<std::uint64_t>(values[0].number)) %
             9973;
  }
  feature::RecordCursor cursor;
  std::uint64_t digest = 0;
};

class FakeScorer final : public feature::Scorer {
 public:
  explicit FakeScorer(std::vector<std::int64_t> horizons_ms) : info_{"fake", "3", {}}, blueprint_(make_blueprint()) {
    for (const std::int64_t ms : horizons_ms) info_.targets.push_back({"purchase_" + duration_text(ms), ms});
  }
  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override {
    return std::make_unique<FakeMemory>();
  }
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override {
    return std::make_unique<feature::ScorerWorkspace>();
  }
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override {
    auto& own = static_cast<FakeMemory&>(memory);
    return feature::read_new_records(blueprint_, state, own.cursor, own);
  }
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace&, std::span<float> probs) const override {
    const auto& own = static_cast<const FakeMemory&>(memory);
    for (std::size_t k = 0; k < probs.size(); ++k) {
      probs[k] = static_cast<float>(own.digest) + static_cast<float>(k) * 0.25F +
                 static_cast<float>(now_ms - state.clock_ms);
    }
  }

 private:
  static feature::Blueprint make_blueprint() {
    feature::BlueprintSpec spec;
    spec.views = {{feature::View::kSwipe, 50, {feature_of("page", feature::EncoderKind::kIndex)}},
                  {feature::View::kBrowse, 50, {feature_of("action", feature::EncoderKind::kIndex)}}};
    return *feature::Blueprint::make(std::move(spec));
  }
  feature::ScorerInfo info_;
  feature::Blueprint blueprint_;
};

void fill(LogForTest& log) {
  std::vector<domain::Event> events;
  for (int i = 0; i < 400; ++i) {
    const std::string shopper = "shopper" + std::to_string(i % 7);
    const std::int64_t ts_ms = kStart + i * 11 * kMinuteMs;
    events.push_back(swipes(shopper, ts_ms, {{.page = static_cast<std::int16_t>(i % 5)}}));
    events.push_back(i % 10 == 0 ? purchase(shopper, ts_ms + 5) : view(shopper, ts_ms + 5, "x"));
  }
  log.add(std::move(events));
}

SamplePlan plan() {
  return plan_of(PointRule::kAction, {kHourMs, 6 * kHourMs}, kStart + kDayMs, kStart + 2 * kDayMs,
                 kStart + 3 * kDayMs);
}

TEST(ScorePoints, equals_asking_the_model_by_hand) {
  LogForTest log;
  fill(log);
  const FakeScorer scorer({kHourMs, 6 * kHourMs});
  const auto points = score_points(log.store(), plan(), 0, log.span(), scorer, Part::kTest);
  ASSERT_TRUE(points.ok()) << points.status().message();
  std::size_t next = 0, positives = 0;
  for (const std::string& shopper : log.shoppers()) {
    state::ShopperState state;
    auto memory = scorer.new_memory();
    auto workspace = scorer.new_workspace();
    for (const auto& entry : log.journal_of(shopper)) {
      state::apply(state, entry.event);
      ASSERT_TRUE(scorer.catch_up(state, *memory));
      const bool is_action = std::holds_alternative<domain::Action>(entry.event.body);
      if (state.clock_ms + 6 * kHourMs > log.span().to_ms) continue;  // its labels are not known
      if (!is_action || part_of(plan(), shopper, state.clock_ms) != Part::kTest) continue;
      ASSERT_LT(next, points->size());
      const ScoredPoint& point = (*points)[next++];
      std::array<float, 2> probs{};
      scorer.score(state, *memory, state.clock_ms, *workspace, probs);
      EXPECT_EQ(point.shopper, shopper);
      EXPECT_EQ(point.ts_ms, state.clock_ms);
      EXPECT_EQ(point.sequence, entry.sequence);
      EXPECT_EQ(point.probs[0], probs[0]);
      EXPECT_EQ(point.probs[1], probs[1]);
      EXPECT_EQ(point.probs[2], 0);
      positives += point.labels[1] ? 1 : 0;
    }
  }
  EXPECT_EQ(next, points->size());
  EXPECT_GT(next, 100U);
  EXPECT_GT(positives, 5U);
}

TEST(ScorePoints, asks_at_the_time_of_the_point_and_only_in_the_part_asked_for) {
  LogForTest log;
  log.add({view("a", kStart), view("a", kStart + 2 * kDayMs + 1000), view("z", kStart + 9 * kDayMs)});
  SamplePlan day_ends = plan();
  day_ends.at = PointRule::kDayEnd;
  const FakeScorer scorer({kHourMs, 6 * kHourMs});
  const auto test = score_points(log.store(), day_ends, 0, log.span(), scorer, Part::kTest);
  ASSERT_TRUE(test.ok());
  ASSERT_EQ(test->size(), 1U);
  EXPECT_EQ((*test)[0].ts_ms, kStart + 3 * kDayMs - 1);
  const float idle_ms = static_cast<float>(kDayMs - 1 - 1000);
  EXPECT_GE((*test)[0].probs[0], idle_ms) << "the fake adds how long ago the last record was";
  const auto train = score_points(log.store(), day_ends, 0, log.span(), scorer, Part::kTrain);
  ASSERT_TRUE(train.ok());
  ASSERT_EQ(train->size(), 1U);
  EXPECT_EQ((*train)[0].ts_ms, kStart + kDayMs - 1);
  EXPECT_TRUE(score_points(log.store(), day_ends, 0, log.span(), scorer, Part::kValidation)->empty());
}

TEST(ScorePoints, refuses_a_plan_with_other_horizons_than_the_models) {
  LogForTest log;
  fill(log);
  for (const auto& horizons_ms : {std::vector<std::int64_t>{kHourMs}, std::vector<std::int64_t>{kHourMs, kDayMs}}) {
    const auto points = score_points(log.store(), plan(), 0, log.span(), FakeScorer(horizons_ms), Part::kTest);
    ASSERT_FALSE(points.ok());
    EXPECT_EQ(points.status().code(), base::ErrorCode::kInvalidInput);
    EXPECT_NE(points.status().message().find("fake 3"), std::string::npos);
  }
}

}  // namespace
}  // namespace inkling::sample
