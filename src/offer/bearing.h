// Whether promotions can stand together: those that count for the same goods at the same time must never be able to
// save more than the goods cost. Without this law a line would have to be cut off at nothing, what one promotion
// gives would depend on the others, and one more tick could lower the best total; with it savings simply add up.
//
// The law: for any shop, any category and any moment, the most that each promotion there can save (in millionths of
// the amount, rounded up; of a group only the largest) adds up to at most the whole. Promotions that stand alone and
// those of another currency do not count; exclusions are not looked at, so a pair that only they keep apart is
// refused too. Thread safety: one thread. Ownership: borrows the promotions. Cost: what shares a shop or has none,
// times its categories; promotions without shops are looked at for every shop.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "offer/promotion.h"

namespace inkling::offer {

class Bearing {
 public:
  void add(const Promotion& promotion);
  // kConflict with the names of those that cannot stand beside it, and what would be right.
  [[nodiscard]] base::Status check(const Promotion& promotion) const;

 private:
  using Row = std::vector<const Promotion*>;
  [[nodiscard]] Row together(const Promotion& promotion, std::string_view shop) const;

  Row everywhere_;  // without shops
  std::map<std::string, Row, std::less<>> by_shop_;
};

}  // namespace inkling::offer
