// How a training program takes turns with its rivals (bench/figures/lib/training_turns.py): it says its first losses
// as one JSON line, then answers each line "round N" on standard input with N steps, their processor times and
// losses.
#pragma once

#include <functional>

#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::bench {

// Until the input ends. `step` is one whole training step and returns its loss.
[[nodiscard]] base::Status answer_rounds(const base::Json& hello, const std::function<double()>& step);

}  // namespace inkling::bench
