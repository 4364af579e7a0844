#include "basket/personal_history.h"

#include <algorithm>
#include <cmath>

namespace inkling::basket {

void PersonalHistory::add(const Purchase& purchase) {
  if (purchase.lines.empty()) return;
  const std::uint32_t basket = basket_count_++;
  for (const PurchaseLine& line : purchase.lines) count(line.item, basket, purchase.ts_ms);
  if (items_.size() > kMaxPersonalItems) forget_oldest();
}

void PersonalHistory::count(std::uint64_t item, std::uint32_t basket, std::int64_t ts_ms) {
  auto at = std::ranges::lower_bound(items_, item, {}, &PersonalItem::item);
  if (at == items_.end() || at->item != item) at = items_.insert(at, {item, ts_ms, ts_ms, 0, basket, 0});
  if (at->purchases > 0 && at->last_basket == basket) return;
  at->faded = at->faded * std::pow(kBasketFading, static_cast<float>(basket - at->last_basket)) + 1;
  ++at->purchases;
  at->last_basket = basket;
  at->last_ms = std::max(at->last_ms, ts_ms);
}

const PersonalItem* PersonalHistory::find(std::uint64_t item) const {
  const auto at = std::ranges::lower_bound(items_, item, {}, &PersonalItem::item);
  return at == items_.end() || at->item != item ? nullptr : &*at;
}

float PersonalHistory::faded_count(const PersonalItem& item) const {
  return item.faded * std::pow(kBasketFading, static_cast<float>(basket_count_ - 1 - item.last_basket));
}

void PersonalHistory::forget_oldest() {
  std::vector<std::uint32_t> last;
  for (const PersonalItem& item : items_) last.push_back(item.last_basket);
  const auto cut = last.end() - static_cast<std::ptrdiff_t>(kMaxPersonalItems);
  std::ranges::nth_element(last, cut);
  const std::uint32_t oldest_kept = *cut;
  std::size_t room =
      kMaxPersonalItems - static_cast<std::size_t>(std::ranges::count_if(
                              items_, [&](const auto& item) { return item.last_basket > oldest_kept; }));
  std::erase_if(items_, [&](const PersonalItem& item) {
    if (item.last_basket != oldest_kept) return item.last_basket < oldest_kept;
    return room == 0 || (--room, false);
  });
}

}  // namespace inkling::basket
