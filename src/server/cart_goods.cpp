#include "server/cart_goods.h"

#include <utility>

namespace inkling::server {

namespace {

// "": it can be bought.
std::string hindrance(const CartGoods::Row& row, std::int64_t quantity) {
  const std::int64_t stock = row.facts.stock;
  if (!row.facts.on_sale) return "it is not on sale";
  if (stock == 0) return "it is out of stock";
  if (stock != domain::kMissing && stock < quantity)
    return "only " + std::to_string(stock) + " pieces of it are left";
  return row.price ? "" : "it has no price";
}

}  // namespace

base::Result<const CartGoods::Row*> CartGoods::look_up(std::string_view item,
                                                       std::optional<domain::Money> otherwise) {
  auto told = store_.item(item);
  if (!told.ok() && told.status().code() != base::ErrorCode::kNotFound) return told.status();
  Row row;
  row.is_known = told.ok();
  if (told.ok()) row.facts = *std::move(told);
  row.facts.item = item;
  row.price = row.facts.price ? row.facts.price : std::move(otherwise);
  INKLING_ASSIGN(row.shop, shop_of(row.facts));
  return &rows_.emplace_back(std::move(row));
}

void CartGoods::take(const Row& row, std::int64_t quantity, bool ticked) {
  std::string reason = hindrance(row, quantity);
  if (ticked && !reason.empty()) {
    left_out_.push_back({row.facts.item, std::move(reason)});
    return;
  }
  if (!row.price) return;
  const domain::Money& price = *row.price;
  lines_.push_back({{row.facts.item, row.shop, row.facts.category, price.cents, price.currency}, quantity, ticked});
}

base::Result<std::string> CartGoods::shop_of(const domain::Item& item) const {
  if (item.kind != domain::ItemKind::kSku || item.parent.empty()) return item.parent;
  auto goods = store_.item(item.parent);
  if (goods.ok()) return std::move(goods->parent);
  return goods.status().code() == base::ErrorCode::kNotFound ? base::Result<std::string>(std::string())
                                                             : base::Result<std::string>(goods.status());
}

base::Json money_json(const domain::Money& money) {
  base::Json json = base::Json::Object{{"cents", money.cents}};
  if (!money.currency.empty()) json.set("currency", money.currency);
  return json;
}

}  // namespace inkling::server
