#include "base/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace inkling::base {
namespace {

// Before this the rate is noise.
constexpr std::int64_t kRateAfterMs = 100;
// A year: whatever takes longer is not worth a number.
constexpr double kLongestMs = 365.0 * 24 * 3600 * 1000;

std::string one_decimal(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), value < 9.95 ? "%.1f" : "%.0f", value);
  return text.data();
}

}  // namespace

std::string short_count(double count) {
  if (count < 999.5) return std::to_string(static_cast<std::int64_t>(std::llround(count)));
  static constexpr std::array<const char*, 4> kLetters = {" k", " M", " G", " T"};
  std::size_t letter = 0;
  count /= 1000;
  while (count >= 999.5 && letter + 1 < kLetters.size()) {
    count /= 1000;
    ++letter;
  }
  return one_decimal(count) + kLetters[letter];
}

std::string short_duration(std::int64_t duration_ms) {
  const std::int64_t seconds = (duration_ms + 500) / 1000;
  if (duration_ms < 9950) return one_decimal(static_cast<double>(duration_ms) / 1000) + " s";
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds % 3600 / 60) + " min";
}

std::string progress_text(std::uint64_t done, std::uint64_t total, std::int64_t elapsed_ms, std::string_view unit) {
  const std::string name = unit.empty() ? "" : " " + std::string(unit);
  const double count = static_cast<double>(done);
  std::string text;
  if (total > 0) {
    // Rounded down: 100 % is said only when it is so.
    const double share = std::min(100.0, std::floor(100 * count / static_cast<double>(total)));
    text = std::to_string(static_cast<int>(share)) + " %  " + short_count(count) + " of " +
           short_count(static_cast<double>(total)) + name;
  } else {
    text = short_count(count) + name;
  }
  if (elapsed_ms < kRateAfterMs) return text;
  const double per_second = count * 1000 / static_cast<double>(elapsed_ms);
  text += "  " + short_count(per_second) + name + "/s";
  if (total == 0) return text;
  if (done >= total) return text + "  done in " + short_duration(elapsed_ms);
  if (done == 0) return text;
  const double left_ms = static_cast<double>(total - done) / count * static_cast<double>(elapsed_ms);
  if (left_ms > kLongestMs) return text;
  return text + "  " + short_duration(std::llround(left_ms)) + " left";
}

}  // namespace inkling::base
