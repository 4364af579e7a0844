#include "apps/edge/gesture_ledger.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/core/random.h"
#include "state/shopper_state.h"

namespace inkling::edge {
namespace {

using domain::Pointer;

constexpr std::int64_t kStartMs = 1'700'000'000'000;

domain::Event gestures_at(std::int64_t ts_ms, domain::Gestures gestures) {
  domain::Event event;
  event.shopper = "ann";
  event.ts_ms = ts_ms;
  event.body = std::move(gestures);
  return event;
}

// A state that folded each gesture when it came, and one that folds what is taken.
struct Pair {
  GestureLedger ledger;
  state::ShopperState one_by_one;
  state::ShopperState batched;

  void swipe(std::int64_t end_ms, Pointer pointer, std::int16_t page) {
    const domain::Swipe swipe{.duration_ms = 30, .page = page};
    state::apply(one_by_one, gestures_at(end_ms, {{swipe}, {}, pointer}));
    ledger.add(end_ms, swipe, pointer);
  }
  void tap(std::int64_t end_ms, Pointer pointer, std::int16_t page) {
    const domain::Tap tap{.page = page};
    state::apply(one_by_one, gestures_at(end_ms, {{}, {tap}, pointer}));
    ledger.add(end_ms, tap, pointer);
  }
  std::size_t take_all() {
    std::size_t batches = 0;
    while (auto batch = ledger.take()) {
      EXPECT_LE(batch->gestures.swipes.size(), domain::kMaxSwipes);
      EXPECT_LE(batch->gestures.taps.size(), domain::kMaxTaps);
      state::apply(batched, gestures_at(batch->ts_ms, batch->gestures));
      ++batches;
    }
    return batches;
  }
  void expect_the_same() {
    batched.event_count = one_by_one.event_count;  // a batch is one event
    EXPECT_EQ(state::encode(batched), state::encode(one_by_one));
  }
};

TEST(GestureLedger, gives_batches_that_fold_to_the_state_of_gestures_one_by_one) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    base::Random random(seed);
    Pair pair;
    std::int64_t now_ms = kStartMs;
    for (std::int16_t i = 0; i < 200; ++i) {
      now_ms += random.chance(0.4) ? 0 : static_cast<std::int64_t>(random.below(900));
      if (random.chance(0.02)) now_ms += 86'400'000'000;  // a thousand days
      if (random.chance(0.05)) now_ms -= 5'000;
      const Pointer pointer = random.chance(0.1) ? Pointer::kMouse : Pointer::kTouch;
      random.chance(0.5) ? pair.swipe(now_ms, pointer, i) : pair.tap(now_ms, pointer, i);
      if (random.chance(0.02)) pair.take_all();
    }
    pair.take_all();
    pair.expect_the_same();
    EXPECT_EQ(pair.ledger.count(), 0U);
  }
}

TEST(GestureLedger, keeps_gestures_of_one_pointer_in_one_batch_up_to_the_limits) {
  Pair pair;
  for (std::int16_t i = 0; i < 100; ++i) pair.swipe(kStartMs + i, Pointer::kTouch, i);
  EXPECT_EQ(pair.ledger.count(), 100U);
  EXPECT_EQ(pair.take_all(), 1U);
  for (std::int16_t i = 0; i < 101; ++i) pair.swipe(kStartMs + 500 + i, Pointer::kTouch, i);
  EXPECT_EQ(pair.take_all(), 2U);
  pair.swipe(kStartMs + 900, Pointer::kTouch, 0);
  pair.swipe(kStartMs + 901, Pointer::kPen, 0);
  EXPECT_EQ(pair.take_all(), 2U);
}

}  // namespace
}  // namespace inkling::edge
