// What driven shoppers did and what went wrong, counted while they play. Thread safety: any thread.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::sim {

enum class Call : std::uint8_t { kEvents, kFeed, kCoupon, kAddOn };
inline constexpr std::array<const char*, 4> kCallNames = {"events", "feed", "coupon", "add-on"};

struct Counts {
  std::array<std::uint64_t, kCallNames.size()> answered{};  // calls, by Call
  std::uint64_t retries = 0;
  std::uint64_t events = 0;  // acknowledged by the shop
  std::array<std::uint64_t, domain::kActionKindCount> actions{};
  std::uint64_t sessions = 0;
  std::uint64_t positions = 0;      // shown in feeds and add-on answers
  std::uint64_t unknown_items = 0;  // shown, but not of this marketplace
  double attraction = 0;            // true attraction of everything shown, summed
  std::uint64_t offers = 0;
  std::uint64_t other_gaps = 0;       // add-on answers for another step or gap than the shopper's own
  std::uint64_t short_positions = 0;  // shown for a gap that they do not fill
  std::uint64_t degraded = 0;
  std::map<std::string, std::uint64_t> errors;  // "feed: invalid input" -> how often; retried and then fine: none
  std::string first_error;

  [[nodiscard]] std::uint64_t of(domain::ActionKind kind) const { return actions[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::uint64_t error_count() const;
};

class Tally {
 public:
  [[nodiscard]] Counts counts() const;
  void fail(Call call, const base::Status& status);
  // Runs `change` on the counts, alone.
  template <typename Change>
  void count(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(counts_);
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;
};

}  // namespace inkling::sim
