#include "scene/item_classes.h"

#include <algorithm>

#include "base/core/hash.h"

namespace inkling::scene {
namespace {

constexpr double kMaxEdgeCents = 1e15;

std::uint64_t shop_of(const index::World& world, std::uint32_t row) {
  const std::string_view shop = world.shop_of(row);
  return shop.empty() ? 0 : base::name_hash(shop);
}

}  // namespace

PriceBands::PriceBands(double ratio) {
  for (double edge = 1; edge < kMaxEdgeCents; edge *= ratio) {
    const auto cents = static_cast<std::int64_t>(edge);
    if (edges_cents_.empty() || cents > edges_cents_.back()) edges_cents_.push_back(cents);
  }
}

std::uint64_t PriceBands::band(std::int64_t price_cents) const {
  const auto above = std::ranges::upper_bound(edges_cents_, price_cents);
  return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(above - edges_cents_.begin(), 1));
}

LikenessSettings likeness_settings(const Parameters& parameters) {
  return {.relevance = parameters.number("relevance"),
          .window = static_cast<std::size_t>(parameters.integer(kLikenessWindow.name)),
          .bands = PriceBands(parameters.number(kPriceRatio.name))};
}

ItemClasses classes_of(const index::World& world, std::uint32_t row, const PriceBands& bands) {
  const index::ItemFacts& facts = world.facts(row);
  ItemClasses classes;
  classes.of[static_cast<std::size_t>(ClassKind::kCategory)] =
      facts.category == index::kNoCategory ? 0 : world.category(facts.category).name;
  classes.of[static_cast<std::size_t>(ClassKind::kShop)] = shop_of(world, row);
  classes.of[static_cast<std::size_t>(ClassKind::kPriceBand)] = facts.price ? bands.band(facts.price->cents) : 0;
  return classes;
}

double similarity(const ItemClasses& a, const ItemClasses& b) {
  double shared = 0;
  for (std::size_t kind = 0; kind < kClassKinds; ++kind) {
    if (a.of[kind] != 0 && a.of[kind] == b.of[kind]) shared += kClassShares[kind];
  }
  return shared;
}

PageClasses classes_of_page(const Exchange& exchange, const PriceBands& bands, std::size_t before) {
  const index::World& world = exchange.knowledge.world();
  PageClasses page;
  page.candidates.reserve(exchange.slots.candidates.size());
  for (const Candidate& candidate : exchange.slots.candidates) {
    const auto row = world.find(candidate.item);
    page.candidates.push_back(row ? classes_of(world, *row, bands) : ItemClasses());
  }
  if (!exchange.slots.seen) return page;
  for (const std::uint32_t mark : exchange.slots.seen->newest(before)) {
    const auto row = world.find_low_name(mark);
    page.before.push_back(row ? classes_of(world, *row, bands) : ItemClasses());
  }
  return page;
}

}  // namespace inkling::scene
