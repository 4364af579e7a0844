// Out of which look a shopper put what into the cart, so that an order line is credited to it: once, unless the item
// was taken out since or the order came too late. One a shopper. Items are rows of an ItemBook. Thread safety: one
// thread. Cost: O(1). Memory: 40 bytes an item that was added and neither bought nor taken out, until forgotten.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace inkling::funnel {

class CartCredit {
 public:
  struct Added {
    std::uint32_t look = 0;
    std::uint32_t place = 0;  // in Look::shown
    std::int64_t ts_ms = 0;
  };

  void add(std::uint32_t item, const Added& added) { added_[item] = added; }
  void remove(std::uint32_t item) { added_.erase(item); }
  // For a line of an order. The item was bought now, so a second order of it finds nothing.
  [[nodiscard]] std::optional<Added> take(std::uint32_t item, std::int64_t order_ms, std::int64_t credit_ms) {
    const auto found = added_.find(item);
    if (found == added_.end()) return std::nullopt;
    const Added added = found->second;
    added_.erase(found);
    return order_ms - added.ts_ms > credit_ms ? std::nullopt : std::optional(added);
  }
  void forget_before(std::int64_t ts_ms) {
    std::erase_if(added_, [ts_ms](const auto& each) { return each.second.ts_ms < ts_ms; });
  }
  [[nodiscard]] std::size_t size() const { return added_.size(); }

 private:
  std::unordered_map<std::uint32_t, Added> added_;
};

}  // namespace inkling::funnel
