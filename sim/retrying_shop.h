// A shop that is asked again, with the same ids, while it is unavailable: told at least once and remembered by id is
// told exactly once. Ownership: all that it is given outlives it. Thread safety: one thread.
#pragma once

#include "sim/pacer.h"
#include "sim/shop.h"
#include "sim/tally.h"

namespace inkling::sim {

inline constexpr int kMostTries = 10;  // with pauses from 50 ms, doubled up to two seconds: about 12 s in all

class RetryingShop final : public Shop {
 public:
  RetryingShop(Shop& shop, Pacer& pacer, Tally& tally) : shop_(shop), pacer_(pacer), tally_(tally) {}

  [[nodiscard]] base::Status post(std::span<const domain::Event> events) override;
  [[nodiscard]] base::Result<FeedAnswer> feed(const FeedQuestion& question) override;
  [[nodiscard]] base::Result<AddOnAnswer> add_on(const AddOnQuestion& question) override;
  [[nodiscard]] base::Result<CouponAnswer> coupon(const std::string& shopper, const std::string& session) override;

 private:
  // Calls `ask` until its status is no kUnavailable, the tries are used up or the shop closes.
  template <typename Ask>
  auto insist(const Ask& ask);

  Shop& shop_;
  Pacer& pacer_;
  Tally& tally_;
};

}  // namespace inkling::sim
