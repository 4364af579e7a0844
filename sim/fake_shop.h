// A shop for the tests of this folder: keeps every event once by its id, answers feeds with goods of the simulated
// catalogue, and breaks down when told to. Thread safety: any thread, so that several connections can share one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sim/pacer.h"
#include "sim/shop.h"

namespace inkling::sim {

class FakeShop {
 public:
  struct Asked {
    std::string request;
    std::string shopper;
    std::string session;
    std::string cursor;
    std::uint64_t known_events = 0;  // of the shopper, when asked
  };

  // Answers one connection's calls.
  [[nodiscard]] std::unique_ptr<Shop> connect();

  // Every n-th call fails after it was done, as if its answer were lost; 0: none.
  void lose_every(std::uint64_t n) { lose_every_ = n; }
  // From now on feeds answer this.
  void refuse_feeds(base::Status status) { feed_status_ = std::move(status); }
  void offer(std::string coupon) { offer_ = std::move(coupon); }

  [[nodiscard]] std::vector<domain::Event> events() const { return events_; }  // of shoppers, as they came, each once
  [[nodiscard]] std::uint64_t items() const { return items_; }
  [[nodiscard]] std::uint64_t told_again() const { return told_again_; }
  [[nodiscard]] const std::vector<Asked>& feeds() const { return feeds_; }
  [[nodiscard]] const std::vector<Asked>& coupons() const { return coupons_; }

 private:
  class Connection;
  base::Status post(std::span<const domain::Event> events);
  base::Result<FeedAnswer> feed(const FeedQuestion& question);
  base::Result<CouponAnswer> coupon(const std::string& shopper, const std::string& session);
  [[nodiscard]] bool loses() { return lose_every_ > 0 && ++calls_ % lose_every_ == 0; }

  std::mutex mutex_;
  std::uint64_t lose_every_ = 0;
  std::uint64_t calls_ = 0;
  base::Status feed_status_;
  std::string offer_;
  std::set<std::string> ids_;
  std::vector<domain::Event> events_;
  std::map<std::string, std::uint64_t> known_;
  std::uint64_t items_ = 0;
  std::uint64_t told_again_ = 0;
  std::vector<Asked> feeds_;
  std::vector<Asked> coupons_;
};

// Jumps to whatever is waited for, until its end.
class JumpingPacer final : public Pacer {
 public:
  JumpingPacer(std::int64_t start_ms, std::int64_t end_ms) : now_ms_(start_ms), end_ms_(end_ms) {}
  bool wait_until(std::int64_t ts_ms) override;
  bool pause(std::int64_t real_ms) override;
  void close() override;
  std::int64_t now_ms() const override;
  [[nodiscard]] std::vector<std::int64_t> pauses() const { return pauses_; }

 private:
  mutable std::mutex mutex_;
  std::int64_t now_ms_;
  std::int64_t end_ms_;
  std::vector<std::int64_t> pauses_;
};

}  // namespace inkling::sim
