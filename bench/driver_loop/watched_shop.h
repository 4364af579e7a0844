// Looks on while shoppers play: what the server acknowledged and what it showed. Thread safety: a Watch any thread,
// a WatchedShop one.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sim/shop.h"

namespace inkling::bench {

struct Watch {
  std::mutex mutex;
  std::unordered_set<std::string> acknowledged;                  // event ids
  std::unordered_map<std::string, std::uint64_t> event_counts;   // acknowledged, by shopper
  std::map<std::string, std::vector<std::string>> shown;         // items of an answered feed, by request
  std::map<std::string, std::vector<std::uint64_t>> known_then;  // by shopper: event_counts at each question
};

class WatchedShop final : public sim::Shop {
 public:
  // `watch` outlives the shop.
  WatchedShop(std::unique_ptr<sim::Shop> shop, Watch& watch) : shop_(std::move(shop)), watch_(watch) {}

  [[nodiscard]] base::Status post(std::span<const domain::Event> events) override;
  [[nodiscard]] base::Result<sim::FeedAnswer> feed(const sim::FeedQuestion& question) override;
  [[nodiscard]] base::Result<sim::AddOnAnswer> add_on(const sim::AddOnQuestion& question) override;
  [[nodiscard]] base::Result<sim::CouponAnswer> coupon(const std::string& shopper,
                                                       const std::string& session) override;

 private:
  void note_question(const std::string& shopper);

  std::unique_ptr<sim::Shop> shop_;
  Watch& watch_;
};

}  // namespace inkling::bench
