// The shoppers that are warm: a copy of each one's state and one memory per live model, caught up with it.
// Not the truth: everything here can be dropped at any time and comes back from the store.
//
// A warm shopper is used through a lease, one at a time, because catching up changes the models' memories. A lease
// taken after events_appended() returned sees those events (read your writes): appending marks the shopper stale, and
// the next lease reads the state again and catches up. Memories that cannot (the state's bounded history no longer
// holds what they missed) are rebuilt by replaying the shopper's journal through state::apply. Bounds: least recently
// used leave first once the shard's share of `capacity_bytes` is exceeded.
// Shoppers whose events come while they are warm are hot: their memories stream (feature::Scorer::set_streaming).
// What that takes beside the memories is part of the capacity and bounded by `hot_bytes`; the hot ones that were used
// least recently cool down first.
// While somebody asks for them, each warm shopper also has what was searched for and picked (word_memory.h).
// With a ranking package live, each warm shopper also has what they bought (personal_memory.h), counted in the
// capacity; without one nothing of that is read. Thread safety: every call may come from any thread; a lease may be
// dropped on any thread. Cost: try_lease O(1) under one shard's mutex; bring adds a state copy when stale, a replay
// when rebuilding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "basket/candidate_scorer.h"
#include "domain/event.h"
#include "feature/scorer.h"
#include "scene/told_words.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::server {

using Scorers = std::vector<std::shared_ptr<const feature::Scorer>>;
using Rankers = std::vector<basket::RankingPackage>;

struct WarmEntry;

// The exclusive use of one warm shopper. Movable; released when dropped.
class ShopperLease {
 public:
  explicit ShopperLease(std::shared_ptr<WarmEntry> entry) : entry_(std::move(entry)) {}
  ShopperLease(ShopperLease&&) noexcept = default;
  ShopperLease& operator=(ShopperLease&& other) noexcept;
  ~ShopperLease();

  [[nodiscard]] const state::ShopperState& shopper_state() const;
  // Of the scorer with this index; nullptr when that model cannot follow this shopper (one event of the journal left
  // more records than the state's history holds).
  [[nodiscard]] const feature::ScorerMemory* memory(std::size_t scorer) const;
  // What the shopper bought; empty without a ranking package.
  [[nodiscard]] const basket::PersonalHistory& history() const;
  // Empty while nobody asks for words.
  [[nodiscard]] std::span<const scene::ToldWord> told_words() const;

 private:
  friend class LiveShoppers;
  void release();
  std::shared_ptr<WarmEntry> entry_;
};

struct LiveShoppersStatistics {
  std::uint64_t hits = 0;       // leases that found the shopper warm and current
  std::uint64_t refreshes = 0;  // leases that read the state again and caught up
  std::uint64_t rebuilds = 0;   // of these, how many replayed the shopper's journal
  std::uint64_t evictions = 0;
  std::uint64_t shoppers = 0;
  std::uint64_t bytes = 0;
  std::uint64_t hot_shoppers = 0;
  std::uint64_t hot_bytes = 0;  // part of bytes
};

class LiveShoppers {
 public:
  LiveShoppers(store::Store& store, Scorers scorers, std::size_t capacity_bytes, std::size_t hot_bytes,
               Rankers rankers = {}, std::function<bool()> hears_words = {});
  ~LiveShoppers();

  [[nodiscard]] const Scorers& scorers() const { return scorers_; }
  [[nodiscard]] const Rankers& rankers() const { return rankers_; }

  // Never waits: nullopt unless the shopper is warm, current and not leased.
  [[nodiscard]] std::optional<ShopperLease> try_lease(std::string_view shopper);

  // On the store executor: waits for the present lease, the disk and the replay. A shopper never seen has event_count
  // 0. Fails as the store fails; the shopper is then read again next time.
  [[nodiscard]] base::Result<ShopperLease> bring(std::string_view shopper);

  // To be called after append returned ok and before it is acknowledged.
  void events_appended(std::span<const domain::Event> events);

  [[nodiscard]] LiveShoppersStatistics statistics() const;

 private:
  struct Shard;
  [[nodiscard]] Shard& shard_of(std::string_view shopper) const;
  [[nodiscard]] std::shared_ptr<WarmEntry> find_or_insert(std::string_view shopper);
  [[nodiscard]] base::Status follow(WarmEntry& entry);
  [[nodiscard]] base::Status refresh(WarmEntry& entry);
  [[nodiscard]] bool catch_up(WarmEntry& entry) const;
  [[nodiscard]] base::Status rebuild(WarmEntry& entry);
  void heat(WarmEntry& entry) const;
  void cool(WarmEntry& entry) const;
  void account(const std::shared_ptr<WarmEntry>& entry);

  store::Store& store_;
  Scorers scorers_;
  Rankers rankers_;
  std::function<bool()> hears_words_;
  std::size_t shard_capacity_bytes_, shard_hot_bytes_;
  std::unique_ptr<Shard[]> shards_;
};

}  // namespace inkling::server
