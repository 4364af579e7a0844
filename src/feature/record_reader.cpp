#include "feature/record_reader.h"

#include <array>
#include <limits>

namespace inkling::feature {
namespace {

using state::ShopperState;

template <typename Ring>
std::uint64_t next_ordinal(const Ring& ring, std::uint64_t position) {
  if (position >= ring.total()) return std::numeric_limits<std::uint64_t>::max();
  return ring.at(position).time.ordinal;
}

template <typename Record>
void emit(const Blueprint& blueprint, View view, const Record& record, RecordSink& sink) {
  if (blueprint.starts_session(record.time.idle_ms)) sink.begin_session();
  const int index = blueprint.view_index(view);
  if (index < 0) return;
  const auto view_index = static_cast<std::size_t>(index);
  std::array<Value, kMaxViewFeatures> buffer;
  const std::span<Value> values(buffer.data(), blueprint.spec().views[view_index].features.size());
  blueprint.read_record(view_index, record, values);
  sink.record(view_index, record.time.ts_ms, values);
}

}  // namespace

bool read_new_records(const Blueprint& blueprint, const ShopperState& state, RecordCursor& cursor, RecordSink& sink) {
  if (cursor.swipes < state.swipes.first() || cursor.taps < state.taps.first() ||
      cursor.browses < state.browses.first()) {
    return false;
  }
  for (;;) {
    const std::uint64_t swipe = next_ordinal(state.swipes, cursor.swipes);
    const std::uint64_t tap = next_ordinal(state.taps, cursor.taps);
    const std::uint64_t browse = next_ordinal(state.browses, cursor.browses);
    if (swipe < tap && swipe < browse) {
      emit(blueprint, View::kSwipe, state.swipes.at(cursor.swipes++), sink);
    } else if (tap < browse) {
      emit(blueprint, View::kTap, state.taps.at(cursor.taps++), sink);
    } else if (browse != std::numeric_limits<std::uint64_t>::max()) {
      emit(blueprint, View::kBrowse, state.browses.at(cursor.browses++), sink);
    } else {
      return true;
    }
  }
}

}  // namespace inkling::feature
