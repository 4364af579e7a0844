#include "bench/driver_loop/watched_shop.h"

namespace inkling::bench {

base::Status WatchedShop::post(std::span<const domain::Event> events) {
  INKLING_TRY(shop_->post(events));
  const std::lock_guard lock(watch_.mutex);
  for (const domain::Event& event : events) {
    if (watch_.acknowledged.insert(event.id).second) ++watch_.event_counts[event.shopper];
  }
  return {};
}

void WatchedShop::note_question(const std::string& shopper) {
  const std::lock_guard lock(watch_.mutex);
  watch_.known_then[shopper].push_back(watch_.event_counts[shopper]);
}

base::Result<sim::FeedAnswer> WatchedShop::feed(const sim::FeedQuestion& question) {
  note_question(question.shopper);
  auto answer = shop_->feed(question);
  if (!answer.ok()) return answer;
  const std::lock_guard lock(watch_.mutex);
  watch_.shown[answer->request] = answer->items;
  return answer;
}

base::Result<sim::AddOnAnswer> WatchedShop::add_on(const sim::AddOnQuestion& question) {
  note_question(question.shopper);
  auto answer = shop_->add_on(question);
  if (!answer.ok()) return answer;
  const std::lock_guard lock(watch_.mutex);
  watch_.shown[answer->page.request] = answer->page.items;
  return answer;
}

base::Result<sim::CouponAnswer> WatchedShop::coupon(const std::string& shopper, const std::string& session) {
  note_question(shopper);
  return shop_->coupon(shopper, session);
}

}  // namespace inkling::bench
