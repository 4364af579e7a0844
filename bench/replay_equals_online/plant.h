// The proof that the check can fail: the same replay over a journal in which one event was tampered with, in several
// ways, must not agree with what was recorded while serving. Thread safety: plain values.
#pragma once

#include <string>
#include <vector>

#include "bench/replay_equals_online/moments.h"

namespace inkling::bench {

struct Planted {
  std::string what;  // "one event a second later"
  ReplayCheck check;
};

// Throws std::runtime_error when no moment is fit for it.
[[nodiscard]] std::vector<Planted> check_planted(const store::Store& store, const feature::Blueprint& blueprint,
                                                 const Moments& moments, const sample::SamplePlan& plan,
                                                 const sample::LogSpan& span);

}  // namespace inkling::bench
