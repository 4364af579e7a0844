#include "sim/tally.h"

namespace inkling::sim {
namespace {

const char* kind_of(base::ErrorCode code) {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::kInvalidInput:
      return "refused";
    case ErrorCode::kNotFound:
      return "not found";
    case ErrorCode::kTooLarge:
      return "too large";
    case ErrorCode::kUnavailable:
      return "unavailable, however often tried";
    case ErrorCode::kCorrupt:
      return "no answer of this API";
    default:
      return "the shop failed";
  }
}

}  // namespace

std::uint64_t Counts::error_count() const {
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : errors) sum += count;
  return sum;
}

Counts Tally::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void Tally::fail(Call call, const base::Status& status) {
  const std::string name = kCallNames[static_cast<std::size_t>(call)];
  const std::lock_guard lock(mutex_);
  ++counts_.errors[name + ": " + kind_of(status.code())];
  if (counts_.first_error.empty()) counts_.first_error = name + ": " + status.message();
}

}  // namespace inkling::sim
