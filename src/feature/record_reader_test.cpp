#include "feature/record_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/core/random.h"

namespace inkling::feature {
namespace {

using domain::ActionKind;
using state::ShopperState;

// What a sink saw, one line each: "session", or "<view>@<time>:<first value>".
class Listing final : public RecordSink {
 public:
  void begin_session() override { lines.emplace_back("session"); }
  void record(std::size_t view_index, std::int64_t ts_ms, std::span<const Value> values) override {
    std::string line = std::to_string(view_index) + "@" + std::to_string(ts_ms);
    for (const Value& value : values) {
      line += value.missing ? ":-" : ":" + std::to_string(static_cast<std::int64_t>(value.number));
    }
    lines.push_back(std::move(line));
  }
  std::vector<std::string> lines;
};

FeatureSpec index(std::string source) {
  Encoder encoder;
  encoder.kind = EncoderKind::kIndex;
  encoder.size = 64;
  return {std::move(source), encoder};
}

Blueprint blueprint_of(std::vector<ViewSpec> views, std::int64_t session_gap_ms) {
  BlueprintSpec spec;
  spec.session_gap_ms = session_gap_ms;
  spec.views = std::move(views);
  auto blueprint = Blueprint::make(std::move(spec));
  EXPECT_TRUE(blueprint.ok()) << blueprint.status().message();
  return blueprint.ok() ? *std::move(blueprint) : *Blueprint::make({});
}

Blueprint all_views(std::int64_t session_gap_ms) {
  return blueprint_of({{View::kSwipe, 50, {index("page"), index("action")}},
                       {View::kTap, 50, {index("button")}},
                       {View::kBrowse, 50, {index("action"), index("item_repeat")}}},
                      session_gap_ms);
}

domain::Event action(std::int64_t ts_ms, ActionKind kind, std::string item = "") {
  domain::Action body;
  body.action = kind;
  body.item = std::move(item);
  return {"", ts_ms, "shopper", "", std::move(body), ""};
}

domain::Event gestures(std::int64_t ts_ms, domain::Gestures body) {
  return {"", ts_ms, "shopper", "", std::move(body), ""};
}

std::vector<std::string> read_all(const Blueprint& blueprint, const ShopperState& state, RecordCursor& cursor) {
  Listing listing;
  EXPECT_TRUE(read_new_records(blueprint, state, cursor, listing));
  return listing.lines;
}

TEST(RecordReader, merges_the_views_in_the_order_things_happened) {
  ShopperState state;
  state::apply(state, action(100, ActionKind::kView));
  state::apply(state, gestures(100, {{{.offset_ms = 5, .page = 1}, {.offset_ms = 30, .page = 2}},
                                     {{.offset_ms = 10, .button = 3}, {.offset_ms = 30, .button = 4}}}));
  state::apply(state, action(130, ActionKind::kClick));
  RecordCursor cursor;
  EXPECT_EQ(read_all(all_views(1000), state, cursor),
            (std::vector<std::string>{"session", "2@100:3:0", "0@105:1:0", "1@110:3", "0@130:2:0", "1@130:4",
                                      "2@130:7:0"}));
  EXPECT_EQ(cursor.swipes, 2U);
  EXPECT_EQ(cursor.taps, 2U);
  EXPECT_EQ(cursor.browses, 2U);
  EXPECT_TRUE(read_all(all_views(1000), state, cursor).empty()) << "nothing is read twice";
}

TEST(RecordReader, sessions_begin_with_the_first_record_and_after_the_gap) {
  ShopperState state;
  for (const std::int64_t ts_ms : {100, 1100, 2101}) state::apply(state, action(ts_ms, ActionKind::kView));
  RecordCursor cursor;
  EXPECT_EQ(read_all(all_views(1000), state, cursor),
            (std::vector<std::string>{"session", "2@100:3:0", "2@1100:3:0", "session", "2@2101:3:0"}));
}

TEST(RecordReader, any_view_keeps_a_session_alive) {
  ShopperState state;
  state::apply(state, action(0, ActionKind::kView));
  state::apply(state, gestures(900, {{}, {{.button = 1}}}));
  state::apply(state, action(1800, ActionKind::kView));
  RecordCursor cursor;
  EXPECT_EQ(read_all(all_views(1000), state, cursor),
            (std::vector<std::string>{"session", "2@0:3:0", "1@900:1", "2@1800:3:0"}));
}

TEST(RecordReader, without_a_gap_only_the_first_record_begins_a_session) {
  ShopperState state;
  state::apply(state, action(0, ActionKind::kView));
  state::apply(state, action(state::kLongestGapMs, ActionKind::kView));
  RecordCursor cursor;
  const auto lines = read_all(all_views(kNoSessionGap), state, cursor);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "session");
}

TEST(RecordReader, views_that_the_blueprint_leaves_out_still_divide_sessions) {
  const Blueprint taps_only = blueprint_of({{View::kTap, 50, {index("button")}}}, 1000);
  ShopperState state;
  state::apply(state, gestures(0, {{}, {{.button = 1}}}));
  state::apply(state, action(5000, ActionKind::kView));
  state::apply(state, gestures(5500, {{}, {{.button = 2}}}));
  RecordCursor cursor;
  EXPECT_EQ(read_all(taps_only, state, cursor),
            (std::vector<std::string>{"session", "0@0:1", "session", "0@5500:2"}));
  EXPECT_EQ(cursor.browses, 1U);
}

TEST(RecordReader, reads_nothing_when_records_were_lost) {
  const Blueprint blueprint = all_views(1000);
  ShopperState state;
  state::apply(state, action(0, ActionKind::kView));
  RecordCursor cursor;
  static_cast<void>(read_all(blueprint, state, cursor));
  for (std::size_t i = 0; i < state::kBrowseHistory; ++i) state::apply(state, action(1, ActionKind::kView));
  RecordCursor in_time = cursor;
  EXPECT_EQ(read_all(blueprint, state, in_time).size(), state::kBrowseHistory) << "all unread ones are still held";

  state::apply(state, action(2, ActionKind::kView));
  Listing listing;
  EXPECT_FALSE(read_new_records(blueprint, state, cursor, listing));
  EXPECT_TRUE(listing.lines.empty());
  EXPECT_EQ(cursor.browses, 1U);
}

TEST(RecordReader, each_view_can_lose_records) {
  const Blueprint blueprint = all_views(1000);
  domain::Gestures swipes;
  swipes.swipes.resize(state::kSwipeHistory + 1);
  domain::Gestures taps;
  taps.taps.resize(state::kTapHistory + 1);
  for (const domain::Gestures& batch : {swipes, taps}) {
    ShopperState state;
    state::apply(state, gestures(0, batch));
    RecordCursor cursor;
    Listing listing;
    EXPECT_FALSE(read_new_records(blueprint, state, cursor, listing));
    EXPECT_TRUE(listing.lines.empty());
    EXPECT_EQ(cursor.swipes + cursor.taps + cursor.browses, 0U);
  }
}

domain::Event random_event(base::Random& random, std::int64_t& now_ms) {
  now_ms += static_cast<std::int64_t>(random.exponential(random.chance(0.1) ? 4000 : 300));
  const std::int64_t ts_ms = random.chance(0.1) ? now_ms - static_cast<std::int64_t>(random.below(9000)) : now_ms;
  if (random.chance(0.5)) {
    const auto kind = static_cast<ActionKind>(random.below(domain::kActionKindCount));
    return action(ts_ms, kind, "item" + std::to_string(random.below(4)));
  }
  domain::Gestures batch;
  std::int32_t offset_ms = 0;
  for (std::uint64_t i = random.below(6); i > 0; --i) {
    offset_ms += static_cast<std::int32_t>(random.below(2500));
    const auto button = static_cast<std::int16_t>(random.below(20));
    if (random.chance(0.5)) {
      batch.swipes.push_back({.offset_ms = offset_ms, .page = button});
    } else {
      batch.taps.push_back({.offset_ms = offset_ms, .button = button});
    }
  }
  return gestures(ts_ms, std::move(batch));
}

TEST(RecordReader, catching_up_in_one_go_equals_catching_up_after_every_event) {
  const Blueprint blueprint = all_views(1000);
  std::size_t records = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    base::Random random(seed);
    ShopperState state;
    std::int64_t now_ms = 0;
    RecordCursor eager_cursor, lazy_cursor;
    Listing eager, lazy;
    for (int event = 0; event < 120; ++event) {
      state::apply(state, random_event(random, now_ms));
      ASSERT_TRUE(read_new_records(blueprint, state, eager_cursor, eager));
      const std::uint64_t unread = state.record_count - lazy_cursor.swipes - lazy_cursor.taps - lazy_cursor.browses;
      if (unread + 5 < state::kTapHistory && !random.chance(0.02)) continue;  // the next event may leave five
      ASSERT_TRUE(read_new_records(blueprint, state, lazy_cursor, lazy)) << "seed " << seed;
    }
    ASSERT_TRUE(read_new_records(blueprint, state, lazy_cursor, lazy)) << "seed " << seed;
    ASSERT_EQ(eager.lines, lazy.lines) << "seed " << seed;
    const auto sessions = static_cast<std::size_t>(std::count(eager.lines.begin(), eager.lines.end(), "session"));
    ASSERT_EQ(eager.lines.size() - sessions, state.record_count);
    records += state.record_count;
  }
  EXPECT_GT(records, 10'000U);
}

}  // namespace
}  // namespace inkling::feature
