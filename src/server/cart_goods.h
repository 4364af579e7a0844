// Lines of a cart as quotes need them: each item's price, shop and category as the catalogue has them now. The shop
// of goods is their `parent`; that of a sku is the parent of its goods. Ownership: owns the texts that lines() shows;
// neither copied nor moved. Thread safety: one thread. Cost: one or two catalogue look-ups an item: use it on a store
// thread.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "offer/goods.h"
#include "store/store.h"

namespace inkling::server {

class CartGoods {
 public:
  struct Row {
    domain::Item facts;  // with the id alone when nothing was told of it
    bool is_known = false;
    std::string shop;
    std::optional<domain::Money> price;
  };
  // Ticked, but not to be bought as it is.
  struct LeftOut {
    std::string item;
    std::string reason;
  };

  explicit CartGoods(const store::Store& store) : store_(store) {}
  CartGoods(const CartGoods&) = delete;
  CartGoods& operator=(const CartGoods&) = delete;

  // `otherwise`: the price where the catalogue has none. The row lives as long as this. Failure: the store's.
  [[nodiscard]] base::Result<const Row*> look_up(std::string_view item, std::optional<domain::Money> otherwise);
  // A line of it: into lines(), or into left_out() when it is not on sale, out of stock or without a price.
  void take(const Row& row, std::int64_t quantity, bool ticked);

  [[nodiscard]] std::span<const offer::CartLine> lines() const { return lines_; }
  [[nodiscard]] std::span<const LeftOut> left_out() const { return left_out_; }

 private:
  [[nodiscard]] base::Result<std::string> shop_of(const domain::Item& item) const;

  const store::Store& store_;
  std::deque<Row> rows_;  // lines look into them
  std::vector<offer::CartLine> lines_;
  std::vector<LeftOut> left_out_;
};

// {"cents", "currency"?}
[[nodiscard]] base::Json money_json(const domain::Money& money);

}  // namespace inkling::server
