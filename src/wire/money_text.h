// Amounts of money as people write them ("12.50"), to integer minor units, exactly: by digits, never by floating
// point. Not for formats with thousands separators or signs: those are refused. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/core/result.h"

namespace inkling::wire {

// Decimals of a currency's minor unit: 0 for JPY and KRW, 2 for all others, "" included.
[[nodiscard]] int minor_digits(std::string_view currency);

inline constexpr std::string_view kNoCurrencyCode = "is not an ISO 4217 code of three capitals, such as EUR";

// "12.5" EUR -> 1250. More decimals than the currency has are refused unless they are zeros, for rounding is not
// ours.
[[nodiscard]] base::Result<std::int64_t> minor_units(std::string_view text, std::string_view currency);

}  // namespace inkling::wire
