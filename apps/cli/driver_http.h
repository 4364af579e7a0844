// The shop behind an HTTP API: POST /v1/events and /v1/scenes/..., nothing else. One connection,
// opened again when it breaks. What failed and whether to try again is said by the Status (sim/shop.h): a broken
// connection, no answer in time and 503 are kUnavailable. Thread safety: one thread; Latencies: any.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "server/http_connection.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::cli {

inline constexpr std::chrono::seconds kAnswerLimit{10};

// How long calls took, in bins 2 % wide, so that memory does not grow with the calls.
class Latencies {
 public:
  void add(sim::Call call, std::int64_t duration_us);
  // The duration that so large a share of the answered calls did not exceed, to 2 %; 0 when there were none.
  [[nodiscard]] std::int64_t quantile_us(sim::Call call, double share) const;

 private:
  static constexpr std::size_t kBins = 1200;  // up to hours
  mutable std::mutex mutex_;
  std::array<std::array<std::uint64_t, kBins>, sim::kCallNames.size()> bins_{};
};

class HttpShop final : public sim::Shop {
 public:
  // `latencies` outlives the shop.
  HttpShop(const server::HttpAddress& address, Latencies& latencies)
      : connection_(address, kAnswerLimit), latencies_(latencies) {}

  [[nodiscard]] base::Status post(std::span<const domain::Event> events) override;
  [[nodiscard]] base::Result<sim::FeedAnswer> feed(const sim::FeedQuestion& question) override;
  [[nodiscard]] base::Result<sim::AddOnAnswer> add_on(const sim::AddOnQuestion& question) override;
  [[nodiscard]] base::Result<sim::CouponAnswer> coupon(const std::string& shopper,
                                                       const std::string& session) override;

 private:
  // The body of a 200.
  [[nodiscard]] base::Result<std::string> call(sim::Call call, const char* target, std::string_view body,
                                               const char* content_type);

  server::HttpConnection connection_;
  Latencies& latencies_;
};

// Tells the promotion and returns once the server counts it, which is with its next world snapshot. kUnavailable when
// that takes longer than kAnswerLimit.
[[nodiscard]] base::Status bring_into_force(const server::HttpAddress& address, const domain::Promotion& promotion);

}  // namespace inkling::cli
