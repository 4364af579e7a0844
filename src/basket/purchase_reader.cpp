#include "basket/purchase_reader.h"

#include <algorithm>
#include <variant>

#include "base/core/hash.h"

namespace inkling::basket {

std::optional<Purchase> PurchaseReader::read(const domain::Event& event) {
  const auto* action = std::get_if<domain::Action>(&event.body);
  if (action == nullptr || action->action != domain::ActionKind::kPurchase) return std::nullopt;
  Purchase purchase{base::name_hash(event.shopper), event.ts_ms, {}};
  for (const domain::OrderLine& line : action->lines) add(line.item, line.price, purchase);
  if (action->lines.empty()) add(action->item, action->price, purchase);
  return purchase.lines.empty() ? std::nullopt : std::optional(std::move(purchase));
}

void PurchaseReader::add(const std::string& item, const std::optional<domain::Money>& price, Purchase& purchase) {
  if (item.empty()) return;
  purchase.lines.push_back({base::name_hash(item), currency_.cents(price)});
}

void order_by_time(std::vector<Purchase>& purchases) {
  std::ranges::stable_sort(purchases, {}, &Purchase::ts_ms);
}

}  // namespace inkling::basket
