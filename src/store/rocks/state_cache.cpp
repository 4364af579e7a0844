#include "store/rocks/state_cache.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "store/rocks/database.h"
#include "store/rocks/encoding.h"
#include "store/rocks/stored_state.h"

namespace inkling::store::rocks {

StateCache::StateCache(const Database& database, std::size_t clean_capacity)
    : database_(database), clean_capacity_((clean_capacity + kShards - 1) / kShards) {}

base::Status StateCache::fold(const domain::Event& event, std::uint64_t sequence) {
  if (!event.shopper.empty()) {
    Shard& shard = shard_of(event.shopper);
    const std::lock_guard lock(shard.mutex);
    INKLING_ASSIGN(const auto entry, find(shard, event.shopper, true));
    if (sequence > entry->sequence) {
      state::apply(entry->state, event);
      entry->sequence = sequence;
      make_dirty(shard, entry);
    }
    evict(shard);
  }
  folded_sequence_.store(sequence);
  return {};
}

base::Result<state::ShopperState> StateCache::read(std::string_view shopper) {
  Shard& shard = shard_of(shopper);
  const std::lock_guard lock(shard.mutex);
  INKLING_ASSIGN(const auto entry, find(shard, shopper, false));
  if (entry == shard.clean.end()) return state::ShopperState();
  state::ShopperState copy = entry->state;
  evict(shard);
  return copy;
}

std::size_t StateCache::clean_count() {
  std::size_t count = 0;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.clean.size();
  }
  return count;
}

base::Result<StateCache::Entry> StateCache::load(std::string_view shopper) const {
  Entry entry;
  entry.shopper = shopper;
  rocksdb::PinnableSlice bytes;
  const auto status = database_.db().Get({}, database_.family(Family::kStates), slice(shopper), &bytes);
  if (status.IsNotFound()) return entry;
  INKLING_TRY(database_.status_of(status));
  auto stored = read_stored_state(view(bytes), database_.folder(), shopper);
  if (!stored.ok()) return stored.status();
  entry.state = std::move(stored->state);
  entry.sequence = stored->sequence;
  return entry;
}

base::Result<StateCache::Entries::iterator> StateCache::find(Shard& shard, std::string_view shopper, bool create) {
  if (const auto known = shard.by_shopper.find(shopper); known != shard.by_shopper.end()) {
    const auto entry = known->second;
    if (!entry->dirty) shard.clean.splice(shard.clean.begin(), shard.clean, entry);
    return entry;
  }
  INKLING_ASSIGN(auto loaded, load(shopper));
  if (loaded.sequence == 0 && !create) return shard.clean.end();
  shard.clean.push_front(std::move(loaded));
  shard.by_shopper.emplace(shard.clean.front().shopper, shard.clean.begin());
  return shard.clean.begin();
}

void StateCache::make_dirty(Shard& shard, Entries::iterator entry) {
  if (entry->dirty) return;
  entry->dirty = true;
  shard.dirty.splice(shard.dirty.begin(), shard.clean, entry);
  ++dirty_count_;
}

void StateCache::make_clean(Shard& shard, Entries::iterator entry) {
  entry->dirty = false;
  shard.clean.splice(shard.clean.begin(), shard.dirty, entry);
  --dirty_count_;
}

void StateCache::evict(Shard& shard) {
  while (shard.clean.size() > clean_capacity_) {
    shard.by_shopper.erase(shard.clean.back().shopper);
    shard.clean.pop_back();
  }
}

base::Status StateCache::write_dirty() {
  for (Shard& shard : shards_) INKLING_TRY(write_shard(shard));
  return {};
}

base::Status StateCache::write_shard(Shard& shard) {
  rocksdb::WriteBatch batch;
  Written written;
  {
    const std::lock_guard lock(shard.mutex);
    for (auto entry = shard.dirty.begin(); entry != shard.dirty.end(); ++entry) {
      const std::string value = stored_state_bytes(entry->sequence, entry->state);
      note_size(value.size() - kNumberBytes);
      batch.Put(database_.family(Family::kStates), entry->shopper, value);
      written.emplace_back(entry, entry->sequence);
    }
  }
  if (written.empty()) return {};
  INKLING_TRY(database_.write(batch, false));
  // The entries are still there: a dirty one is never dropped, and only this thread makes them clean.
  const std::lock_guard lock(shard.mutex);
  for (const auto& [entry, sequence] : written) {
    if (entry->sequence == sequence) make_clean(shard, entry);
  }
  evict(shard);
  return {};
}

void StateCache::forget_clean() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const Entry& entry : shard.clean) shard.by_shopper.erase(entry.shopper);
    shard.clean.clear();
  }
}

void StateCache::note_size(std::size_t state_bytes) {
  if (state_bytes > largest_state_bytes_.load()) largest_state_bytes_.store(state_bytes);
}

}  // namespace inkling::store::rocks
