// Serving: the memory follows a shopper, and answers as LibTorch does for the same records.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>
#include <span>

#include "artifact/test_folder.h"
#include "feature/record_reader.h"
#include "models/dipn/dipn_shopper_test.h"
#include "models/dipn/dipn_twins_net_test.h"

namespace inkling::models::dipn {
namespace {

using base::Random;

TEST(DipnServing, a_memory_rebuilt_from_the_journal_scores_as_the_one_that_was_evicted) {
  const auto scorer = served(make_twins(kSmall));
  Random random(14);
  const auto events = random_life(400, random);
  Follower online(scorer);
  for (std::size_t i = 0; i < events.size(); ++i) {
    online.fold(events[i]);
    // A server asks now and then; in between several events come at once, but never more than a state holds.
    if (i % 7 != 0 && i + 1 != events.size()) continue;
    ASSERT_TRUE(online.catch_up()) << i;
    if (i % 49 != 0 && i + 1 != events.size()) continue;
    const std::int64_t now_ms = events[i].ts_ms + 1000;
    const Follower rebuilt = follower_of(scorer, std::span(events).first(i + 1));
    EXPECT_EQ(online.probs(now_ms), rebuilt.probs(now_ms)) << i;
  }
}

TEST(DipnServing, explains_a_score_by_weights_that_sum_to_one_over_the_records_it_saw) {
  const auto scorer = served(make_twins(kSmall));
  Random random(18);
  const auto events = random_life(300, random);
  const Follower follower = follower_of(scorer, events);
  const std::int64_t now_ms = events.back().ts_ms + 1000;
  const Probs before = follower.probs(now_ms);
  const auto views = scorer->explain(follower.state(), follower.memory(), now_ms, follower.workspace());
  ASSERT_EQ(views.size(), scorer->blueprint().spec().views.size());
  for (const feature::ViewAttention& view : views) {
    ASSERT_EQ(view.intra.size(), view.rows) << view.view;
    const double intra = std::accumulate(view.intra.begin(), view.intra.end(), 0.0);
    EXPECT_NEAR(intra, view.rows > 0 ? 1 : 0, 1e-5) << view.view;
    const std::size_t columns = std::accumulate(view.column_counts.begin(), view.column_counts.end(), std::size_t{0});
    ASSERT_EQ(view.inter.size(), view.rows * columns) << view.view;
    for (std::size_t row = 0; columns > 0 && row < view.rows; ++row) {
      const auto from = view.inter.begin() + static_cast<std::ptrdiff_t>(row * columns);
      EXPECT_NEAR(std::accumulate(from, from + static_cast<std::ptrdiff_t>(columns), 0.0), 1, 1e-5) << view.view;
    }
    for (std::size_t c = 0; c < view.column_views.size(); ++c) {
      EXPECT_NE(view.column_views[c], view.view);
      const auto partner = std::ranges::find(views, view.column_views[c], &feature::ViewAttention::view);
      ASSERT_NE(partner, views.end());
      EXPECT_EQ(view.column_counts[c], partner->rows);
    }
  }
  EXPECT_EQ(follower.probs(now_ms), before);  // looking changes nothing
  const auto over = scorer->explain(follower.state(), follower.memory(), now_ms + 3'600'000, follower.workspace());
  for (const feature::ViewAttention& view : over) EXPECT_EQ(view.rows, 0U);
}

TEST(DipnServing, a_fresh_memory_says_when_the_state_no_longer_holds_what_it_missed) {
  const auto scorer = served(make_twins(kSmall));
  Random random(15);
  const auto events = random_life(400, random);
  Follower shopper = follower_of(scorer, std::span(events).first(20));
  const Probs before = shopper.probs(events[19].ts_ms);
  shopper.evict();
  EXPECT_TRUE(shopper.catch_up()) << "twenty events are all still there";
  EXPECT_EQ(shopper.probs(events[19].ts_ms), before);
  for (const auto& event : std::span(events).subspan(20)) shopper.fold(event);
  EXPECT_FALSE(shopper.catch_up());
  shopper.evict();
  EXPECT_FALSE(shopper.catch_up());
}

// Collects the ids of the session that goes on.
class SessionColumns final : public feature::RecordSink {
 public:
  explicit SessionColumns(const feature::Blueprint& blueprint) : blueprint_(blueprint) { begin_session(); }
  void begin_session() override { ids_.assign(feature::kViewCount, {}); }
  void record(std::size_t view, std::int64_t, std::span<const feature::Value> values) override {
    std::array<std::uint32_t, feature::kMaxViewFeatures> ids{};
    blueprint_.encode_values(view, values, std::span(ids).first(values.size()));
    ids_[view].insert(ids_[view].end(), ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(values.size()));
  }
  void add_sample(const state::ShopperState& state, std::int64_t now_ms, sample::ShardColumns& columns) const {
    columns.views.resize(ids_.size());
    for (std::size_t v = 0; v < ids_.size(); ++v) {
      auto& view = columns.views[v];
      const std::size_t features = blueprint_.spec().views[v].features.size();
      view.begin.push_back(static_cast<std::int64_t>(view.ids.size() / features));
      if (blueprint_.session_live(state, now_ms)) view.ids.insert(view.ids.end(), ids_[v].begin(), ids_[v].end());
      view.end.push_back(static_cast<std::int64_t>(view.ids.size() / features));
    }
    std::vector<float> numbers(blueprint_.number_count());
    std::vector<std::uint32_t> ids(blueprint_.statistic_id_count());
    blueprint_.encode_statistics(state, now_ms, numbers, ids);
    columns.numbers.insert(columns.numbers.end(), numbers.begin(), numbers.end());
    columns.statistic_ids.insert(columns.statistic_ids.end(), ids.begin(), ids.end());
    columns.labels.insert(columns.labels.end(), {0, 0});
    columns.part.push_back(0);
    for (auto* column : {&columns.ts_ms, &columns.sequence, &columns.shopper}) column->push_back(0);
  }

 private:
  const feature::Blueprint& blueprint_;
  std::vector<std::vector<std::int32_t>> ids_;
};

TEST(DipnServing, scores_a_shoppers_life_as_libtorch_scores_its_records) {
  const Twins twins = make_twins(kSmall);
  const auto scorer = served(twins);
  Random random(16);
  SessionColumns session(twins.blueprint);
  feature::RecordCursor cursor;
  sample::ShardColumns columns;
  std::vector<Probs> online;
  Follower shopper(scorer);
  for (const auto& event : random_life(300, random)) {
    shopper.fold(event);
    ASSERT_TRUE(shopper.catch_up() && feature::read_new_records(twins.blueprint, shopper.state(), cursor, session));
    if (!random.chance(0.2)) continue;
    // Half an hour later the session is over and its records count no more.
    for (const std::int64_t now_ms : {event.ts_ms, event.ts_ms + 31 * 60'000}) {
      session.add_sample(shopper.state(), now_ms, columns);
      online.push_back(shopper.probs(now_ms));
    }
  }
  const artifact::TestFolder folder;
  const auto samples = must(twin::write_samples(std::move(columns), twins.blueprint, folder.path()));
  auto logits = twin::network_logits(*twins.network, must(train::SequenceData::load(samples.set)), 16);
  for (auto& row : logits) {
    for (float& value : row) value = 1 / (1 + std::exp(-value));
  }
  ASSERT_GT(online.size(), 80U);
  EXPECT_LT(twin::largest_difference(logits, online), 1e-5);
  EXPECT_GT(twin::deviation(online), 0.02);
}

}  // namespace
}  // namespace inkling::models::dipn
