#include "index/world.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/hash.h"

namespace inkling::index {
namespace {

constexpr double kFewPairs = 3;  // so many pairs count half

float similarity(const CoVisit& pair, const ItemDemand& a, const ItemDemand& b) {
  const double cosine = std::exp2(pair.weight_log2 - (a.views_log2 + b.views_log2) / 2);
  const double pairs = pair.pairs;
  return static_cast<float>(std::min(cosine, 1.0) * pairs / (pairs + kFewPairs));
}

}  // namespace

std::optional<std::uint32_t> World::find(std::string_view item) const {
  return find_name(base::name_hash(item));
}

const Category* World::find_category(std::uint64_t leaf_name) const {
  const auto row = category_rows_.find(leaf_name, categories_.size());
  return row ? &categories_[*row] : nullptr;
}

std::string_view World::shop_of(std::uint32_t row) const {
  const ItemFacts& facts = facts_[row];
  if (facts.kind != domain::ItemKind::kSku) return facts.parent;
  const auto goods = find(facts.parent);
  return goods && facts_[*goods].kind == domain::ItemKind::kGoods ? std::string_view(facts_[*goods].parent)
                                                                  : std::string_view();
}

std::span<const std::uint32_t> World::skus_of(std::string_view goods) const {
  const auto family = family_rows_.find(base::name_hash(goods), families_.size());
  return family ? std::span<const std::uint32_t>(families_[*family].skus) : std::span<const std::uint32_t>();
}

double World::pace_gain(std::uint32_t row) const {
  const double lately = faded(demand_[row].purchases_log2);
  const double usual = faded_value(demand_[row].usual_purchases_log2, time_ms_, usual_half_life_ms_);
  // At an even pace a fading sum is proportional to its half-life.
  const double expected = usual * static_cast<double>(half_life_ms_) / static_cast<double>(usual_half_life_ms_);
  return (lately - expected) / std::sqrt(expected + 1);
}

std::span<const std::string> World::category_path(std::uint32_t row) const {
  const std::uint32_t category = facts_[row].category;
  return category == kNoCategory ? std::span<const std::string>() : categories_[category].path;
}

std::span<const Neighbour> World::similar(std::uint32_t row, std::span<Neighbour> out) const {
  std::array<Neighbour, kMaxCoVisits> all;
  std::size_t count = 0;
  const ItemDemand& own = demand_[row];
  for (const CoVisit& pair : own.co_visits) {
    if (facts_[pair.row].available()) all[count++] = {pair.row, similarity(pair, own, demand_[pair.row])};
  }
  const auto better = [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
  };
  const auto end = std::partial_sort_copy(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), out.begin(),
                                          out.end(), better);
  return out.first(static_cast<std::size_t>(end - out.begin()));
}

}  // namespace inkling::index
