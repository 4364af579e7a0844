// Shoppers' states in memory, over their checkpoints on disk. A state is clean (as on disk: kept by recency up to a
// bound) or dirty (folded since: never dropped before it has been written). Every state carries the sequence of the
// newest event folded into it, on disk too, so folding the same journal again changes nothing.
//
// Thread safety: read, counts and write_dirty from any thread (write_dirty by one at a time); fold by one thread at a
// time, in journal order. Cost: one shard lock; a state that is not in memory is read from disk under it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/core/hash.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::store::rocks {

class Database;

class StateCache {
 public:
  StateCache(const Database& database, std::size_t clean_capacity);

  // Folds unless the shopper's state already includes this sequence. Events without a shopper only move
  // folded_sequence(). Failure (the stored state cannot be read) leaves state and sequence as they were.
  [[nodiscard]] base::Status fold(const domain::Event& event, std::uint64_t sequence);
  [[nodiscard]] base::Result<state::ShopperState> read(std::string_view shopper);

  // Writes every state that was dirty when it began, a batch a shard, without waiting for the disk: the journal that
  // they are folds of lies before them in the same log. What is folded meanwhile stays dirty.
  [[nodiscard]] base::Status write_dirty();

  // States on disk were replaced: what is clean is read again.
  void forget_clean();

  // Every event up to here has been folded.
  [[nodiscard]] std::uint64_t folded_sequence() const { return folded_sequence_.load(); }
  void start_after(std::uint64_t sequence) { folded_sequence_.store(sequence); }
  [[nodiscard]] std::size_t dirty_count() const { return dirty_count_.load(); }
  [[nodiscard]] std::size_t clean_count();
  [[nodiscard]] std::size_t largest_state_bytes() const { return largest_state_bytes_.load(); }
  // Tells of a state that was written by other hands.
  void note_size(std::size_t state_bytes);

 private:
  struct Entry {
    std::string shopper;
    state::ShopperState state;
    std::uint64_t sequence = 0;
    bool dirty = false;
  };
  using Entries = std::list<Entry>;
  struct Hash {
    std::size_t operator()(std::string_view shopper) const { return base::name_hash(shopper); }
  };
  struct Shard {
    std::mutex mutex;
    Entries clean;  // the most recently used first
    Entries dirty;
    std::unordered_map<std::string_view, Entries::iterator, Hash> by_shopper;  // views into the entries
  };
  using Written = std::vector<std::pair<Entries::iterator, std::uint64_t>>;
  static constexpr std::size_t kShards = 64;

  [[nodiscard]] Shard& shard_of(std::string_view shopper) { return shards_[base::name_hash(shopper) % kShards]; }
  [[nodiscard]] base::Result<Entry> load(std::string_view shopper) const;
  // The entry, from memory or disk; with `create` also a new one, else end of `clean` when there is none.
  [[nodiscard]] base::Result<Entries::iterator> find(Shard& shard, std::string_view shopper, bool create);
  void make_dirty(Shard& shard, Entries::iterator entry);
  void make_clean(Shard& shard, Entries::iterator entry);
  void evict(Shard& shard);
  [[nodiscard]] base::Status write_shard(Shard& shard);

  const Database& database_;
  std::size_t clean_capacity_;  // a shard
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> folded_sequence_{0};
  std::atomic<std::size_t> dirty_count_{0};
  std::atomic<std::size_t> largest_state_bytes_{0};
};

}  // namespace inkling::store::rocks
