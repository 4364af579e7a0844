// What one warm shopper bought, as ranking packages are asked with it: derived from the shopper's journaled purchases
// by the same reading and in the same order as training does it (basket/purchase_reader.h). Not the truth and never
// stored: a new one catches up from the journal.
//
// After catch_up() it tells of exactly the purchases that the state has folded. Thread safety: one thread at a time.
// Cost: catch_up is O(1) while the shopper buys nothing, else it reads the shopper's events behind the last purchase;
// a purchase that comes with an earlier time than one before it makes all of them be read again. Failure: the
// store's; the memory is then empty and catches up from the start next time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "base/core/result.h"
#include "basket/personal_history.h"
#include "state/shopper_state.h"
#include "store/store.h"

namespace inkling::server {

class PersonalMemory {
 public:
  [[nodiscard]] base::Status catch_up(const store::Store& store, std::string_view shopper,
                                      const state::ShopperState& state);

  [[nodiscard]] const basket::PersonalHistory& history() const { return history_; }
  [[nodiscard]] std::size_t memory_bytes() const { return history_.memory_bytes(); }

 private:
  [[nodiscard]] base::Status read_on(const store::Store& store, std::string_view shopper, std::uint32_t purchases);

  basket::PersonalHistory history_;
  std::uint32_t purchases_ = 0;  // purchase events read, those that name no item among them
  std::uint64_t sequence_ = 0;   // of the last of them
  std::int64_t newest_ms_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace inkling::server
