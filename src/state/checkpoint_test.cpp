// encode and decode: equality, going on after a decode, damaged bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "state/event_samples.h"
#include "state/shopper_state.h"

namespace inkling::state {
namespace {

using testing::HasSubstr;

// Whatever decodes must encode to the same bytes and take further events.
void expect_sound_if_decoded(const std::string& bytes, base::Random& random) {
  auto state = decode(bytes);
  if (!state.ok()) {
    EXPECT_THAT(state.status().message(), HasSubstr("shopper state: "));
    return;
  }
  ASSERT_EQ(encode(*state), bytes);
  std::int64_t now_ms = state->clock_ms;
  for (int i = 0; i < 3; ++i) apply(*state, random_event(random, now_ms));
  ASSERT_LE(encode(*state).size(), kMaxStateBytes);
}

TEST(Checkpoint, decoded_state_encodes_to_the_same_bytes) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const std::string bytes = encode(random_state(seed, 15 * seed));
    const auto state = decode(bytes);
    ASSERT_TRUE(state.ok()) << state.status().message();
    EXPECT_EQ(encode(*state), bytes) << "seed " << seed;
  }
}

TEST(Checkpoint, keeps_every_fact_of_a_record) {
  domain::Gestures gestures;
  gestures.swipes = {{700, 250, -1, -1, 1, 2, 3, 10'000, 5, 6}};
  gestures.taps = {{900, 11, 12, 13, 14, 15}};
  ShopperState state;
  apply(state, gesture_event(5000, gestures));
  const auto decoded = decode(encode(state));
  ASSERT_TRUE(decoded.ok()) << decoded.status().message();
  const SwipeRecord& swipe = decoded->swipes.newest();
  EXPECT_EQ(swipe.time.ts_ms, 5700);
  EXPECT_EQ(swipe.time.idle_ms, -1);
  EXPECT_EQ(swipe.swipe.duration_ms, 250);
  EXPECT_EQ(swipe.swipe.tap_x, -1);
  EXPECT_EQ(swipe.swipe.end_y, 10'000);
  EXPECT_EQ(swipe.swipe.action, 6);
  const TapRecord& tap = decoded->taps.newest();
  EXPECT_EQ(tap.time.idle_ms, 200);
  EXPECT_EQ(tap.tap.y, 12);
  EXPECT_EQ(tap.tap.button, 15);
}

TEST(Checkpoint, fold_goes_on_after_a_decode_as_if_never_stored) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    ShopperState kept = random_state(seed, 40 * seed);
    auto stored = decode(encode(kept));
    ASSERT_TRUE(stored.ok()) << stored.status().message();
    base::Random random(seed + 1000);
    std::int64_t now_ms = kept.clock_ms;
    for (int i = 0; i < 200; ++i) {
      const domain::Event event = random_event(random, now_ms);
      apply(kept, event);
      apply(*stored, event);
      ASSERT_EQ(encode(kept), encode(*stored)) << "seed " << seed << " event " << i;
    }
    EXPECT_EQ(kept.browses.first(), stored->browses.first());
  }
}

TEST(Checkpoint, view_gaps_survive_although_only_the_oldest_is_written) {
  const ShopperState state = random_state(3, 600);
  const auto decoded = decode(encode(state));
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(state.browses.size(), kBrowseHistory);
  for (std::uint64_t i = state.browses.first(); i < state.browses.total(); ++i) {
    EXPECT_EQ(decoded->browses.at(i).time.view_gap_ms, state.browses.at(i).time.view_gap_ms) << "record " << i;
    EXPECT_EQ(decoded->browses.at(i).item_repeat, state.browses.at(i).item_repeat) << "record " << i;
  }
}

TEST(Checkpoint, gaps_of_months_are_capped_alike_before_and_after) {
  ShopperState state;
  apply(state, action_event(0, domain::ActionKind::kView, "a"));
  apply(state, action_event(2 * kLongestGapMs, domain::ActionKind::kView, "b"));
  const auto decoded = decode(encode(state));
  ASSERT_TRUE(decoded.ok()) << decoded.status().message();
  for (const ShopperState* one : {static_cast<const ShopperState*>(&state), &decoded.value()}) {
    EXPECT_EQ(one->browses.newest().time.idle_ms, kLongestGapMs);
    EXPECT_EQ(one->browses.newest().time.view_gap_ms, kLongestGapMs);
    EXPECT_EQ(one->browses.newest().time.ts_ms, 2 * kLongestGapMs);
  }
}

TEST(Checkpoint, every_truncation_is_refused_with_the_place) {
  const std::string bytes = encode(random_state(5, 120));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const auto state = decode(std::string_view(bytes).substr(0, length));
    ASSERT_FALSE(state.ok()) << "length " << length;
    ASSERT_EQ(state.status().code(), base::ErrorCode::kCorrupt);
    ASSERT_THAT(state.status().message(), HasSubstr("(byte "));
  }
}

TEST(Checkpoint, flipped_bytes_never_harm) {
  base::Random random(11);
  const std::string bytes = encode(random_state(6, 150));
  for (int round = 0; round < 4000; ++round) {
    std::string damaged = bytes;
    for (std::uint64_t flips = 1 + random.below(4); flips > 0; --flips) {
      damaged[random.below(damaged.size())] ^= static_cast<char>(1 + random.below(255));
    }
    expect_sound_if_decoded(damaged, random);
  }
}

TEST(Checkpoint, noise_never_harms) {
  base::Random random(12);
  for (int round = 0; round < 3000; ++round) {
    std::string noise(random.below(3000), '\0');
    if (random.chance(0.5)) {
      for (char& c : noise) c = static_cast<char>(random.below(256));
    }
    if (!noise.empty()) noise[0] = 1;
    expect_sound_if_decoded(noise, random);
  }
}

TEST(Checkpoint, refuses_other_versions_leftovers_and_too_many_bytes) {
  std::string bytes = encode(ShopperState{});
  EXPECT_THAT(decode(bytes + "x").status().message(), HasSubstr("left over"));
  EXPECT_THAT(decode(std::string(kMaxStateBytes + 1, '\1')).status().message(), HasSubstr("16385 bytes"));
  bytes[0] = 2;
  EXPECT_THAT(decode(bytes).status().message(), HasSubstr("format version"));
}

}  // namespace
}  // namespace inkling::state
