#include "wire/gestures_form.h"

#include <string>

#include "gesture/extractor.h"

namespace inkling::wire {
namespace {

constexpr std::size_t kFewestCells = 5;
constexpr std::size_t kMostCells = 9;

using Cells = std::array<std::int64_t, kMostCells>;  // in the order of the wire

template <typename Integer>
bool read_as(const Element& json, std::int64_t& value, ReadContext& context) {
  return read_integer(json, std::numeric_limits<Integer>::min(), std::numeric_limits<Integer>::max(), value, context);
}

bool read_cell(std::size_t cell, const Element& json, std::int64_t& value, ReadContext& context) {
  if (cell == 1) return read_integer(json, 0, static_cast<std::int64_t>(gesture::kPhaseCount) - 1, value, context);
  return cell < kFewestCells ? read_as<std::int32_t>(json, value, context)
                             : read_as<std::int16_t>(json, value, context);
}

// Cells that the row leaves out stay as they are.
bool read_row(const Element& json, Cells& cells, ReadContext& context) {
  simdjson::dom::array array;
  if (json.get_array().get(array) != simdjson::SUCCESS || array.size() < kFewestCells || array.size() > kMostCells) {
    return context.fail_value(json, "is not an array of 5 to 9 integers");
  }
  std::size_t cell = 0;
  for (const Element element : array) {
    if (!read_cell(cell, element, cells[cell], context)) return context.fail_within(cell);
    ++cell;
  }
  return true;
}

gesture::Sample sample_of(const Cells& cells) {
  const auto index = [&](std::size_t cell) { return static_cast<std::int16_t>(cells[cell]); };
  gesture::Sample sample;
  sample.at_ms = cells[0];
  sample.phase = static_cast<gesture::Phase>(cells[1]);
  sample.id = static_cast<std::int32_t>(cells[2]);
  sample.x_px = static_cast<float>(cells[3]);
  sample.y_px = static_cast<float>(cells[4]);
  sample.context = {index(5), index(6), index(7), index(8)};
  return sample;
}

class IntoForm final : public gesture::Sink {
 public:
  explicit IntoForm(domain::Gestures& form) : form_(form) {}
  void swipe(const domain::Swipe& swipe, domain::Pointer) override { form_.swipes.push_back(swipe); }
  void tap(const domain::Tap& tap, domain::Pointer) override { form_.taps.push_back(tap); }

 private:
  domain::Gestures& form_;
};

bool fits(std::size_t count, std::size_t limit, const char* what, ReadContext& context) {
  if (count <= limit) return true;
  context.fail("hold " + std::to_string(count) + " " + what + "; at most " + std::to_string(limit) +
               " are allowed in one event, so send samples in smaller batches");
  return context.fail_within("samples");
}

}  // namespace

bool SampleRowsCodec::read(const Element& json, std::vector<gesture::Sample>& rows, ReadContext& context) {
  simdjson::dom::array array;
  if (json.get_array().get(array) != simdjson::SUCCESS) return context.fail_value(json, "is not an array");
  if (array.size() > gesture::kMaxSamples) {
    return context.fail("has " + std::to_string(array.size()) + " elements; at most " + std::to_string(gesture::kMaxSamples) +
                        " are allowed in one event");
  }
  rows.reserve(array.size());
  Cells cells{};
  for (const Element element : array) {
    if (!read_row(element, cells, context)) return context.fail_within(rows.size());
    rows.push_back(sample_of(cells));
  }
  return true;
}

bool ScreenCodec::read(const Element& json, gesture::Screen& screen, ReadContext& context) {
  simdjson::dom::array array;
  if (json.get_array().get(array) != simdjson::SUCCESS || array.size() != 2) {
    return context.fail_value(json, "is not a screen; expected [width, height] in CSS pixels");
  }
  std::size_t side = 0;
  for (const Element element : array) {
    std::int64_t size_px = 0;
    if (!read_integer(element, 1, gesture::kLargestScreenPx, size_px, context)) return context.fail_within(side);
    (side == 0 ? screen.width_px : screen.height_px) = static_cast<float>(size_px);
    ++side;
  }
  return true;
}

bool extract_gestures(GesturesForm& form, ReadContext& context) {
  if (!form.samples) return true;
  if (!form.swipes.empty() || !form.taps.empty()) {
    context.fail("are given beside swipes or taps; an event carries one or the other");
    return context.fail_within("samples");
  }
  IntoForm sink(form);
  gesture::Extractor extractor(form.samples->screen);
  for (gesture::Sample& sample : form.samples->rows) {
    sample.pointer = form.pointer;
    extractor.push(sample, sink);
  }
  extractor.finish(sink);
  return fits(form.swipes.size(), domain::kMaxSwipes, "swipes", context) &&
         fits(form.taps.size(), domain::kMaxTaps, "taps", context);
}

}  // namespace inkling::wire
