#include "server/live_shoppers.h"

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <semaphore>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/core/hash.h"
#include "server/personal_memory.h"
#include "server/word_memory.h"

namespace inkling::server {

namespace {

constexpr std::size_t kShardCount = 16;

std::size_t string_bytes(const std::string& text) {
  return sizeof(std::string) + text.capacity();
}

// What a state takes in memory, near enough to bound the cache: its vectors, strings and the map's nodes.
std::size_t state_bytes(const state::ShopperState& state) {
  constexpr std::size_t kMapNodeBytes = 48;
  std::size_t bytes = sizeof(state) + state.session.capacity();
  bytes += state.swipes.size() * sizeof(state::SwipeRecord) + state.taps.size() * sizeof(state::TapRecord);
  bytes += state.browses.size() * sizeof(state::BrowseRecord) + state.interests.size() * sizeof(state::Interest);
  for (const auto& line : state.cart) bytes += sizeof(line) + line.item.capacity();
  for (const auto& row : state.repurchases) bytes += sizeof(row) + row.item.capacity();
  for (const auto& coupon : state.coupons) bytes += sizeof(coupon) + coupon.coupon.capacity();
  for (const auto& [name, value] : state.profile) bytes += kMapNodeBytes + string_bytes(name) + string_bytes(value);
  return bytes;
}

// A new memory can only start from the state itself while the state still holds the shopper's whole history.
bool holds_whole_history(const state::ShopperState& state) {
  return state.swipes.first() == 0 && state.taps.first() == 0 && state.browses.first() == 0;
}

}  // namespace

struct WarmEntry {
  explicit WarmEntry(std::string_view id) : shopper(id) {}

  const std::string shopper;
  // A semaphore and not a mutex: the lease is taken on a store thread and dropped on an HTTP thread.
  std::binary_semaphore free{1};
  // Set by events_appended at any time; cleared by the lease holder before it reads the store.
  std::atomic<bool> stale{true};
  state::ShopperState state;
  std::vector<std::unique_ptr<feature::ScorerMemory>> memories;  // empty until first refreshed
  std::vector<bool> cannot_follow;                               // one per scorer
  std::size_t hot_bytes = 0;                                     // what streaming takes in the memories
  PersonalMemory personal;                                       // empty without a ranking package
  WordMemory words;                                              // empty while nobody asks

  [[nodiscard]] std::size_t memory_bytes() const {
    std::size_t sum = 0;
    for (const auto& memory : memories) sum += memory == nullptr ? 0 : memory->memory_bytes();
    return sum;
  }
  [[nodiscard]] std::size_t bytes() const {
    return sizeof(WarmEntry) + 2 * shopper.capacity() + state_bytes(state) + memory_bytes() +
           personal.memory_bytes() + words.memory_bytes();
  }
};

ShopperLease& ShopperLease::operator=(ShopperLease&& other) noexcept {
  if (this != &other) {
    release();
    entry_ = std::move(other.entry_);
  }
  return *this;
}

ShopperLease::~ShopperLease() {
  release();
}

void ShopperLease::release() {
  if (entry_ != nullptr) entry_->free.release();
  entry_.reset();
}

const state::ShopperState& ShopperLease::shopper_state() const {
  return entry_->state;
}

const feature::ScorerMemory* ShopperLease::memory(std::size_t scorer) const {
  return entry_->cannot_follow[scorer] ? nullptr : entry_->memories[scorer].get();
}

const basket::PersonalHistory& ShopperLease::history() const {
  return entry_->personal.history();
}

std::span<const scene::ToldWord> ShopperLease::told_words() const {
  return entry_->words.words();
}

struct LiveShoppers::Shard {
  struct Slot {
    std::shared_ptr<WarmEntry> entry;
    std::size_t bytes = 0;
    std::size_t hot_bytes = 0;                              // part of bytes
    std::list<std::shared_ptr<WarmEntry>>::iterator hot{};  // where it stands among the hot ones, if it is one
  };
  using Slots = std::list<Slot>;

  std::mutex mutex;
  Slots slots;                                                    // most recently used first
  std::list<std::shared_ptr<WarmEntry>> hot;                      // those that stream, most recently used first
  std::unordered_map<std::string_view, Slots::iterator> by_name;  // keys live in the entries
  LiveShoppersStatistics counts;                                  // of this shard

  // Null when the shopper is not here; otherwise it becomes the most recently used.
  std::shared_ptr<WarmEntry> find(std::string_view shopper) {
    const auto found = by_name.find(shopper);
    if (found == by_name.end()) return nullptr;
    slots.splice(slots.begin(), slots, found->second);
    if (slots.front().hot_bytes > 0) hot.splice(hot.begin(), hot, slots.front().hot);
    return slots.front().entry;
  }

