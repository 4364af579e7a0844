// A model that predicts nothing: it keeps what a model would have read, every time the server asks it. Its one
// probability is the recording's ticket, so whoever asked over HTTP can tell which recording the answer came from.
// Thread safety: as feature::Scorer asks; recordings from any number of threads. Memory: every recording.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "bench/replay_equals_online/feature_bytes.h"
#include "feature/scorer.h"

namespace inkling::bench {

inline constexpr std::string_view kRecorderModel = "recorder";

struct Recording {
  std::uint64_t event_count = 0;  // of the state that was read
  std::int64_t now_ms = 0;
  std::string bytes;
};

class Recorder final : public feature::Scorer {
 public:
  explicit Recorder(feature::Blueprint blueprint)
      : blueprint_(std::move(blueprint)), info_{std::string(kRecorderModel), "v1", {{"ticket", 1}}} {}

  [[nodiscard]] const feature::ScorerInfo& info() const override { return info_; }
  [[nodiscard]] std::unique_ptr<feature::ScorerMemory> new_memory() const override;
  [[nodiscard]] std::unique_ptr<feature::ScorerWorkspace> new_workspace() const override;
  [[nodiscard]] bool catch_up(const state::ShopperState& state, feature::ScorerMemory& memory) const override;
  void score(const state::ShopperState& state, const feature::ScorerMemory& memory, std::int64_t now_ms,
             feature::ScorerWorkspace& workspace, std::span<float> probs) const override;

  [[nodiscard]] const feature::Blueprint& blueprint() const { return blueprint_; }
  // The one behind an answer; throws std::out_of_range when there is none. Only while nobody asks.
  [[nodiscard]] const Recording& recording(double answered_prob) const;
  [[nodiscard]] std::size_t recording_count() const;
  // Memories that had read something and were thrown away.
  [[nodiscard]] std::uint64_t memories_dropped() const { return memories_dropped_.load(); }

 private:
  class Memory;
  feature::Blueprint blueprint_;
  feature::ScorerInfo info_;
  mutable std::atomic<std::uint64_t> memories_dropped_ = 0;
  mutable std::mutex mutex_;
  mutable std::vector<Recording> recordings_;
};

}  // namespace inkling::bench
