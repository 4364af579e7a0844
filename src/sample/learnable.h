// Whether there is something to learn from samples, told before hours are spent on it.
// Thread safety: free functions.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "sample/build_samples.h"

namespace inkling::sample {

// kInvalidInput when the training part is empty, or no target has points of both classes in it: every model would
// learn one number. The sentence names targets and counts.
[[nodiscard]] base::Status check_learnable(const SampleSet& set);
// What training does without: a target of one class in a part, a view without any record. One sentence each.
[[nodiscard]] std::vector<std::string> shortcomings(const SampleSet& set);

}  // namespace inkling::sample
