// What one import makes of its shoppers: states by the one fold, and the per-shopper index as runs of sequences, one
// key a shopper instead of one an event.
//
// A state is some kilobytes, and events of one shopper lie far apart in a log, so folding each as it comes would wait
// for memory most of the time. Events therefore wait, actions packed into few bytes, until there are many of them;
// then each shopper's are folded one after the other. A shopper's own events are folded in journal order, and no
// state depends on another's, so the states are the same.
//
// Bounded memory: at most `capacity` states; beyond, those that were not touched for longest are encoded and put
// aside, and come back when their shopper does. A log in order of time brings most shoppers back soon or never.
// Thread safety: one thread. Cost: one hash look-up and the fold. Failure: kIo, kCorrupt (a stored state).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "domain/event.h"
#include "state/shopper_state.h"
#include "store/rocks/bulk_tables.h"
#include "store/rocks/state_spill.h"
#include "store/rocks/stored_state.h"

namespace inkling::store::rocks {

class BulkShoppers {
 public:
  BulkShoppers(const Database& database, BulkTables& tables, std::size_t capacity, bool database_has_states)
      : database_(database),
        tables_(tables),
        capacity_(capacity > 0 ? capacity : 1),
        database_has_states_(database_has_states),
        slots_(kFirstSlots) {
    scratch_.body.emplace<domain::Action>();
  }

  // Tells that this shopper's event will be folded soon, so that memory is fetched meanwhile.
  void expect(std::string_view shopper) const;
  // `event` has a shopper; sequences ascend.
  [[nodiscard]] base::Status fold(const domain::Event& event, std::uint64_t sequence);
  // Writes out the index of what was folded since the last cut.
  [[nodiscard]] base::Status cut_index();
  // Writes all states out; the last call.
  [[nodiscard]] base::Status finish();
  [[nodiscard]] std::size_t largest_state_bytes() const { return largest_state_bytes_; }

 private:
  static constexpr std::size_t kFirstSlots = std::size_t{1} << 12;
  static constexpr std::size_t kPostingsBytes = 16 * 1024;  // of one run, about
  static constexpr std::size_t kPendingBytes = std::size_t{64} << 20;
  static constexpr std::uint32_t kUnpacked = 0x80000000;
  static constexpr std::size_t kMostUnpacked = 4096;
  static constexpr std::size_t kPrefetch = 4;  // events ahead

  struct Shopper {
    std::string id;
    std::uint64_t hash = 0;
    std::unique_ptr<StoredState> stored;  // null: put aside, or not loaded yet
    bool used_lately = false;
    std::uint64_t first_sequence = 0;  // of the open run; 0: none is open
    std::uint64_t last_sequence = 0;
    std::string postings;
    std::vector<std::pair<std::uint64_t, std::string>> full_runs;
  };
  // An event that waits.
  struct Pending {
    std::uint32_t shopper = 0;  // index into shoppers_
    std::uint32_t place = 0;    // in packed_, or kUnpacked and an index into unpacked_
    std::uint64_t sequence = 0;
  };
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;  // 1 + index into shoppers_; 0: free
  };

  [[nodiscard]] base::Status fold_pending();
  [[nodiscard]] std::vector<Pending> pending_by_shopper() const;
  [[nodiscard]] base::Status fold_one(const Pending& pending);
  [[nodiscard]] std::uint32_t number_of(std::string_view id);
  void place(std::uint64_t hash, std::uint32_t number);
  void rebuild_slots(std::size_t count);
  static void note(Shopper& shopper, std::uint64_t sequence);
  [[nodiscard]] base::Status load(Shopper& shopper);
  [[nodiscard]] base::Status make_room();
  [[nodiscard]] std::string encoded(const Shopper& shopper);
  [[nodiscard]] std::vector<const Shopper*> in_order_of_id() const;
  void forget_empty();

  const Database& database_;
  BulkTables& tables_;
  std::size_t capacity_;
  bool database_has_states_;
  std::deque<Shopper> shoppers_;
  std::vector<Slot> slots_;       // open addressing; a power of two
  std::vector<Pending> pending_;  // in journal order
  std::string packed_;
  std::vector<domain::Event> unpacked_;
  domain::Event scratch_;
  std::size_t state_count_ = 0;
  std::size_t hand_ = 0;  // of the clock that finds what was not used lately
  std::unique_ptr<StateSpill> spill_;
  std::size_t largest_state_bytes_ = 0;
};

}  // namespace inkling::store::rocks
