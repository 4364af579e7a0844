// The floor of everything that is products. Thread safety: free function. Cost: some milliseconds.
#pragma once

namespace inkling::bench {

// Operations per nanosecond of independent fused multiply-adds on the widest registers: the machine's peak right now.
[[nodiscard]] double peak_gflops();

}  // namespace inkling::bench
