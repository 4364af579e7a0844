// The goods of the simulated marketplace: log-normal prices around the leaf category's usual one, Zipf popularity.
// Not for changes of stock or price: the catalogue stands still.
// Thread safety: immutable after construction. Cost: pick() is one binary search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/random.h"
#include "domain/event.h"
#include "sim/category_names.h"
#include "sim/options.h"

namespace inkling::sim {

struct Goods {
  std::string item;
  std::string title;
  std::uint32_t leaf = 0;  // index into leaf_categories()
  std::int64_t price_cents = 0;
};

class Catalogue {
 public:
  explicit Catalogue(const MarketplaceOptions& options);

  [[nodiscard]] const std::vector<Goods>& goods() const { return goods_; }
  [[nodiscard]] const Goods& at(std::uint32_t goods) const { return goods_[goods]; }
  // Leaf categories that have goods, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& leaves() const { return leaves_; }

  // One of the leaf's goods by popularity; the leaf is one of leaves().
  [[nodiscard]] std::uint32_t pick(std::uint32_t leaf, base::Random& random) const;

  // How much the leaf's shoppers want it: Zipf, 1 for its most popular goods.
  [[nodiscard]] double popularity(std::uint32_t goods) const;
  // How attractive it looks in a list, whatever its popularity: between 0.6 and 1.4, 1 on average. Hidden from the
  // shop.
  [[nodiscard]] double appeal(std::uint32_t goods) const;
  // The goods of that item id; nullopt for what is not of this catalogue.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view item) const;

  [[nodiscard]] domain::Money price(std::uint32_t goods) const { return {goods_[goods].price_cents, currency_}; }
  [[nodiscard]] std::vector<std::string> category_path(std::uint32_t goods) const;
  [[nodiscard]] domain::Item item(std::uint32_t goods) const;
  // "<prefix>-item-<n>" tells it.
  [[nodiscard]] domain::Event event(std::uint32_t goods, std::string_view prefix, std::int64_t ts_ms) const;

 private:
  struct Shelf {
    std::vector<std::uint32_t> goods;  // most popular first
    std::vector<double> cumulated;     // popularity summed up to and with each
  };
  std::uint64_t seed_;
  std::string currency_;
  std::vector<Goods> goods_;
  std::vector<Shelf> shelves_;  // one a leaf category
  std::vector<std::uint32_t> leaves_;
};

}  // namespace inkling::sim
