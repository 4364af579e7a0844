// Money: integer minor units (cents) plus an ISO 4217 currency. No floating point ever touches an amount.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace inkling::domain {

struct Money {
  std::int64_t cents = 0;
  std::string currency;  // "" means the marketplace's own

  bool operator==(const Money&) const = default;
};

// Whether it has the form of an ISO 4217 code: three capitals.
[[nodiscard]] inline bool is_currency_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace inkling::domain
