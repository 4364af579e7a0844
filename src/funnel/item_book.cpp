#include "funnel/item_book.h"

#include "basket/category_hash.h"

namespace inkling::funnel {

ItemBook::ItemBook() {
  categories_.emplace_back();
  category_rows_.emplace(categories_.front(), kNoCategory);
}

std::uint32_t ItemBook::category(const std::string& name) {
  const auto found = category_rows_.find(name);
  if (found != category_rows_.end()) return found->second;
  categories_.push_back(name);
  const auto number = static_cast<std::uint32_t>(categories_.size() - 1);
  category_rows_.emplace(categories_.back(), number);
  return number;
}

std::uint32_t ItemBook::row(std::string_view item) {
  const auto found = rows_.find(item);
  if (found != rows_.end()) return found->second;
  facts_.push_back({.item = std::string(item), .shop = {}, .category = {}, .price = {}});
  const auto row = static_cast<std::uint32_t>(facts_.size() - 1);
  rows_.emplace(facts_.back().item, row);
  return row;
}

void ItemBook::tell(const domain::Item& item) {
  Facts& facts = facts_[row(item.item)];
  facts.shop = item.parent;
  facts.category = item.category;
  facts.price = item.price;
  facts.leaf = category(basket::category_text(item.category));
  facts.top = item.category.empty() ? kNoCategory : category(item.category.front());
}

offer::Goods ItemBook::goods(std::uint32_t row, const std::optional<domain::Money>& said) const {
  const Facts& facts = facts_[row];
  const std::optional<domain::Money>& price = said ? said : facts.price;
  offer::Goods goods{facts.item, facts.shop, facts.category, 0, {}};
  if (!price) return goods;
  goods.price_cents = price->cents;
  goods.currency = price->currency;
  return goods;
}

}  // namespace inkling::funnel
