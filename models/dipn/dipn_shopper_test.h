// A made-up shopper, and what a server keeps of one: for dipn_test only.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "models/dipn/dipn_serve.h"
#include "state/shopper_state.h"

namespace inkling::models::dipn {

inline constexpr std::int64_t kStartMs = 1'700'000'000'000;

inline domain::Swipe random_swipe(base::Random& random) {
  domain::Swipe swipe;
  swipe.page = static_cast<std::int16_t>(random.below(7));
  swipe.action = static_cast<std::int16_t>(random.below(5));
  swipe.end_x = static_cast<std::int16_t>(random.below(3));
  swipe.start_x = 1;
  return swipe;
}

inline domain::Event random_event(std::int64_t ts_ms, base::Random& random) {
  domain::Event event;
  event.ts_ms = ts_ms;
  event.shopper = "ann";
  if (random.chance(0.5)) {
    domain::Gestures gestures;
    for (std::uint64_t n = random.below(5); n > 0; --n) gestures.swipes.push_back(random_swipe(random));
    for (std::uint64_t n = random.below(3); n > 0; --n) {
      domain::Tap tap;
      tap.page = static_cast<std::int16_t>(random.below(7));
      tap.event = static_cast<std::int16_t>(random.below(9));
      gestures.taps.push_back(tap);
    }
    event.body = gestures;
    return event;
  }
  domain::Action action;
  action.action = random.chance(0.8) ? domain::ActionKind::kView : domain::ActionKind::kCartAdd;
  action.item = "i" + std::to_string(random.below(5));
  event.body = action;
  return event;
}

// Sessions of 1 to 60 events, seconds apart, with more than the session gap of 30 minutes between them.
inline std::vector<domain::Event> random_life(std::size_t event_count, base::Random& random) {
  std::vector<domain::Event> events;
  std::int64_t now_ms = kStartMs;
  while (events.size() < event_count) {
    now_ms += 31 * 60'000 + static_cast<std::int64_t>(random.below(86'400'000));
    for (std::uint64_t n = 1 + random.below(60); n > 0; --n) {
      now_ms += static_cast<std::int64_t>(random.below(60'000));
      events.push_back(random_event(now_ms, random));
    }
  }
  return events;
}

using Probs = std::vector<float>;

// A shopper as a server knows one: state, memory, workspace.
class Follower {
 public:
  explicit Follower(std::shared_ptr<const DipnScorer> scorer)
      : scorer_(std::move(scorer)), memory_(scorer_->new_memory()), workspace_(scorer_->new_workspace()) {}

  void fold(const domain::Event& event) { state::apply(state_, event); }
  [[nodiscard]] bool catch_up() { return scorer_->catch_up(state_, *memory_); }
  void evict() { memory_ = scorer_->new_memory(); }
  void set_streaming(bool streaming) { scorer_->set_streaming(*memory_, streaming); }
  [[nodiscard]] Probs probs(std::int64_t now_ms) const { return probs(now_ms, *workspace_); }
  [[nodiscard]] Probs probs(std::int64_t now_ms, feature::ScorerWorkspace& workspace) const {
    Probs probs(2);
    scorer_->score(state_, *memory_, now_ms, workspace, probs);
    return probs;
  }
  [[nodiscard]] const state::ShopperState& state() const { return state_; }
  [[nodiscard]] const feature::ScorerMemory& memory() const { return *memory_; }
  [[nodiscard]] feature::ScorerWorkspace& workspace() const { return *workspace_; }

 private:
  std::shared_ptr<const DipnScorer> scorer_;
  state::ShopperState state_;
  std::unique_ptr<feature::ScorerMemory> memory_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
};

// One that has caught up with all of them.
inline Follower follower_of(const std::shared_ptr<const DipnScorer>& scorer, std::span<const domain::Event> events,
                            bool streaming = false) {
  Follower follower(scorer);
  follower.set_streaming(streaming);
  for (const auto& event : events) {
    follower.fold(event);
    EXPECT_TRUE(follower.catch_up());
  }
  return follower;
}

}  // namespace inkling::models::dipn
