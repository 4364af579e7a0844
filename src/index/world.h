// What is known of the marketplace at one moment, and not of one shopper: facts of items, what is in demand, what is
// new, what is looked at together. Immutable; a WorldBuilder publishes one after the other. Not for shoppers (that is
// src/state) and not for models.
//
// Items are rows 0 .. item_count() - 1, the same row in every later world of one builder. Only items that the
// marketplace told (an `item` event) are in it. Times in milliseconds since 1970, money in minor units.
// Ownership: a World shares its parts with earlier and later ones; texts live as long as the World. Thread safety:
// immutable, any thread. Cost: find O(1), similar about a microsecond, nothing allocates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.h"
#include "domain/event.h"
#include "index/fading.h"
#include "index/name_table.h"
#include "index/price_band.h"
#include "index/shared_rows.h"
#include "index/title_index.h"
#include "index/top_list.h"

namespace inkling::index {

struct WorldOptions {
  std::int64_t half_life_ms = 7 * base::kDayMs;         // of everything that fades, but
  std::int64_t usual_half_life_ms = 28 * base::kDayMs;  // of purchases as the usual pace sees them
  std::int64_t visit_gap_ms = 30 * base::kMinuteMs;     // silence that ends a visit
  std::size_t max_items = 2'000'000;                    // further items are not known, and counted
  std::size_t max_categories = 20'000;                  // items of further ones are known without a category
  std::size_t top_items = 500;                          // in hot() and newest()
  std::size_t top_per_category = 100;
  std::size_t top_per_price_band = 100;
  double view_weight = 1;  // of one action in popularity
  double cart_weight = 4;
  double purchase_weight = 10;
};

inline constexpr std::uint32_t kNoCategory = 0xffffffff;
inline constexpr std::size_t kMaxCoVisits = 32;  // kept of one item
inline constexpr std::size_t kMaxSkus = 200;     // of one goods; further ones are not among its skus

struct ItemFacts {
  std::string item;
  std::uint64_t name = 0;                // base::name_hash(item)
  std::uint32_t category = kNoCategory;  // of the leaf
  domain::ItemKind kind = domain::ItemKind::kGoods;
  std::optional<domain::Money> price;
  std::string parent;  // goods of a sku, shop of goods
  bool on_sale = true;
  std::int64_t stock = domain::kMissing;  // pieces; kMissing: not said
  std::uint64_t first_sequence = 0;  // of the item's first event; 0: it came before the journal's part that was read
  std::int64_t first_ms = 0;         // and its time

  [[nodiscard]] bool available() const { return on_sale && stock != 0; }
};

// How often another item was viewed in the same visit: fading, and as a plain count.
struct CoVisit {
  std::uint32_t row = 0;
  std::uint32_t pairs = 0;
  double weight_log2 = kNothingLog2;
};

// Fading sums (fading.h).
struct ItemDemand {
  double views_log2 = kNothingLog2;
  double carts_log2 = kNothingLog2;
  double purchases_log2 = kNothingLog2;
  double popularity_log2 = kNothingLog2;       // all three, weighted
  double usual_purchases_log2 = kNothingLog2;  // purchases, fading more slowly
  std::vector<CoVisit> co_visits;              // at most kMaxCoVisits, in no order
};

struct Category {
  std::string leaf;
  std::vector<std::string> path;  // top first, the leaf last; as the first item told in it has it
  std::uint64_t name = 0;         // base::name_hash(leaf)
  TopList hot;                    // of its available items, by popularity_log2
};

struct HotInBand {
  TopList hot;  // of the available items whose price is in the band, by popularity_log2
};

// The skus of goods, whether these were told or not.
struct Family {
  std::vector<std::uint32_t> skus;  // ascending
};

struct Neighbour {
  std::uint32_t row = 0;
  float similarity = 0;  // 0 .. 1
};

inline constexpr std::size_t kFactsChunk = 128;
inline constexpr std::size_t kDemandChunk = 64;
inline constexpr std::size_t kCategoryChunk = 8;
inline constexpr std::size_t kPriceBandChunk = 4;
inline constexpr std::size_t kFamilyChunk = 64;

class World {
 public:
  World() = default;  // of a marketplace of which nothing was told yet

