// A remote checker: a service of the marketplace that knows prices and stock sooner than the journal does. What is
// asked, what it says, and what all threads share of it. The calls themselves: remote_check.h.
//
//   POST /v1/check  {"items": ["a", "b"]}
//   200  {"items": [{"item": "a", "price_cents": 4000, "currency": "EUR", "on_sale": true, "stock": 3}]}
//
// Of an item it may leave out all but the id; what it does not tell, and items that it leaves out, are as the
// catalogue says (on sale when it names an item and says nothing of that). Thread safety: Checker from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "scene/live_check.h"
#include "server/circuit_breaker.h"
#include "server/http_connection.h"
#include "server/server_options.h"

namespace inkling::server {

inline constexpr std::string_view kCheckTarget = "/v1/check";

struct CheckQuestion {
  std::vector<std::string> items;
  std::int64_t time_left_ms = 0;  // of the request's deadline
};

struct CheckAnswer {
  std::vector<scene::ToldFacts> told;
  std::string why_silent;  // a sentence; "": it answered
};

struct CheckerCounts {
  std::uint64_t answered = 0;
  std::uint64_t failed = 0;   // refused, broken off or nonsense
  std::uint64_t late = 0;     // not within its deadline
  std::uint64_t resting = 0;  // not asked: the breaker was open
  std::uint64_t busy = 0;     // not asked: too many calls under way
  std::uint64_t no_time = 0;  // not asked: the request's own deadline was over
  std::uint64_t opened = 0;   // times that the breaker opened
  bool open = false;
};

// What became of a call.
enum class CheckOutcome : std::uint8_t { kAnswered, kFailed, kLate, kResting, kBusy, kNoTime };

class Checker {
 public:
  // `options.checker` must have passed checker_address().
  explicit Checker(const ServerOptions& options);

  [[nodiscard]] const HttpAddress& address() const { return address_; }
  [[nodiscard]] std::int64_t deadline_ms() const { return deadline_ms_; }
  [[nodiscard]] CircuitBreaker& breaker() { return breaker_; }
  void count(CheckOutcome outcome) { ++counts_[static_cast<std::size_t>(outcome)]; }
  [[nodiscard]] CheckerCounts counts() const;

 private:
  const HttpAddress address_;
  const std::int64_t deadline_ms_;
  CircuitBreaker breaker_;
  std::atomic<std::uint64_t> counts_[6] = {};
};

// "http://127.0.0.1:9100": an address, no name, for looking one up would wait.
[[nodiscard]] base::Result<HttpAddress> checker_address(std::string_view url);

[[nodiscard]] std::string question_json(const std::vector<std::string>& items);
// kInvalidInput names the member that is wrong.
[[nodiscard]] base::Result<std::vector<scene::ToldFacts>> told_from_json(std::string_view json);

}  // namespace inkling::server
