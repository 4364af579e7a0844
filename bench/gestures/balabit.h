// Reads the Balabit mouse streams (docs/results/gestures.md) as pointer samples. Not for the product: the data is one
// research set. Thread safety: plain function. Cost: one pass; 48 bytes of memory a sample. Failure: kInvalidInput
// with the line of a row that is not eight cells of the known kinds.
//
// Times in the file are the distances from one event to the next; a turn of the wheel is one notch, 100 CSS pixels as
// in browsers. The file does not say how large a session's screen was: it is taken to be the smallest usual size that
// holds all of the session's places.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "gesture/sample.h"

namespace inkling::bench {

struct PointerSession {
  std::string user;
  std::string name;
  gesture::Screen screen;
  std::vector<gesture::Sample> samples;
};

// Unpacked CSV. Sessions in the order of the file.
[[nodiscard]] base::Result<std::vector<PointerSession>> read_balabit(const std::string& path);

}  // namespace inkling::bench
