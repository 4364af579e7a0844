#include "index/world_builder.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <variant>

#include "base/core/hash.h"

namespace inkling::index {
namespace {

TopEntry hot_entry(std::uint32_t row, const ItemDemand& demand) {
  return {demand.popularity_log2, row};
}

TopEntry new_entry(std::uint32_t row, const ItemFacts& facts) {
  return {static_cast<double>(facts.first_ms), row};
}

// Of an item without a price: nothing.
std::optional<std::size_t> band_of(const ItemFacts& facts) {
  if (!facts.price) return std::nullopt;
  return price_band(std::max<std::int64_t>(facts.price->cents, 0));
}

// The weakest makes room: with fading weights that is the oldest among those that were seen once.
void add_pair(std::vector<CoVisit>& pairs, std::uint32_t row, double weight_log2) {
  const auto known = std::ranges::find(pairs, row, &CoVisit::row);
  if (known != pairs.end()) {
    known->weight_log2 = sum_log2(known->weight_log2, weight_log2);
    known->pairs += known->pairs < std::numeric_limits<std::uint32_t>::max() ? 1 : 0;
  } else if (pairs.size() < kMaxCoVisits) {
    pairs.push_back({row, 1, weight_log2});
  } else {
    *std::ranges::min_element(pairs, {}, &CoVisit::weight_log2) = {row, 1, weight_log2};
  }
}

}  // namespace

WorldBuilder::WorldBuilder(const WorldOptions& options)
    : options_(options), hot_(options.top_items), newest_(options.top_items), visits_(options.visit_gap_ms) {
  for (std::size_t band = 0; band < kPriceBands; ++band) bands_.push({TopList(options.top_per_price_band)});
}

void WorldBuilder::fold(std::uint64_t sequence, const domain::Event& event) {
  sequence_ = sequence;
  time_ms_ = std::max(time_ms_, event.ts_ms);
  if (const auto* item = std::get_if<domain::Item>(&event.body)) {
    tell(sequence, event.ts_ms, *item);
  } else if (const auto* action = std::get_if<domain::Action>(&event.body)) {
    fold_action(event, *action);
  }
}

void WorldBuilder::know(const domain::Item& item) {
  if (!knows(item.item)) tell(0, 0, item);
}

bool WorldBuilder::knows(std::string_view item) const {
  return item_rows_.find(base::name_hash(item)).has_value();
}

void WorldBuilder::tell(std::uint64_t sequence, std::int64_t ts_ms, const domain::Item& item) {
  const std::uint32_t category = category_of(item);
  const std::uint32_t row = row_of(item, sequence, ts_ms);
  if (row == facts_.size()) return;
  if (facts_[row].available()) unlist(row);
  relate(row, item);
  ItemFacts& facts = facts_.edit(row);
  facts.category = category;
  facts.kind = item.kind;
  facts.price = item.price;
  facts.parent = item.parent;
  facts.on_sale = item.on_sale;
  facts.stock = item.stock;
  titles_.set(row, item.title);
  if (facts.available()) enlist(row);
}

// Moves a sku from the family that it was in to the one that it is told in.
void WorldBuilder::relate(std::uint32_t row, const domain::Item& item) {
  const auto family_of = [](domain::ItemKind kind, const std::string& parent) {
    return kind == domain::ItemKind::kSku && !parent.empty() ? base::name_hash(parent) : 0;
  };
  const std::uint64_t before = family_of(facts_[row].kind, facts_[row].parent);
  const std::uint64_t after = family_of(item.kind, item.parent);
  if (before == after) return;
  if (const auto left = before == 0 ? std::nullopt : family_rows_.find(before)) {
    std::erase(families_.edit(*left).skus, row);
  }
  if (after == 0) return;
  auto family = family_rows_.find(after);
  if (!family) {
    family = static_cast<std::uint32_t>(families_.size());
    families_.push({});
    family_rows_.add(after);
  }
  std::vector<std::uint32_t>& skus = families_.edit(*family).skus;
  if (skus.size() < kMaxSkus) skus.insert(std::ranges::lower_bound(skus, row), row);
}

// A new item starts as not on sale, so that it is in no list yet. facts_.size(): there is no room for it.
std::uint32_t WorldBuilder::row_of(const domain::Item& item, std::uint64_t sequence, std::int64_t ts_ms) {
  const std::uint64_t name = base::name_hash(item.item);
  if (const auto known = item_rows_.find(name)) return *known;
  const auto row = static_cast<std::uint32_t>(facts_.size());
  if (row >= options_.max_items) {
    ++refused_items_;
    return row;
  }
  ItemFacts facts;
  facts.item = item.item;
  facts.name = name;
  facts.on_sale = false;
  facts.first_sequence = sequence;
  facts.first_ms = ts_ms;
  facts_.push(std::move(facts));
  demand_.push({});
  item_rows_.add(name);
  return row;
}

std::uint32_t WorldBuilder::category_of(const domain::Item& item) {
  if (item.category.empty()) return kNoCategory;
  const std::uint64_t name = base::name_hash(item.category.back());
  if (const auto known = category_rows_.find(name)) return *known;
  const auto row = static_cast<std::uint32_t>(categories_.size());
  if (row >= options_.max_categories) return kNoCategory;
  categories_.push({item.category.back(), item.category, name, TopList(options_.top_per_category)});
  category_rows_.add(name);
  return row;
}

void WorldBuilder::enlist(std::uint32_t row) {
  const ItemFacts& facts = facts_[row];
  const TopEntry hot = hot_entry(row, demand_[row]);
  hot_.add(hot);
  newest_.add(new_entry(row, facts));
  if (facts.category != kNoCategory) categories_.edit(facts.category).hot.add(hot);
  if (const auto band = band_of(facts)) bands_.edit(*band).hot.add(hot);
}

void WorldBuilder::unlist(std::uint32_t row) {
  const ItemFacts& facts = facts_[row];
  const TopEntry hot = hot_entry(row, demand_[row]);
  hot_.remove(hot);
  newest_.remove(new_entry(row, facts));
  if (facts.category != kNoCategory) categories_.edit(facts.category).hot.remove(hot);
  if (const auto band = band_of(facts)) bands_.edit(*band).hot.remove(hot);
  facts_.edit(row).on_sale = false;
  refill(row);
}

// Lists that the row was in, and that too many have left, are made anew; rows with demand of others are passed over.
void WorldBuilder::refill(std::uint32_t gone) {
  const std::uint32_t category = facts_[gone].category;
  const auto band = band_of(facts_[gone]);
  TopList* hot = hot_.is_short() ? &hot_ : nullptr;
  TopList* newest = newest_.is_short() ? &newest_ : nullptr;
  const bool own = category != kNoCategory && categories_[category].hot.is_short();
  TopList* in_category = own ? &categories_.edit(category).hot : nullptr;
  TopList* in_band = band && bands_[*band].hot.is_short() ? &bands_.edit(*band).hot : nullptr;
  bool any = false;
  for (TopList* list : {hot, newest, in_category, in_band}) {
    if (list == nullptr) continue;
    list->clear();
    any = true;
  }
  for (std::uint32_t row = 0; any && row < facts_.size(); ++row) {
    const ItemFacts& facts = facts_[row];
    if (!facts.available()) continue;
    if (hot != nullptr) hot->add(hot_entry(row, demand_[row]));
    if (newest != nullptr) newest->add(new_entry(row, facts));
    if (in_category != nullptr && facts.category == category) in_category->add(hot_entry(row, demand_[row]));
    if (in_band != nullptr && band_of(facts) == band) in_band->add(hot_entry(row, demand_[row]));
  }
}

void WorldBuilder::rise(std::uint32_t row, double old_score, double new_score) {
  const ItemFacts& facts = facts_[row];
  if (!facts.available() || new_score == old_score) return;
  hot_.rise(row, old_score, new_score);
  if (facts.category != kNoCategory) categories_.edit(facts.category).hot.rise(row, old_score, new_score);
  if (const auto band = band_of(facts)) bands_.edit(*band).hot.rise(row, old_score, new_score);
}

void WorldBuilder::fold_action(const domain::Event& event, const domain::Action& action) {
  using domain::ActionKind;
  switch (action.action) {
    case ActionKind::kView:
    case ActionKind::kClick:
      return view(event, action.item);
    case ActionKind::kCartAdd:
      return count(action.item, &ItemDemand::carts_log2, options_.cart_weight, event.ts_ms);
    case ActionKind::kPurchase:
      if (action.lines.empty())
        count(action.item, &ItemDemand::purchases_log2, options_.purchase_weight, event.ts_ms);
      for (const domain::OrderLine& line : action.lines) {
        count(line.item, &ItemDemand::purchases_log2, options_.purchase_weight, event.ts_ms);
      }
      return;
    default:
      return;
  }
}

void WorldBuilder::view(const domain::Event& event, const std::string& item) {
  const auto row = item_rows_.find(base::name_hash(item));
  if (!row) return;
  count(item, &ItemDemand::views_log2, options_.view_weight, event.ts_ms);
  for (const std::uint32_t other : visits_.view(base::name_hash(event.shopper), *row, event.ts_ms)) {
    pair(*row, other, event.ts_ms);
    pair(other, *row, event.ts_ms);
  }
}

void WorldBuilder::pair(std::uint32_t row, std::uint32_t other, std::int64_t ts_ms) {
  add_pair(demand_.edit(row).co_visits, other, weight_log2(1, ts_ms, options_.half_life_ms));
}

void WorldBuilder::count(std::string_view item, Demand kind, double weight, std::int64_t ts_ms) {
  const auto found = item_rows_.find(base::name_hash(item));
  if (!found) return;
  const std::uint32_t row = *found;
  ItemDemand& demand = demand_.edit(row);
  const double before = demand.popularity_log2;
  demand.*kind = sum_log2(demand.*kind, weight_log2(1, ts_ms, options_.half_life_ms));
  if (kind == &ItemDemand::purchases_log2) {
    demand.usual_purchases_log2 =
        sum_log2(demand.usual_purchases_log2, weight_log2(1, ts_ms, options_.usual_half_life_ms));
  }
  demand.popularity_log2 = sum_log2(before, weight_log2(weight, ts_ms, options_.half_life_ms));
  rise(row, before, demand.popularity_log2);
}

std::shared_ptr<const World> WorldBuilder::publish() {
  auto world = std::make_shared<World>();
  world->name_ = "w" + std::to_string(sequence_);
  world->sequence_ = sequence_;
  world->time_ms_ = time_ms_;
  world->half_life_ms_ = options_.half_life_ms;
  world->usual_half_life_ms_ = options_.usual_half_life_ms;
  world->item_rows_ = item_rows_.view();
  world->category_rows_ = category_rows_.view();
  world->family_rows_ = family_rows_.view();
  world->facts_ = facts_.publish();
  world->demand_ = demand_.publish();
  world->categories_ = categories_.publish();
  world->bands_ = bands_.publish();
  world->families_ = families_.publish();
  world->hot_ = std::make_shared<const TopList>(hot_);
  world->newest_ = std::make_shared<const TopList>(newest_);
  world->titles_ = titles_.publish();
  return world;
}

}  // namespace inkling::index
