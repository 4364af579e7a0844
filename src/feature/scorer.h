// What a served model is to the rest of the house: it keeps a small memory per shopper, catches up with new records
// one by one, and answers with one probability per target.
//
// The memory is derived from events (never stored, may be dropped at any time): whoever lost it makes a new one and
// replays the shopper's events through state::apply, calling catch_up after each.
// Thread safety: a Scorer is immutable after loading; a Memory and a Workspace belong to one thread at a time.
// Cost: catch_up one recurrent step a record; score neither allocates nor blocks. Wasm-clean.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "state/shopper_state.h"

namespace inkling::feature {

inline constexpr std::size_t kMaxTargets = 4;

// "purchase within horizon_ms", as a model was trained to predict it.
struct Target {
  std::string name;  // "purchase_1h"
  std::int64_t horizon_ms = 0;
};

struct ScorerInfo {
  std::string model;                 // "dipn"
  std::string version;               // of the package
  std::vector<Target> targets;       // at most kMaxTargets, shortest horizon first
  std::string arithmetic = "float";  // what it computes in (math/precision.h)
};

// What a score rested on, for people who look into a model; oldest record first.
struct ViewAttention {
  std::string view;                        // "browse"
  std::size_t rows = 0;                    // records that attention saw
  std::vector<float> intra;                // [rows], sums to 1: the weights inside the view; empty: none
  std::vector<std::string> column_views;   // of the records that the view looked at, view after view
  std::vector<std::size_t> column_counts;  // how many of each
  std::vector<float> inter;                // [rows x all those records], each row sums to 1; empty: none
};

class ScorerMemory {
 public:
  virtual ~ScorerMemory() = default;
  [[nodiscard]] virtual std::size_t memory_bytes() const = 0;
};

class ScorerWorkspace {
 public:
  virtual ~ScorerWorkspace() = default;
};

class Scorer {
 public:
  virtual ~Scorer() = default;
  [[nodiscard]] virtual const ScorerInfo& info() const = 0;
  [[nodiscard]] virtual std::unique_ptr<ScorerMemory> new_memory() const = 0;
  [[nodiscard]] virtual std::unique_ptr<ScorerWorkspace> new_workspace() const = 0;

  // Reads the records that came since the memory's last call. False: some of them are no longer held in the state's
  // bounded history; the memory is then useless and must be rebuilt from the journal.
  [[nodiscard]] virtual bool catch_up(const state::ShopperState& state, ScorerMemory& memory) const = 0;

  // One probability per target into `probs` (size targets.size()). `memory` must have caught up with `state`.
  virtual void score(const state::ShopperState& state, const ScorerMemory& memory, std::int64_t now_ms,
                     ScorerWorkspace& workspace, std::span<float> probs) const = 0;

  // Makes a memory a hot one (or an ordinary one again): what score() would compute anew each time is kept beside it and
  // brought up by catch_up, so that an answer after a new record costs little. memory_bytes() tells what that takes;
  // probabilities are the same within 1e-5. Allocates. Without effect on a model that has no such form.
  virtual void set_streaming(ScorerMemory& /*memory*/, bool /*streaming*/) const {}

  // The same of somebody whose statistics are at hand, encoded by the package's blueprint, and who left no records: a
  // row of a table. kUnsupported from a model that has no answer without records.
  [[nodiscard]] virtual base::Status score_statistics(std::span<const float> /*numbers*/,
                                                      std::span<const std::uint32_t> /*ids*/,
                                                      ScorerWorkspace& /*workspace*/,
                                                      std::span<float> /*probs*/) const {
    return base::unsupported("model \"" + info().model + "\" cannot score rows of a table");
  }

  // The attention behind that score, one entry a view; nothing for a model without. Not for serving: it allocates.
  [[nodiscard]] virtual std::vector<ViewAttention> explain(const state::ShopperState& state,
                                                           const ScorerMemory& memory, std::int64_t now_ms,
                                                           ScorerWorkspace& workspace) const {
    static_cast<void>(state), static_cast<void>(memory), static_cast<void>(now_ms), static_cast<void>(workspace);
    return {};
  }
};

}  // namespace inkling::feature