  // "w184320": after which journal entry.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  // Of the newest event in it.
  [[nodiscard]] std::int64_t time_ms() const { return time_ms_; }
  [[nodiscard]] std::size_t item_count() const { return facts_.size(); }
  [[nodiscard]] std::size_t category_count() const { return categories_.size(); }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view item) const;
  [[nodiscard]] std::optional<std::uint32_t> find_name(std::uint64_t item_name) const {
    return item_rows_.find(item_name, facts_.size());
  }
  // By the low half of its name, as cursors keep it (scene/page_cursor.h); of two items of one mark, either.
  [[nodiscard]] std::optional<std::uint32_t> find_low_name(std::uint32_t low) const {
    return item_rows_.find_low(low, facts_.size());
  }
  // nullptr when no item of that leaf category was told.
  [[nodiscard]] const Category* find_category(std::uint64_t leaf_name) const;

  [[nodiscard]] const ItemFacts& facts(std::uint32_t row) const { return facts_[row]; }
  [[nodiscard]] const ItemDemand& demand(std::uint32_t row) const { return demand_[row]; }
  [[nodiscard]] const Category& category(std::uint32_t index) const { return categories_[index]; }
  // Of goods, and of the goods that a sku is one of; "" when it was not told.
  [[nodiscard]] std::string_view shop_of(std::uint32_t row) const;
  // Path of its category, top first; empty when it has none.
  [[nodiscard]] std::span<const std::string> category_path(std::uint32_t row) const;

  // Available items, most popular first; score is popularity_log2.
  [[nodiscard]] std::span<const TopEntry> hot() const { return hot_ ? hot_->entries() : std::span<const TopEntry>(); }
  // Available items, first told last; score is first_ms.
  [[nodiscard]] std::span<const TopEntry> newest() const {
    return newest_ ? newest_->entries() : std::span<const TopEntry>();
  }

  // Available items of one band of prices (price_band.h), most popular first; score is popularity_log2.
  [[nodiscard]] std::span<const TopEntry> hot_in_band(std::size_t band) const {
    return bands_.size() == 0 ? std::span<const TopEntry>() : bands_[band].hot.entries();
  }

  // Skus of these goods, on sale or not, in the order in which they were first told; at most kMaxSkus.
  [[nodiscard]] std::span<const std::uint32_t> skus_of(std::string_view goods) const;

  // Words of the titles, rows as everywhere.
  [[nodiscard]] const TitleSnapshot& titles() const { return titles_; }

  // What is left of a fading sum at time_ms().
  [[nodiscard]] double faded(double sum_log2) const { return faded_value(sum_log2, time_ms_, half_life_ms_); }

  // How far the purchases of late are above the item's own usual pace, in standard deviations of a count: (lately -
  // expected) / sqrt(expected + 1), where lately is the sum that fades fast, and expected what it would be if things
  // had gone on as the sum that fades slowly says. 0 where the pace is steady, below where it fell off.
  [[nodiscard]] double pace_gain(std::uint32_t row) const;

  // Available items viewed together with this one, most similar first; as many as `out` holds. The similarity is the
  // cosine of fading counts, pairs / sqrt(views * views), times n / (n + 3) for n pairs ever, so that one visit says
  // little.
  [[nodiscard]] std::span<const Neighbour> similar(std::uint32_t row, std::span<Neighbour> out) const;

 private:
  friend class WorldBuilder;
  std::string name_ = "w0";
  std::uint64_t sequence_ = 0;
  std::int64_t time_ms_ = 0;
  std::int64_t half_life_ms_ = 1;
  std::int64_t usual_half_life_ms_ = 1;
  NameTable::View item_rows_;
  NameTable::View category_rows_;
  NameTable::View family_rows_;
  RowsSnapshot<ItemFacts, kFactsChunk> facts_;
  RowsSnapshot<ItemDemand, kDemandChunk> demand_;
  RowsSnapshot<Category, kCategoryChunk> categories_;
  RowsSnapshot<HotInBand, kPriceBandChunk> bands_;
  RowsSnapshot<Family, kFamilyChunk> families_;
  std::shared_ptr<const TopList> hot_;
  std::shared_ptr<const TopList> newest_;
  TitleSnapshot titles_;
};

}  // namespace inkling::index
