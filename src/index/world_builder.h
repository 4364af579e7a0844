// Folds accepted events, in journal order, into bounded statistics of the marketplace, and publishes them as Worlds.
// The same events give the same World, bit for bit, whenever and however often it is published. Not for shoppers'
// state: that is src/state.
//
// Bounds (WorldOptions): items, categories, the lists, kMaxCoVisits pairs an item (the weakest leaves), one visit for
// each of Visits::kSlots. Memory: about 0.2 KB an item, up to 0.7 KB for one that is looked at with many others.
// Time is the events' own, fading by their own time: one that is dated ahead weighs more until then.
// Thread safety: one thread; a published World may go to any. Cost: fold some hundred nanoseconds, O(max_items) once
// in a while when many listed items went off sale; publish one pointer for each 64 items.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "domain/event.h"
#include "index/visits.h"
#include "index/world.h"

namespace inkling::index {

class WorldBuilder {
 public:
  explicit WorldBuilder(const WorldOptions& options = {});

  // `sequence` is above all before it.
  void fold(std::uint64_t sequence, const domain::Event& event);
  // Facts of an item that was told before the part of the journal that is folded. Changes nothing when it is known.
  void know(const domain::Item& item);
  // False: whatever happened to it does not count until it is told, or known.
  [[nodiscard]] bool knows(std::string_view item) const;

  [[nodiscard]] std::shared_ptr<const World> publish();

  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] std::uint64_t refused_items() const { return refused_items_; }

 private:
  using Demand = double ItemDemand::*;
  void tell(std::uint64_t sequence, std::int64_t ts_ms, const domain::Item& item);
  [[nodiscard]] std::uint32_t row_of(const domain::Item& item, std::uint64_t sequence, std::int64_t ts_ms);
  [[nodiscard]] std::uint32_t category_of(const domain::Item& item);
  void enlist(std::uint32_t row);
  void unlist(std::uint32_t row);
  void refill(std::uint32_t row);
  void rise(std::uint32_t row, double old_score, double new_score);
  void relate(std::uint32_t row, const domain::Item& item);
  void fold_action(const domain::Event& event, const domain::Action& action);
  void view(const domain::Event& event, const std::string& item);
  void pair(std::uint32_t row, std::uint32_t other, std::int64_t ts_ms);
  void count(std::string_view item, Demand demand, double weight, std::int64_t ts_ms);

  WorldOptions options_;
  std::uint64_t sequence_ = 0;
  std::int64_t time_ms_ = 0;
  std::uint64_t refused_items_ = 0;
  NameTable item_rows_;
  NameTable category_rows_;
  NameTable family_rows_;
  SharedRows<ItemFacts, kFactsChunk> facts_;
  SharedRows<ItemDemand, kDemandChunk> demand_;
  SharedRows<Category, kCategoryChunk> categories_;
  SharedRows<HotInBand, kPriceBandChunk> bands_;
  SharedRows<Family, kFamilyChunk> families_;
  TopList hot_;
  TopList newest_;
  Visits visits_;
  TitleIndex titles_;
};

}  // namespace inkling::index
