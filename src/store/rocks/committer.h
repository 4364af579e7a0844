// Turns a group of prepared appends into journal: drops duplicates, numbers the rest, writes one batch, folds.
//
// Thread safety: one thread at a time (the commit queue's front).
// Failure: a failed write leaves the sequences as they were, shuts the gate and is told to every append of the group;
// so is a failed fold (a stored state that cannot be read).
#pragma once

#include <rocksdb/write_batch.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/core/clock.h"
#include "base/core/result.h"
#include "store/rocks/catalogue.h"
#include "store/rocks/commit_queue.h"
#include "store/rocks/database.h"
#include "store/rocks/id_window.h"
#include "store/rocks/journal.h"
#include "store/rocks/state_cache.h"
#include "store/rocks/write_gate.h"

namespace inkling::store::rocks {

class Committer {
 public:
  struct Parts {
    const Database& database;
    Journal& journal;
    Catalogue& catalogue;
    StateCache& states;
    WriteGate& gate;
    const base::Clock& clock;
  };
  Committer(const Parts& parts, const StoreOptions& options)
      : parts_(parts), ids_(parts.database, options.id_window_ms), sync_(options.sync) {}

  void start_after(std::uint64_t last_sequence) { last_sequence_ = last_sequence; }
  void commit(std::span<PendingAppend* const> group);

 private:
  [[nodiscard]] base::Status commit_all(std::span<PendingAppend* const> group);
  [[nodiscard]] base::Status mark_duplicates(std::span<PendingAppend* const> group, std::int64_t now_ms);
  void add_to_batch(PendingAppend& pending, std::int64_t now_ms, std::uint64_t& sequence);
  [[nodiscard]] base::Status fold(const PendingAppend& pending, std::uint64_t& sequence);

  Parts parts_;
  IdWindow ids_;
  bool sync_;
  std::uint64_t last_sequence_ = 0;
  // Kept from group to group for their memory.
  rocksdb::WriteBatch batch_;
  std::vector<std::string_view> group_ids_;
  std::vector<bool> seen_;
  std::unordered_set<std::string_view> new_ids_;
};

}  // namespace inkling::store::rocks
