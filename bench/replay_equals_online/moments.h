// The moments at which somebody asked while serving, and the check that a replay of the journal reads the same
// features at each of them. Thread safety: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "bench/replay_equals_online/recorder.h"
#include "bench/replay_equals_online/serving.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "store/store.h"

namespace inkling::bench {

// Every shopper's recordings, in the order of their event counts.
using Moments = std::map<std::string, std::vector<Recording>, std::less<>>;

[[nodiscard]] Moments moments_of(const std::vector<Asked>& asked, const Recorder& recorder);

// Answers from a state that lacked events acknowledged before the question (or had more of them).
[[nodiscard]] std::uint64_t answers_behind(const std::vector<Asked>& asked, const Recorder& recorder);

struct ReplayCheck {
  std::uint64_t compared = 0;
  std::uint64_t mismatches = 0;  // other bytes, or a moment that the replay never came by
  std::uint64_t live = 0;        // of those compared, inside a session: sequences are not empty
  std::string first_mismatch;    // "shopper x after 17 events at 1735689600000"
};

// Runs src/sample's replay over `store` and compares at every moment.
[[nodiscard]] ReplayCheck check_replay(const store::Store& store, const feature::Blueprint& blueprint,
                                       const Moments& moments, const sample::SamplePlan& plan,
                                       const sample::LogSpan& span);

// Writes sample shards as `train` does and compares each of their rows that coincides with a moment: same shopper,
// same last event, same time. Only `compared`, `mismatches` and `first_mismatch` are told.
[[nodiscard]] ReplayCheck check_shards(const store::Store& store, const feature::BlueprintSpec& fitted,
                                       const Moments& moments, const sample::SamplePlan& plan,
                                       const sample::LogSpan& span, const std::string& folder);

// How far behind the shopper's clock events were journaled.
struct JournalOrder {
  std::uint64_t events = 0;
  std::uint64_t behind = 0;  // older than an event of the same shopper journaled before
  std::uint64_t behind_a_minute = 0;
  std::uint64_t behind_an_hour = 0;
  std::uint64_t behind_a_day = 0;
};
[[nodiscard]] JournalOrder journal_order(const store::Store& store);

}  // namespace inkling::bench
