#include "sim/fake_shop.h"

#include <algorithm>

namespace inkling::sim {

class FakeShop::Connection final : public Shop {
 public:
  explicit Connection(FakeShop& shop) : shop_(shop) {}
  base::Status post(std::span<const domain::Event> events) override {
    const std::lock_guard lock(shop_.mutex_);
    return shop_.post(events);
  }
  base::Result<FeedAnswer> feed(const FeedQuestion& question) override {
    const std::lock_guard lock(shop_.mutex_);
    return shop_.feed(question);
  }
  base::Result<AddOnAnswer> add_on(const AddOnQuestion&) override {
    return base::not_found("this shop has no such scene");
  }
  base::Result<CouponAnswer> coupon(const std::string& shopper, const std::string& session) override {
    const std::lock_guard lock(shop_.mutex_);
    return shop_.coupon(shopper, session);
  }

 private:
  FakeShop& shop_;
};

std::unique_ptr<Shop> FakeShop::connect() {
  return std::make_unique<Connection>(*this);
}

base::Status FakeShop::post(std::span<const domain::Event> events) {
  for (const domain::Event& event : events) {
    if (!ids_.insert(event.id).second) {
      ++told_again_;
    } else if (event.shopper.empty()) {
      ++items_;
    } else {
      events_.push_back(event);
      ++known_[event.shopper];
    }
  }
  return loses() ? base::unavailable("the answer was lost") : base::Status();
}

base::Result<FeedAnswer> FakeShop::feed(const FeedQuestion& question) {
  INKLING_TRY(feed_status_);
  feeds_.push_back({"feed-" + std::to_string(feeds_.size()), question.shopper, question.session, question.cursor,
                    known_[question.shopper]});
  FeedAnswer answer;
  answer.request = feeds_.back().request;
  for (std::int64_t i = 0; i < question.size; ++i) {
    answer.items.push_back("item-" + std::to_string((feeds_.size() * 7 + static_cast<std::size_t>(i)) % 100));
  }
  answer.items.push_back("goods-nobody-knows");
  answer.cursor = "next";
  if (loses()) return base::unavailable("the answer was lost");
  return answer;
}

base::Result<CouponAnswer> FakeShop::coupon(const std::string& shopper, const std::string& session) {
  coupons_.push_back({"coupon-" + std::to_string(coupons_.size()), shopper, session, "", known_[shopper]});
  if (loses()) return base::unavailable("the answer was lost");
  return CouponAnswer{coupons_.back().request, offer_, false};
}

bool JumpingPacer::wait_until(std::int64_t ts_ms) {
  const std::lock_guard lock(mutex_);
  if (ts_ms > end_ms_) return false;
  now_ms_ = std::max(now_ms_, ts_ms);
  return true;
}

bool JumpingPacer::pause(std::int64_t real_ms) {
  const std::lock_guard lock(mutex_);
  pauses_.push_back(real_ms);
  return true;
}

void JumpingPacer::close() {
  const std::lock_guard lock(mutex_);
  end_ms_ = now_ms_ - 1;
}

std::int64_t JumpingPacer::now_ms() const {
  const std::lock_guard lock(mutex_);
  return now_ms_;
}

}  // namespace inkling::sim
