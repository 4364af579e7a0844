// Purchases out of events: one reading of them for training, which takes the whole journal, and for serving, which
// takes one shopper's events. Not for who has what in the cart (src/state).
//
// Prices count in the first currency that a reader meets; what was paid in another one counts without its price.
// Thread safety: one thread. Failure: none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "basket/one_currency.h"
#include "basket/purchase.h"
#include "domain/event.h"

namespace inkling::basket {

class PurchaseReader {
 public:
  // nullopt: the event is no purchase, or names no item.
  [[nodiscard]] std::optional<Purchase> read(const domain::Event& event);

 private:
  void add(const std::string& item, const std::optional<domain::Money>& price, Purchase& purchase);

  OneCurrency currency_;
};

// The journal's order stays among purchases of the same moment; a journal with late events is not in this order.
void order_by_time(std::vector<Purchase>& purchases);

}  // namespace inkling::basket