  void set_hot_bytes(Slot& slot, std::size_t bytes) {
    if (slot.hot_bytes == 0 && bytes > 0) slot.hot = hot.insert(hot.begin(), slot.entry);
    if (slot.hot_bytes > 0 && bytes == 0) hot.erase(slot.hot);
    counts.hot_bytes += bytes - slot.hot_bytes;
    slot.hot_bytes = bytes;
  }

  // The least recently used hot shoppers that nobody uses right now, until the others fit; they are taken for the
  // caller, who cools them without the lock.
  std::vector<ShopperLease> take_to_cool(std::size_t most_bytes) {
    std::vector<ShopperLease> taken;
    for (auto next = hot.end(); next != hot.begin() && counts.hot_bytes > most_bytes;) {
      const std::shared_ptr<WarmEntry> entry = *--next;
      if (!entry->free.try_acquire()) continue;
      taken.emplace_back(entry);
      ++next;
      Slot& slot = *by_name.at(entry->shopper);
      slot.bytes -= slot.hot_bytes;
      counts.bytes -= slot.hot_bytes;
      set_hot_bytes(slot, 0);
    }
    return taken;
  }

  void drop_oldest() {
    set_hot_bytes(slots.back(), 0);
    counts.bytes -= slots.back().bytes;
    ++counts.evictions;
    by_name.erase(slots.back().entry->shopper);
    slots.pop_back();
  }
};

LiveShoppers::LiveShoppers(store::Store& store, Scorers scorers, std::size_t capacity_bytes, std::size_t hot_bytes,
                           Rankers rankers, std::function<bool()> hears_words)
    : store_(store),
      scorers_(std::move(scorers)),
      rankers_(std::move(rankers)),
      hears_words_(std::move(hears_words)),
      shard_capacity_bytes_(capacity_bytes / kShardCount),
      shard_hot_bytes_(hot_bytes / kShardCount),
      shards_(std::make_unique<Shard[]>(kShardCount)) {}

LiveShoppers::~LiveShoppers() = default;

LiveShoppers::Shard& LiveShoppers::shard_of(std::string_view shopper) const {
  return shards_[base::name_hash(shopper) % kShardCount];
}

std::optional<ShopperLease> LiveShoppers::try_lease(std::string_view shopper) {
  Shard& shard = shard_of(shopper);
  const std::lock_guard lock(shard.mutex);
  auto entry = shard.find(shopper);
  if (entry == nullptr || !entry->free.try_acquire()) return std::nullopt;
  ShopperLease lease(entry);
  if (entry->stale.load()) return std::nullopt;
  ++shard.counts.hits;
  return lease;
}

std::shared_ptr<WarmEntry> LiveShoppers::find_or_insert(std::string_view shopper) {
  Shard& shard = shard_of(shopper);
  const std::lock_guard lock(shard.mutex);
  if (auto entry = shard.find(shopper)) return entry;
  // In the map before it is read from the store, so that events appended meanwhile mark it stale.
  auto entry = std::make_shared<WarmEntry>(shopper);
  shard.slots.push_front({entry, 0});
  shard.by_name.emplace(entry->shopper, shard.slots.begin());
  return entry;
}

base::Result<ShopperLease> LiveShoppers::bring(std::string_view shopper) {
  auto entry = find_or_insert(shopper);
  entry->free.acquire();
  ShopperLease lease(entry);
  if (!entry->stale.exchange(false)) {
    Shard& shard = shard_of(shopper);
    const std::lock_guard lock(shard.mutex);
    ++shard.counts.hits;
    return lease;
  }
  const bool came_back = !entry->memories.empty();
  const base::Status status = follow(*entry);
  if (!status.ok()) entry->stale.store(true);
  if (status.ok() && came_back) heat(*entry);
  account(entry);
  if (!status.ok()) return status;
  return lease;
}

base::Status LiveShoppers::follow(WarmEntry& entry) {
  INKLING_TRY(refresh(entry));
  if (!rankers_.empty()) INKLING_TRY(entry.personal.catch_up(store_, entry.shopper, entry.state));
  const bool hears = hears_words_ && hears_words_();
  return hears ? entry.words.catch_up(store_, entry.shopper, entry.state) : base::Status();
}

base::Status LiveShoppers::refresh(WarmEntry& entry) {
  INKLING_ASSIGN(entry.state, store_.shopper_state(entry.shopper));
  const bool kept_up = catch_up(entry);
  {
    Shard& shard = shard_of(entry.shopper);
    const std::lock_guard lock(shard.mutex);
    ++shard.counts.refreshes;
    if (!kept_up) ++shard.counts.rebuilds;
  }
  return kept_up ? base::Status::ok_status() : rebuild(entry);
}

// False: some memory missed records that the state no longer holds.
bool LiveShoppers::catch_up(WarmEntry& entry) const {
  const bool fresh = entry.memories.empty();
  if (fresh) {
    entry.cannot_follow.assign(scorers_.size(), false);
    for (const auto& scorer : scorers_) entry.memories.push_back(scorer->new_memory());
    if (!scorers_.empty() && !holds_whole_history(entry.state)) return false;
  }
  for (std::size_t i = 0; i < scorers_.size(); ++i) {
    if (!entry.cannot_follow[i] && !scorers_[i]->catch_up(entry.state, *entry.memories[i])) return false;
  }
  return true;
}

// All memories at once, and the state with them: the journal may hold newer events by now than the state just read,
// and state and memories must tell of the same ones.
base::Status LiveShoppers::rebuild(WarmEntry& entry) {
  entry.memories.clear();
  entry.hot_bytes = 0;
  std::vector<std::unique_ptr<feature::ScorerMemory>> memories;
  for (const auto& scorer : scorers_) memories.push_back(scorer->new_memory());
  std::vector<bool> cannot_follow(scorers_.size(), false);
  state::ShopperState state;
  const auto fold = [&](const store::JournalEntry& journaled) {
    state::apply(state, journaled.event);
    for (std::size_t i = 0; i < scorers_.size(); ++i) {
      if (!cannot_follow[i] && !scorers_[i]->catch_up(state, *memories[i])) cannot_follow[i] = true;
    }
    return true;
  };
  INKLING_TRY(store_.read_shopper(entry.shopper, 1, fold));
  entry.state = std::move(state);
  entry.memories = std::move(memories);
  entry.cannot_follow = std::move(cannot_follow);
  return base::Status::ok_status();
}

void LiveShoppers::heat(WarmEntry& entry) const {
  if (entry.hot_bytes > 0) return;
  const std::size_t before = entry.memory_bytes();
  for (std::size_t i = 0; i < scorers_.size(); ++i) {
    if (!entry.cannot_follow[i]) scorers_[i]->set_streaming(*entry.memories[i], true);
  }
  entry.hot_bytes = entry.memory_bytes() - before;
  if (entry.hot_bytes > shard_hot_bytes_) cool(entry);
}

void LiveShoppers::cool(WarmEntry& entry) const {
  for (std::size_t i = 0; i < scorers_.size(); ++i) scorers_[i]->set_streaming(*entry.memories[i], false);
  entry.hot_bytes = 0;
}

void LiveShoppers::account(const std::shared_ptr<WarmEntry>& entry) {
  const std::size_t bytes = entry->bytes();
  std::vector<ShopperLease> to_cool;
  {
    Shard& shard = shard_of(entry->shopper);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_name.find(entry->shopper);
    if (found == shard.by_name.end() || found->second->entry != entry) return;  // evicted while it was being read
    shard.counts.bytes += bytes - found->second->bytes;
    found->second->bytes = bytes;
    shard.set_hot_bytes(*found->second, entry->hot_bytes);
    to_cool = shard.take_to_cool(shard_hot_bytes_);
    while (shard.counts.bytes > shard_capacity_bytes_ && !shard.slots.empty()) shard.drop_oldest();
  }
  for (const ShopperLease& lease : to_cool) cool(*lease.entry_);
}

void LiveShoppers::events_appended(std::span<const domain::Event> events) {
  for (const auto& event : events) {
    if (event.shopper.empty()) continue;
    Shard& shard = shard_of(event.shopper);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_name.find(event.shopper);
    if (found != shard.by_name.end()) found->second->entry->stale.store(true);
  }
}

LiveShoppersStatistics LiveShoppers::statistics() const {
  LiveShoppersStatistics sum;
  for (std::size_t i = 0; i < kShardCount; ++i) {
    const std::lock_guard lock(shards_[i].mutex);
    sum.hits += shards_[i].counts.hits;
    sum.refreshes += shards_[i].counts.refreshes;
    sum.rebuilds += shards_[i].counts.rebuilds;
    sum.evictions += shards_[i].counts.evictions;
    sum.bytes += shards_[i].counts.bytes;
    sum.hot_bytes += shards_[i].counts.hot_bytes;
    sum.hot_shoppers += shards_[i].hot.size();
    sum.shoppers += shards_[i].slots.size();
  }
  return sum;
}

}  // namespace inkling::server
