#include "sim/catalogue.h"

#include <algorithm>
#include <cmath>

#include "sim/streams.h"

namespace inkling::sim {
namespace {

constexpr double kPriceSpread = 0.45;  // standard deviation of the logarithm
constexpr double kZipfExponent = 0.9;

std::string item_id(std::uint32_t number) {
  return "item-" + std::to_string(number);
}

Goods make_goods(std::uint32_t number, base::Random& random) {
  Goods goods;
  goods.item = item_id(number);
  goods.leaf = number % kLeafCount;
  const LeafCategory& leaf = leaf_categories()[goods.leaf];
  const auto words = title_words();
  goods.title = std::string(words[random.below(words.size())]) + " " + std::string(leaf.leaf) + " No. " +
                std::to_string(number / kLeafCount + 1);
  const double price_cents = static_cast<double>(leaf.usual_price_cents) * std::exp(kPriceSpread * random.normal());
  // Prices end in 9, as shops like them.
  goods.price_cents = std::max<std::int64_t>(static_cast<std::int64_t>(price_cents / 10) * 10 + 9, 99);
  return goods;
}

}  // namespace

Catalogue::Catalogue(const MarketplaceOptions& options) : currency_(options.currency), shelves_(kLeafCount) {
  base::Random random = base::Random::stream(options.seed, kCatalogueStream);
  goods_.reserve(options.items);
  for (std::uint32_t i = 0; i < options.items; ++i) {
    goods_.push_back(make_goods(i, random));
    Shelf& shelf = shelves_[goods_.back().leaf];
    shelf.goods.push_back(i);
    const double before = shelf.cumulated.empty() ? 0 : shelf.cumulated.back();
    shelf.cumulated.push_back(before + std::pow(static_cast<double>(shelf.goods.size()), -kZipfExponent));
  }
  for (std::uint32_t leaf = 0; leaf < kLeafCount; ++leaf) {
    if (!shelves_[leaf].goods.empty()) leaves_.push_back(leaf);
  }
}

std::uint32_t Catalogue::pick(std::uint32_t leaf, base::Random& random) const {
  const Shelf& shelf = shelves_[leaf];
  const double drawn = random.uniform() * shelf.cumulated.back();
  const auto found = std::upper_bound(shelf.cumulated.begin(), shelf.cumulated.end() - 1, drawn);
  return shelf.goods[static_cast<std::size_t>(found - shelf.cumulated.begin())];
}

std::vector<std::string> Catalogue::category_path(std::uint32_t goods) const {
  const LeafCategory& leaf = leaf_categories()[goods_[goods].leaf];
  return {std::string(leaf.top), std::string(leaf.leaf)};
}

domain::Item Catalogue::item(std::uint32_t goods) const {
  domain::Item item;
  item.item = goods_[goods].item;
  item.category = category_path(goods);
  item.price = price(goods);
  item.title = goods_[goods].title;
  return item;
}

}  // namespace inkling::sim
