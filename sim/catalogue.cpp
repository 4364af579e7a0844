#include "sim/catalogue.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/goods_details.h"
#include "sim/streams.h"

namespace inkling::sim {
namespace {

constexpr double kPriceSpread = 0.45;  // standard deviation of the logarithm
constexpr double kZipfExponent = 0.9;

constexpr std::string_view kItemPrefix = "item-";

std::string item_id(std::uint32_t number) {
  return std::string(kItemPrefix) + std::to_string(number);
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

Catalogue::Catalogue(const MarketplaceOptions& options)
    : seed_(options.seed), currency_(options.currency), shelves_(kLeafCount) {
  base::Random random = base::Random::stream(options.seed, kCatalogueStream);
  goods_.reserve(options.items);
  for (std::uint32_t i = 0; i < options.items; ++i) {
    goods_.push_back(make_goods(i, random));
    Shelf& shelf = shelves_[goods_.back().leaf];
    shelf.goods.push_back(i);
    const double before = shelf.cumulated.empty() ? 0 : shelf.cumulated.back();
    shelf.cumulated.push_back(before + popularity(i));
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

// Goods are numbered round the leaves, so the quotient is the place on the shelf.
double Catalogue::popularity(std::uint32_t goods) const {
  return std::pow(static_cast<double>(goods / kLeafCount + 1), -kZipfExponent);
}

double Catalogue::appeal(std::uint32_t goods) const {
  return base::Random::stream(seed_, kFirstAppealStream + goods).uniform(0.6, 1.4);
}

std::optional<std::uint32_t> Catalogue::find(std::string_view item) const {
  if (!item.starts_with(kItemPrefix)) return std::nullopt;
  item.remove_prefix(kItemPrefix.size());
  std::uint32_t goods = 0;
  const auto [end, error] = std::from_chars(item.data(), item.data() + item.size(), goods);
  if (error != std::errc() || end != item.data() + item.size() || goods >= goods_.size()) return std::nullopt;
  return goods;
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
  add_details(seed_, goods, leaf_categories()[goods_[goods].leaf], item);
  return item;
}

domain::Event Catalogue::event(std::uint32_t goods, std::string_view prefix, std::int64_t ts_ms) const {
  domain::Event event;
  event.id = std::string(prefix) + "-" + goods_[goods].item;
  event.ts_ms = ts_ms;
  event.body = item(goods);
  return event;
}

}  // namespace inkling::sim
