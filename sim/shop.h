// A shop as its shoppers meet it: it takes their events and answers the scenes
// `feed`, `coupon` and one that completes baskets. Implemented over
// HTTP by apps/cli and by fakes in tests. Not for pages or pictures: only what the HTTP API of Inkling says.
//
// Failure: kUnavailable means "try again with the same ids" (the server is busy, the answer did not come, the
// connection broke); every other error stands. Thread safety: one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"

namespace inkling::sim {

struct FeedQuestion {
  std::string shopper;
  std::string session;
  std::int64_t size = 10;
  std::string cursor;  // of the page before; "" for the first
};

struct FeedAnswer {
  std::string request;
  std::vector<std::string> items;  // ids, best first
  std::string cursor;              // asks for the next page; "" when this was the last
  bool degraded = false;
};

struct AskedLine {
  std::string item;
  std::int64_t quantity = 1;
  bool ticked = true;
};

struct AddOnQuestion {
  std::string scene;  // its name
  std::string shopper;
  std::string session;
  std::int64_t size = 10;
  std::string cursor;
  std::string promotion;  // the one to reach a step of
  std::vector<AskedLine> cart;
};

struct AddOnAnswer {
  FeedAnswer page;
  std::string promotion;  // the one that the items are for; "" when there is no step to reach
  std::int64_t gap_cents = 0;
};

struct CouponAnswer {
  std::string request;
  std::string offer;  // the coupon; "" when there is none
  bool degraded = false;
};

class Shop {
 public:
  virtual ~Shop() = default;
  // Ok: the shop has all of them for good, each once, however often it was told.
  [[nodiscard]] virtual base::Status post(std::span<const domain::Event> events) = 0;
  [[nodiscard]] virtual base::Result<FeedAnswer> feed(const FeedQuestion& question) = 0;
  [[nodiscard]] virtual base::Result<AddOnAnswer> add_on(const AddOnQuestion& question) = 0;
  [[nodiscard]] virtual base::Result<CouponAnswer> coupon(const std::string& shopper, const std::string& session) = 0;
};

}  // namespace inkling::sim
