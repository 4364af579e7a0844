// The text of a progress line: share done, rate and time left. A pure function: who prints it, and when, is not its
// business. Example: "45 %  1.2 M of 2.7 M lines  210 k lines/s  7 s left".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace inkling::base {

// `total` 0 means that it is not known: no share, no time left. The rate is the mean since the start; it is left out
// while less than 100 ms have passed. At the end (done >= total > 0) the time taken stands in place of the time left.
[[nodiscard]] std::string progress_text(std::uint64_t done, std::uint64_t total, std::int64_t elapsed_ms,
                                        std::string_view unit);

// 999 -> "999", 1234 -> "1.2 k", 12345678 -> "12 M": at most three significant digits before the letter.
[[nodiscard]] std::string short_count(double count);
// 840 -> "0.8 s", 65000 -> "1 min 5 s", 3700000 -> "1 h 1 min".
[[nodiscard]] std::string short_duration(std::int64_t duration_ms);

}  // namespace inkling::base
