// Reads a shopper's new records in the order they happened, across views, and notices where sessions begin: the one
// place that turns a state's bounded history into the sequences that models, replay and the device see.
// Thread safety: none; a cursor belongs to one memory. Cost: O(new records); no allocation. Wasm-clean.
#pragma once

#include <cstdint>
#include <span>

#include "feature/blueprint.h"
#include "state/shopper_state.h"

namespace inkling::feature {

inline constexpr std::size_t kMaxViewFeatures = 32;

// How far somebody has read.
struct RecordCursor {
  std::uint64_t swipes = 0;
  std::uint64_t taps = 0;
  std::uint64_t browses = 0;
};

class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // Everything read before belongs to sessions that are over.
  virtual void begin_session() = 0;
  // One record of the blueprint's view `view_index`: its raw values, one per feature.
  virtual void record(std::size_t view_index, std::int64_t ts_ms, std::span<const Value> values) = 0;
};

// Hands every record from `cursor` on to `sink` and moves the cursor. False, with nothing read: records that the
// cursor had not read are no longer held.
[[nodiscard]] bool read_new_records(const Blueprint& blueprint, const state::ShopperState& state,
                                    RecordCursor& cursor, RecordSink& sink);

}  // namespace inkling::feature
