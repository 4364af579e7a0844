// Holds a journal against what was sent and acknowledged: every way in which something could be lost, doubled, made
// up, changed or disordered has its own count. Thread safety: pure. Cost: one fold of the journal.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "bench/kill_durability/ledger.h"
#include "bench/kill_durability/world.h"

namespace inkling::bench {

struct Findings {
  std::uint64_t journaled = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t unacknowledged_present = 0;  // allowed: the answer was on its way when the server died

  std::uint64_t missing = 0;          // acknowledged, not in the journal
  std::uint64_t repeated = 0;         // an id that is there before
  std::uint64_t never_sent = 0;       // an id that nobody sent
  std::uint64_t holes = 0;            // a sequence that is not its predecessor's plus one
  std::uint64_t altered = 0;          // other bytes than were sent
  std::uint64_t disordered = 0;       // before an event that its connection sent earlier
  std::uint64_t torn_batches = 0;     // partly there
  std::uint64_t wrong_states = 0;     // not the fold of the journal, byte for byte
  std::uint64_t wrong_catalogue = 0;  // not the item's newest event
  std::string first;                  // of all wrong things, in words

  [[nodiscard]] std::uint64_t wrong() const {
    return missing + repeated + never_sent + holes + altered + disordered + torn_batches + wrong_states +
           wrong_catalogue;
  }
};

[[nodiscard]] Findings judge(std::span<const ClientLedger* const> ledgers, const World& world);

}  // namespace inkling::bench
