// The data folder of one marketplace: the journal (the truth), shopper states (lazy checkpoints of its fold) and the
// catalogue (newest facts per item), behind one interface. The embedded implementation is rocks/; no other exists
// yet. Not for sample shards, packages or models' caches.
//
// Thread safety: every call may come from any thread. Cost: append waits for one write-ahead-log sync, shared by all
// who wait at that moment (group commit); calls block on the disk, so servers call them from the store executor only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.h"
#include "base/core/result.h"
#include "domain/event.h"
#include "state/shopper_state.h"

namespace inkling::store {

struct StoreOptions {
  bool sync = true;                                 // wait for the disk before acknowledging
  std::int64_t id_window_ms = 7 * base::kDayMs;     // how long an event id is remembered, by arrival time
  std::size_t checkpoint_dirty_shoppers = 10'000;   // write states out when so many have changed ...
  std::uint64_t checkpoint_every_events = 200'000;  // ... or so many events were journaled since
  std::size_t cached_shoppers = 100'000;            // clean states kept in memory, and states of an import
  std::uint64_t bulk_part_events = 4'000'000;       // of an import: ids and index of so many are gathered in memory
  std::size_t write_buffer_bytes = 0;               // of writes not yet in tables; 0: as tuning.h says
};

// What became of each event of one append, in the order given.
struct AppendReceipt {
  std::uint64_t accepted = 0;
  std::uint64_t duplicates = 0;     // ids seen inside the window: dropped
  std::uint64_t last_sequence = 0;  // journal sequence of the newest accepted event; 0: none accepted
  std::vector<bool> is_duplicate;   // one per event
};

struct JournalEntry {
  std::uint64_t sequence = 0;  // 1, 2, 3 ... without holes
  domain::Event event;
};

// Return false to stop early.
using JournalVisitor = std::function<bool(const JournalEntry&)>;
// Called now and then during long work: done, total (0: unknown).
using Progress = std::function<void(std::uint64_t, std::uint64_t)>;

// A large append that is not acknowledged event by event: nothing of it is to be seen before commit(), and all of it,
// durably, when that returns ok, whatever happens in between. Without a commit nothing happened. For imports; a
// server appends. While one is open the store's append() is refused and reading sees the store as it was.
//
// Thread safety: one thread. Ownership: must go before its store. After a failure only the destructor is of use.
class BulkAppend {
 public:
  struct Receipt {
    std::uint64_t accepted = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t last_sequence = 0;  // 0: none accepted
  };

  virtual ~BulkAppend() = default;
  // Drops the event or gives it the next sequence, as append() does. `event` comes from wire (an event made by hand
  // might not read back as it was written); what it leaves unsaid of its item is filled in.
  [[nodiscard]] virtual base::Status add(domain::Event& event) = 0;
  [[nodiscard]] virtual base::Result<Receipt> commit() = 0;
};

struct StoreStatistics {
  std::uint64_t last_sequence = 0;
  std::uint64_t checkpoint_sequence = 0;  // every state includes at least the events up to here
  std::uint64_t dirty_shoppers = 0;
  std::uint64_t cached_shoppers = 0;
  std::uint64_t largest_state_bytes = 0;  // of those written so far by this process
};

class Store {
 public:
  virtual ~Store() = default;

  // Drops duplicates, fills missing action facts (category, price) from the catalogue, gives each accepted event the
  // next sequence, writes journal + ids + catalogue in one durable batch, then folds. When it returns ok, a kill -9
  // loses nothing of it. All or nothing.
  [[nodiscard]] virtual base::Result<AppendReceipt> append(std::span<const domain::Event> events) = 0;

  // kConflict while another one is open.
  [[nodiscard]] virtual base::Result<std::unique_ptr<BulkAppend>> begin_bulk() = 0;

  // The journal in fold order, from `from_sequence` on. Sees what was appended before the call.
  [[nodiscard]] virtual base::Status read_journal(std::uint64_t from_sequence, const JournalVisitor& visit) const = 0;
  // The same, one shopper's events only (a per-shopper index; cost is that shopper's events).
  [[nodiscard]] virtual base::Status read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                                  const JournalVisitor& visit) const = 0;
  // Every shopper that has events, in byte order of the id.
  [[nodiscard]] virtual base::Status read_shoppers(const std::function<bool(std::string_view)>& visit) const = 0;

  // The newest event of each promotion, in journal order. What builds before this one journaled
  // comes once it is told again.
  [[nodiscard]] virtual base::Status read_promotions(const JournalVisitor& visit) const = 0;

  // The state as folded up to now; a state with event_count 0 when the shopper was never seen.
  [[nodiscard]] virtual base::Result<state::ShopperState> shopper_state(std::string_view shopper) = 0;

  // kNotFound when no such item was ever told.
  [[nodiscard]] virtual base::Result<domain::Item> item(std::string_view item) const = 0;

  // Writes all dirty states out; the journal's tail before this point need not be folded again at start-up.
  [[nodiscard]] virtual base::Status checkpoint() = 0;
  [[nodiscard]] virtual StoreStatistics statistics() const = 0;
};

// Opens (creating when absent) `<data_dir>/store`, replays the journal's tail over the checkpoints, reports progress.
// kConflict when another process holds it, kIo when it cannot be written, kCorrupt with the file when damaged.
[[nodiscard]] base::Result<std::unique_ptr<Store>> open_store(const std::string& data_dir,
                                                              const StoreOptions& options, const base::Clock& clock,
                                                              const Progress& progress = {});

}  // namespace inkling::store
