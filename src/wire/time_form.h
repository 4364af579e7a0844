// Times as log files write them, to milliseconds since 1970 UTC. Forms: epoch_s (decimals allowed), epoch_ms, iso8601
// (2013-04-15, 2013-04-15T08:30, with seconds, fraction and zone), or a strptime form of %Y %m %d %H %M %S %f %z %%
// and literal characters. Not for names of months or two-digit years: they are refused when the form is read.
//
// Thread safety: immutable. Cost: one pass over the text, no allocation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace inkling::wire {

class TimeForm {
 public:
  // Epoch milliseconds.
  TimeForm() = default;
  // The error names what is wrong with the form, and the nearest valid one. `year` is that of texts that name none.
  [[nodiscard]] static base::Result<TimeForm> parse(std::string_view form, std::optional<int> year = {});

  // `utc_offset_ms` is that of texts that name no zone. nullopt: the text does not follow the form, or names no day.
  [[nodiscard]] std::optional<std::int64_t> read(std::string_view text, std::int64_t utc_offset_ms) const;
  [[nodiscard]] const std::string& form() const { return form_; }

 private:
  enum class Kind : std::uint8_t { kEpochSeconds, kEpochMs, kIso8601, kPattern };
  Kind kind_ = Kind::kEpochMs;
  std::string form_ = "epoch_ms";
  int year_ = 0;  // for a pattern without %Y
};

// "+08:00", "-0330", "+08" or "Z" -> milliseconds east of UTC.
[[nodiscard]] std::optional<std::int64_t> parse_utc_offset(std::string_view text);

}  // namespace inkling::wire
