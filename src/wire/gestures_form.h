// A gestures event as it comes: swipes and taps, or raw pointer samples, which become swipes and taps here, before
// anyone keeps the event. Private to src/wire. The kept form is domain::Gestures alone.
//
// Samples start anew in every event: what is under way at the last one ends there. Thread safety: pure functions.
// Cost: one pass over the rows. Failure: false, with the context told why.
#pragma once

#include <optional>
#include <vector>

#include "gesture/sample.h"
#include "wire/event_fields.h"

namespace inkling::wire {

// Rows of 5 to 9 integers: offset_ms, phase, id, x, y, and then page, action, event, button, which are as in the row
// before when left out.
struct SampleRowsCodec {
  static bool read(const Element& json, std::vector<gesture::Sample>& rows, ReadContext& context);
};
// [width, height] in CSS pixels.
struct ScreenCodec {
  static bool read(const Element& json, gesture::Screen& screen, ReadContext& context);
};

struct RawSamples {
  gesture::Screen screen;
  std::vector<gesture::Sample> rows;
};
struct GesturesForm : domain::Gestures {
  std::optional<RawSamples> samples;
};

// A member that is only ever read.
template <typename T, typename Codec, auto kMember>
constexpr Field<T> read_only_field(std::string_view name, bool required = false) {
  return {
      name, required,
      [](const Element& json, T& value, ReadContext& context) { return Codec::read(json, value.*kMember, context); },
      nullptr, nullptr};
}

template <>
struct FieldsOf<RawSamples> {
  using T = RawSamples;
  static constexpr std::array kAll = {
      read_only_field<T, ScreenCodec, &T::screen>("screen", true),
      read_only_field<T, SampleRowsCodec, &T::rows>("rows", true),
  };
};

// What is kept is read as it is written.
template <>
struct FieldsOf<GesturesForm> {
  using T = GesturesForm;
  using Kept = FieldsOf<domain::Gestures>;
  static constexpr std::array kAll = {
      read_only_field<T, Kept::SwipesCodec, &domain::Gestures::swipes>("swipes"),
      read_only_field<T, Kept::TapsCodec, &domain::Gestures::taps>("taps"),
      read_only_field<T, PointerCodec, &domain::Gestures::pointer>("pointer"),
      read_only_field<T, OptionalCodec<ObjectCodec<RawSamples>>, &T::samples>("samples"),
  };
};

// Turns the samples, if any, into swipes and taps.
[[nodiscard]] bool extract_gestures(GesturesForm& form, ReadContext& context);

}  // namespace inkling::wire
