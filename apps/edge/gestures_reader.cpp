#include "apps/edge/gestures_reader.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/core/suggest.h"
#include "gesture/extractor.h"

namespace inkling::edge {
namespace {

using base::JsonView;
using base::Status;

constexpr std::size_t kFewestSampleCells = 5;
constexpr std::size_t kMostSampleCells = 9;

Status refuse_count(const JsonView& view, std::size_t count, std::size_t most) {
  return view.refuse("it has " + std::to_string(count) + " elements; at most " + std::to_string(most) +
                     " are allowed in one event");
}

template <typename Integer>
Status read_cell(const JsonView& cell, Integer& out) {
  using Limits = std::numeric_limits<Integer>;
  INKLING_ASSIGN(const std::int64_t value, cell.as_integer(Limits::min(), Limits::max()));
  out = static_cast<Integer>(value);
  return {};
}

// A row of exactly these members.
template <typename Row, typename... Members>
Status read_row(const JsonView& view, Row& row, Members... members) {
  INKLING_ASSIGN(const auto cells, view.as_elements());
  if (cells.size() != sizeof...(members)) {
    return view.refuse("it has " + std::to_string(cells.size()) + " elements; expected " +
                       std::to_string(sizeof...(members)) + " integers");
  }
  std::size_t next = 0;
  Status status;
  static_cast<void>(((status = read_cell(cells[next++], row.*members)).ok() && ...));
  return status;
}

Status read_one(const JsonView& view, domain::Swipe& row) {
  using S = domain::Swipe;
  return read_row(view, row, &S::offset_ms, &S::duration_ms, &S::tap_x, &S::tap_y, &S::start_x, &S::start_y,
                  &S::end_x, &S::end_y, &S::page, &S::action);
}
Status read_one(const JsonView& view, domain::Tap& row) {
  using T = domain::Tap;
  return read_row(view, row, &T::offset_ms, &T::x, &T::y, &T::page, &T::event, &T::button);
}

template <typename Row>
Status read_rows(const Members& members, std::string_view key, std::size_t most, std::vector<Row>& out) {
  const auto view = members.said(key);
  if (!view) return {};
  INKLING_ASSIGN(const auto elements, view->as_elements());
  if (elements.size() > most) return refuse_count(*view, elements.size(), most);
  out.reserve(elements.size());
  for (const JsonView& element : elements) INKLING_TRY(read_one(element, out.emplace_back()));
  return {};
}

Status read_pointer(const Members& members, domain::Pointer& pointer) {
  const auto view = members.said("pointer");
  if (!view) return {};
  INKLING_ASSIGN(const std::string name, view->as_text());
  const auto place = std::ranges::find(domain::kPointerNames, name);
  if (place == domain::kPointerNames.end()) {
    return view->refuse("\"" + name + "\" is not a pointer; " + base::expected_one_of(name, domain::kPointerNames));
  }
  pointer = static_cast<domain::Pointer>(place - domain::kPointerNames.begin());
  return {};
}

using Cells = std::array<std::int64_t, kMostSampleCells>;  // in the order of the wire

// Cells that the row leaves out stay as they are.
Status read_sample(const JsonView& view, Cells& cells) {
  INKLING_ASSIGN(const auto elements, view.as_elements());
  if (elements.size() < kFewestSampleCells || elements.size() > kMostSampleCells) {
    return view.refuse("it has " + std::to_string(elements.size()) + " elements; expected 5 to 9 integers");
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    std::int32_t wide = 0;
    std::int16_t index = 0;
    const Status read = i < kFewestSampleCells ? read_cell(elements[i], wide) : read_cell(elements[i], index);
    if (!read.ok()) return read;
    cells[i] = i < kFewestSampleCells ? wide : index;
  }
  const auto last_phase = static_cast<std::int64_t>(gesture::kPhaseCount) - 1;
  return elements[1].as_integer(0, last_phase).status();
}

gesture::Sample sample_of(const Cells& cells, domain::Pointer pointer) {
  const auto index = [&](std::size_t cell) { return static_cast<std::int16_t>(cells[cell]); };
  gesture::Sample sample;
  sample.at_ms = cells[0];
  sample.phase = static_cast<gesture::Phase>(cells[1]);
  sample.pointer = pointer;
  sample.id = static_cast<std::int32_t>(cells[2]);
  sample.x_px = static_cast<float>(cells[3]);
  sample.y_px = static_cast<float>(cells[4]);
  sample.context = {index(5), index(6), index(7), index(8)};
  return sample;
}

class IntoGestures final : public gesture::Sink {
 public:
  explicit IntoGestures(domain::Gestures& gestures) : gestures_(gestures) {}
  void swipe(const domain::Swipe& swipe, domain::Pointer) override { gestures_.swipes.push_back(swipe); }
  void tap(const domain::Tap& tap, domain::Pointer) override { gestures_.taps.push_back(tap); }

 private:
  domain::Gestures& gestures_;
};

base::Result<gesture::Screen> read_screen(const Members& samples) {
  INKLING_TRY(samples.require("screen"));
  INKLING_ASSIGN(const auto sides, samples.said("screen")->as_elements());
  if (sides.size() != 2) return samples.said("screen")->refuse("expected [width, height] in CSS pixels");
  INKLING_ASSIGN(const std::int64_t width_px, sides[0].as_integer(1, gesture::kLargestScreenPx));
  INKLING_ASSIGN(const std::int64_t height_px, sides[1].as_integer(1, gesture::kLargestScreenPx));
  return gesture::Screen{static_cast<float>(width_px), static_cast<float>(height_px)};
}

Status extract(const JsonView& view, domain::Gestures& gestures) {
  INKLING_TRY(view.only_keys({"screen", "rows"}));
  const Members samples(view);
  INKLING_ASSIGN(const gesture::Screen screen, read_screen(samples));
  INKLING_TRY(samples.require("rows"));
  const JsonView rows_view = *samples.said("rows");
  INKLING_ASSIGN(const auto rows, rows_view.as_elements());
  if (rows.size() > gesture::kMaxSamples) return refuse_count(rows_view, rows.size(), gesture::kMaxSamples);
  gesture::Extractor extractor(screen);
  IntoGestures sink(gestures);
  Cells cells{};
  for (const JsonView& row : rows) {
    INKLING_TRY(read_sample(row, cells));
    extractor.push(sample_of(cells, gestures.pointer), sink);
  }
  extractor.finish(sink);
  if (gestures.swipes.size() > domain::kMaxSwipes) {
    return refuse_count(view, gestures.swipes.size(), domain::kMaxSwipes).within("swipes");
  }
  if (gestures.taps.size() > domain::kMaxTaps) {
    return refuse_count(view, gestures.taps.size(), domain::kMaxTaps).within("taps");
  }
  return {};
}

}  // namespace

Status read_gestures(const Members& members, domain::Gestures& gestures) {
  INKLING_TRY(read_rows(members, "swipes", domain::kMaxSwipes, gestures.swipes));
  INKLING_TRY(read_rows(members, "taps", domain::kMaxTaps, gestures.taps));
  INKLING_TRY(read_pointer(members, gestures.pointer));
  const auto samples = members.said("samples");
  if (!samples) return {};
  if (gestures.swipes.empty() && gestures.taps.empty()) return extract(*samples, gestures);
  return samples->refuse("they are given beside swipes or taps; an event carries one or the other");
}

}  // namespace inkling::edge
