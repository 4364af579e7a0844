// Money: integer minor units (cents) plus an ISO 4217 currency. No floating point ever touches an amount.
#pragma once

#include <cstdint>
#include <string>

namespace inkling::domain {

struct Money {
  std::int64_t cents = 0;
  std::string currency;  // "" means the marketplace's own

  bool operator==(const Money&) const = default;
};

}  // namespace inkling::domain
