// The value of a Result, or an exception: for this program, which ends at the first thing that does not work.
#pragma once

#include <stdexcept>
#include <utility>

#include "base/core/result.h"

namespace inkling::bench {

template <typename Value>
[[nodiscard]] Value value_of(base::Result<Value> result) {
  if (!result.ok()) throw std::runtime_error(result.status().message());
  return *std::move(result);
}

inline void expect_ok(const base::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.message());
}

}  // namespace inkling::bench
