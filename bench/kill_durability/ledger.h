// What one connection sent and what it was told: the side of the story that the journal is held against.
// Thread safety: plain values; a client's thread writes its own until it is joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace inkling::bench {

struct SentEvent {
  std::string id;
  std::string json;  // canonical
  std::size_t batch = 0;
  bool acknowledged = false;
};

struct ClientLedger {
  std::vector<SentEvent> events;  // in the order in which they were first sent
  std::size_t batches = 0;
  std::uint64_t batches_sent_again = 0;  // after a kill, with the same ids
  std::uint64_t repeated_events = 0;     // told again on purpose, acknowledged ones among them
  std::uint64_t duplicates_dropped = 0;  // as the server counted
  std::uint64_t scenes_answered = 0;
  std::uint64_t refusals = 0;  // answers that were not 200
  std::uint64_t wrong_receipts = 0;
  std::string first_refusal;
};

}  // namespace inkling::bench
