#include "apps/edge/edge_json.h"

#include <cmath>
#include <iterator>
#include <vector>

#include "apps/edge/inkling_edge.h"

namespace inkling::edge {
namespace {

void append_number(std::string& out, std::int64_t number) {
  char digits[20];
  char* first = std::end(digits);
  std::uint64_t left = number < 0 ? -static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  do {
    *--first = static_cast<char>('0' + left % 10);
    left /= 10;
  } while (left > 0);
  if (number < 0) out += '-';
  out.append(first, std::end(digits));
}

// Names were checked when the package was read: nothing in them needs a backslash.
void append_text(std::string& out, std::string_view key, std::string_view value) {
  out += key;
  out += ":\"";
  out += value;
  out += '"';
}

void append_row(std::string& out, std::initializer_list<std::int32_t> numbers) {
  char separator = '[';
  for (const std::int32_t number : numbers) {
    out += separator;
    append_number(out, number);
    separator = ',';
  }
  out += ']';
}

void append_row(std::string& out, const domain::Swipe& swipe) {
  append_row(out, {swipe.offset_ms, swipe.duration_ms, swipe.tap_x, swipe.tap_y, swipe.start_x, swipe.start_y,
                   swipe.end_x, swipe.end_y, swipe.page, swipe.action});
}
void append_row(std::string& out, const domain::Tap& tap) {
  append_row(out, {tap.offset_ms, tap.x, tap.y, tap.page, tap.event, tap.button});
}

template <typename Row>
void append_rows(std::string& out, std::string_view name, const std::vector<Row>& rows) {
  out += ",\"";
  out += name;
  out += "\":[";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += ',';
    append_row(out, rows[i]);
  }
  out += ']';
}

// A weight from 0 to 1, with six digits.
void append_weight(std::string& out, float weight) {
  constexpr float kMillion = 1'000'000;
  const float scaled = std::isfinite(weight) ? std::fmin(std::fmax(weight, 0), 1) * kMillion : 0;
  append_number(out, static_cast<std::int64_t>(std::nearbyint(scaled)));
  out += "e-6";
}

void append_weights(std::string& out, std::span<const float> weights) {
  out += '[';
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (i > 0) out += ',';
    append_weight(out, weights[i]);
  }
  out += ']';
}

// How much the view's records looked at each record of the others: the mean over its own; zeros when it has none.
std::vector<float> column_means(const feature::ViewAttention& view) {
  std::size_t columns = 0;
  for (const std::size_t count : view.column_counts) columns += count;
  std::vector<float> means(columns);
  for (std::size_t i = 0; columns > 0 && i < view.inter.size(); ++i) {
    means[i % columns] += view.inter[i] / static_cast<float>(view.rows);
  }
  return means;
}

void append_partners(std::string& out, const feature::ViewAttention& view) {
  const std::vector<float> means = column_means(view);
  std::size_t first = 0;
  for (std::size_t i = 0; i < view.column_views.size(); ++i) {
    append_text(out, i > 0 ? ",{\"view\"" : "{\"view\"", view.column_views[i]);
    out += ",\"weights\":";
    append_weights(out, std::span(means).subspan(first, view.column_counts[i]));
    first += view.column_counts[i];
    out += '}';
  }
}

}  // namespace

std::string info_json(const feature::ScorerInfo& info, std::string_view precision, std::size_t memory_bytes) {
  std::string out = "{\"abi\":";
  append_number(out, INKLING_EDGE_ABI);
  append_text(out, ",\"model\"", info.model);
  append_text(out, ",\"version\"", info.version);
  append_text(out, ",\"precision\"", precision);
  out += ",\"targets\":";
  char separator = '[';
  for (const feature::Target& target : info.targets) {
    out += separator;
    append_text(out, "{\"name\"", target.name);
    out += ",\"horizon_ms\":";
    append_number(out, target.horizon_ms);
    out += '}';
    separator = ',';
  }
  out += "],\"memory_bytes\":";
  append_number(out, static_cast<std::int64_t>(memory_bytes));
  return out + "}";
}

std::string explain_json(std::span<const feature::ViewAttention> views) {
  std::string out = "[";
  for (const feature::ViewAttention& view : views) {
    append_text(out, out.size() > 1 ? ",{\"view\"" : "{\"view\"", view.view);
    out += ",\"rows\":";
    append_number(out, static_cast<std::int64_t>(view.rows));
    out += ",\"intra\":";
    append_weights(out, view.intra);
    out += ",\"inter\":[";
    append_partners(out, view);
    out += "]}";
  }
  return out + "]";
}

std::string gestures_json(const GestureBatch& batch) {
  std::string out = "{\"ts_ms\":";
  append_number(out, batch.ts_ms);
  append_text(out, ",\"pointer\"", domain::kPointerNames[static_cast<std::size_t>(batch.gestures.pointer)]);
  append_rows(out, "swipes", batch.gestures.swipes);
  append_rows(out, "taps", batch.gestures.taps);
  return out + "}";
}

}  // namespace inkling::edge
