#include "apps/edge/edge_json.h"

#include <cmath>
#include <vector>

#include "apps/edge/inkling_edge.h"
#include "base/core/json.h"

namespace inkling::edge {
namespace {

using base::Json;

void append_row(std::string& out, std::initializer_list<std::int32_t> numbers) {
  char separator = '[';
  for (const std::int32_t number : numbers) {
    out += separator;
    out += std::to_string(number);
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

// A weight from 0 to 1 with six digits.
void append_weight(std::string& out, float weight) {
  constexpr double kMillion = 1'000'000;
  const double scaled = std::isfinite(weight) ? std::fmin(std::fmax(weight, 0), 1) * kMillion : 0;
  const std::string digits = std::to_string(std::lround(scaled));
  out += digits.size() > 6 ? "1." : "0.";
  out.append(digits.size() > 6 ? 0 : 6 - digits.size(), '0');
  out += digits.size() > 6 ? digits.substr(1) : digits;
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
    out += i > 0 ? ",{\"view\":\"" : "{\"view\":\"";
    out += view.column_views[i] + "\",\"weights\":";
    append_weights(out, std::span(means).subspan(first, view.column_counts[i]));
    first += view.column_counts[i];
    out += '}';
  }
}

}  // namespace

std::string info_json(const feature::ScorerInfo& info, std::string_view precision, std::size_t memory_bytes) {
  Json targets = Json::array();
  for (const feature::Target& target : info.targets) {
    targets.push(Json::object().set("name", target.name).set("horizon_ms", target.horizon_ms));
  }
  Json json = Json::object();
  json.set("abi", INKLING_EDGE_ABI).set("model", info.model).set("version", info.version);
  json.set("precision", precision).set("targets", std::move(targets));
  return json.set("memory_bytes", static_cast<std::int64_t>(memory_bytes)).to_text();
}

std::string explain_json(std::span<const feature::ViewAttention> views) {
  std::string out = "[";
  for (const feature::ViewAttention& view : views) {
    out += out.size() > 1 ? ",{\"view\":\"" : "{\"view\":\"";
    out += view.view + "\",\"rows\":" + std::to_string(view.rows) + ",\"intra\":";
    append_weights(out, view.intra);
    out += ",\"inter\":[";
    append_partners(out, view);
    out += "]}";
  }
  return out + "]";
}

std::string gestures_json(const GestureBatch& batch) {
  std::string out = "{\"ts_ms\":" + std::to_string(batch.ts_ms) + ",\"pointer\":\"";
  out += domain::kPointerNames[static_cast<std::size_t>(batch.gestures.pointer)];
  out += '"';
  append_rows(out, "swipes", batch.gestures.swipes);
  append_rows(out, "taps", batch.gestures.taps);
  return out + "}";
}

}  // namespace inkling::edge
