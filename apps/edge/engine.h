// One shopper on the shopper's own device: a package's serving half, the fold and the gesture extractor in one
// object, behind the C ABI (inkling_edge.h), which says what the calls mean. Not for many shoppers: the server does
// that.
//
// Ownership: expands the package's bytes and needs them no more. Thread safety: one thread. Cost: a sample O(1); a
// gesture or an event one fold and one recurrent step a record; score() attention and MLP. Bounded memory: the
// state's bounds, the model's memory, kMaxPending gestures. Wasm-clean. Failure: kInvalidInput, kUnsupported,
// kCorrupt and, where a bound is reached, kTooLarge; nothing has changed then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "apps/edge/gesture_ledger.h"
#include "base/core/result.h"
#include "feature/scorer.h"
#include "gesture/extractor.h"
#include "models/dipn/dipn_device.h"
#include "state/shopper_state.h"

namespace inkling::edge {

inline constexpr std::size_t kMaxPackageBytes = 64 << 20;
inline constexpr std::size_t kMaxSamplesPerCall = 1024;
inline constexpr std::size_t kMaxPending = 4096;  // gestures not yet taken: no more samples from there on

class Engine {
 public:
  [[nodiscard]] static base::Status make(std::span<const std::byte> package, std::unique_ptr<Engine>& out);

  [[nodiscard]] const feature::ScorerInfo& info() const { return scorer_->info(); }
  // The members of inkling_edge_info.
  [[nodiscard]] std::string info_json() const;

  [[nodiscard]] base::Status set_screen(gesture::Screen screen);
  // At most kMaxSamplesPerCall, fields in range: the caller checks both. Gestures that end in them are folded at
  // once.
  [[nodiscard]] base::Status samples(std::span<const gesture::Sample> samples);
  void event(const domain::Event& event) { fold(event); }

  // `now_ms` before the newest event counts as the newest event's time.
  void score(std::int64_t now_ms, std::span<float> probs);
  [[nodiscard]] std::string explain_json(std::int64_t now_ms);
  // The next batch as JSON; empty when none is left.
  [[nodiscard]] std::string take_gestures();

 private:
  class Fold;
  Engine() = default;
  [[nodiscard]] base::Status check_room() const;
  void forget();  // what the model keeps of the shopper
  void fold(const domain::Event& event);

  artifact::DevicePrecision precision_ = artifact::DevicePrecision::kFloat;
  std::shared_ptr<const models::dipn::DipnScorer> scorer_;
  std::unique_ptr<feature::ScorerMemory> memory_;
  std::unique_ptr<feature::ScorerWorkspace> workspace_;
  state::ShopperState state_;
  gesture::Extractor extractor_{gesture::Screen{}};
  bool has_screen_ = false;
  GestureLedger ledger_;
  domain::Event gesture_event_;  // of one gesture, used again and again
};

}  // namespace inkling::edge
