#include "sim/retrying_shop.h"

#include <algorithm>

namespace inkling::sim {
namespace {

constexpr std::int64_t kFirstPauseMs = 50;
constexpr std::int64_t kLongestPauseMs = 2'000;

const base::Status& status_of(const base::Status& status) {
  return status;
}

template <typename Answer>
const base::Status& status_of(const base::Result<Answer>& answer) {
  return answer.status();
}

}  // namespace

template <typename Ask>
auto RetryingShop::insist(const Ask& ask) {
  auto answer = ask();
  std::int64_t pause_ms = kFirstPauseMs;
  for (int tries = 1; tries < kMostTries && status_of(answer).code() == base::ErrorCode::kUnavailable; ++tries) {
    // A shop that closes does not keep anybody from telling what was done; it is only not waited for any longer.
    const bool is_open = pacer_.pause(pause_ms);
    pause_ms = std::min(2 * pause_ms, kLongestPauseMs);
    tally_.count([](Counts& counts) { ++counts.retries; });
    answer = ask();
    if (!is_open) break;
  }
  return answer;
}

base::Status RetryingShop::post(std::span<const domain::Event> events) {
  return insist([&] { return shop_.post(events); });
}

base::Result<FeedAnswer> RetryingShop::feed(const FeedQuestion& question) {
  return insist([&] { return shop_.feed(question); });
}

base::Result<AddOnAnswer> RetryingShop::add_on(const AddOnQuestion& question) {
  return insist([&] { return shop_.add_on(question); });
}

base::Result<CouponAnswer> RetryingShop::coupon(const std::string& shopper, const std::string& session) {
  return insist([&] { return shop_.coupon(shopper, session); });
}

}  // namespace inkling::sim
