// How fast this core multiplies and adds right now: what figures measure distances to.
#pragma once

namespace inkling::bench {

// Operations per nanosecond of independent fused multiply-adds on the widest registers.
[[nodiscard]] double peak_gflops();

}  // namespace inkling::bench
