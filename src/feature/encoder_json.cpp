// The JSON form of encoders: as a person writes them in a training file, and as a package keeps them fitted.
#include <bit>
#include <cmath>

#include "base/core/suggest.h"
#include "feature/encoder.h"

namespace inkling::feature {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr std::int64_t kMaxIds = 1 << 24;

Result<EncoderKind> kind_from_json(const JsonView& json) {
  INKLING_ASSIGN(const std::string name, json.text("kind"));
  std::vector<std::string_view> known;
  for (int i = 0; i <= static_cast<int>(EncoderKind::kNumber); ++i) {
    const auto kind = static_cast<EncoderKind>(i);
    if (encoder_kind_name(kind) == name) return kind;
    known.push_back(encoder_kind_name(kind));
  }
  return json.refuse("kind \"" + name + "\" is unknown; " + base::expected_one_of(name, known));
}

Result<std::uint32_t> count(const JsonView& json, std::string_view key, std::uint32_t otherwise, std::int64_t low) {
  if (!json.has(key)) return otherwise;
  INKLING_ASSIGN(const std::int64_t value, json.integer(key, low, kMaxIds));
  return static_cast<std::uint32_t>(value);
}

Result<double> number(const JsonView& json, std::string_view key, double otherwise, double low) {
  if (!json.has(key)) return otherwise;
  return json.number(key, low, 1e300);
}

Status read_cuts(const JsonView& json, Encoder& encoder) {
  if (!json.has("cuts")) {
    return encoder.kind == EncoderKind::kCuts ? json.refuse("an encoder of kind cuts needs \"cuts\"") : Status();
  }
  INKLING_ASSIGN(const auto elements, json.elements("cuts"));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const double cut, element.as_number());
    if (!encoder.cuts.empty() && cut <= encoder.cuts.back()) return element.refuse("cuts must increase strictly");
    encoder.cuts.push_back(cut);
  }
  return {};
}

Status read_bins(const JsonView& json, Encoder& encoder) {
  INKLING_ASSIGN(encoder.bins, count(json, "bins", encoder.bins, 2));
  if (encoder.kind == EncoderKind::kLog) {
    INKLING_ASSIGN(encoder.minimum, number(json, "min", encoder.minimum, 1e-9));
    INKLING_ASSIGN(encoder.maximum, number(json, "max", encoder.maximum, 1e-9));
    if (encoder.maximum <= encoder.minimum) return json.refuse("max must be above min");
  }
  return read_cuts(json, encoder);
}

Status read_vocabulary(const JsonView& json, Encoder& encoder) {
  INKLING_ASSIGN(encoder.max_entries, count(json, "max_entries", encoder.max_entries, 0));
  INKLING_ASSIGN(encoder.min_count, count(json, "min_count", encoder.min_count, 1));
  INKLING_ASSIGN(encoder.fallback, count(json, "fallback", encoder.fallback, 1));
  if (!json.has("entries")) return {};
  INKLING_ASSIGN(const auto elements, json.elements("entries"));
  for (const JsonView& element : elements) {
    INKLING_ASSIGN(const std::int64_t bits, element.as_integer());
    const auto entry = std::bit_cast<std::uint64_t>(bits);
    if (!encoder.entries.empty() && entry <= encoder.entries.back()) return element.refuse("entries must be sorted");
    encoder.entries.push_back(entry);
  }
  return {};
}

Status read_number(const JsonView& json, Encoder& encoder) {
  if (json.has("log1p")) {
    INKLING_ASSIGN(encoder.log1p, json.boolean("log1p"));
  }
  INKLING_ASSIGN(encoder.mean, number(json, "mean", encoder.mean, -1e300));
  INKLING_ASSIGN(encoder.deviation, number(json, "deviation", encoder.deviation, 1e-300));
  INKLING_ASSIGN(encoder.clip, number(json, "clip", encoder.clip, 1e-3));
  if (json.has("missing_as")) {
    INKLING_ASSIGN(encoder.missing_as, json.number("missing_as", -1e300, 1e300));
  }
  return {};
}

void write_bins(const Encoder& encoder, Json& json) {
  if (encoder.kind != EncoderKind::kCuts) json.set("bins", encoder.bins);
  if (encoder.kind == EncoderKind::kLog) {
    json.set("min", encoder.minimum);
    json.set("max", encoder.maximum);
  }
  if (encoder.cuts.empty() && encoder.kind != EncoderKind::kCuts) return;
  Json cuts = Json::array();
  for (const double cut : encoder.cuts) cuts.push(cut);
  json.set("cuts", std::move(cuts));
}

void write_vocabulary(const Encoder& encoder, Json& json) {
  json.set("max_entries", encoder.max_entries);
  json.set("min_count", encoder.min_count);
  json.set("fallback", encoder.fallback);
  Json entries = Json::array();
  for (const std::uint64_t entry : encoder.entries) entries.push(std::bit_cast<std::int64_t>(entry));
  json.set("entries", std::move(entries));
}

void write_number(const Encoder& encoder, Json& json) {
  json.set("log1p", encoder.log1p);
  json.set("mean", encoder.mean);
  json.set("deviation", encoder.deviation);
  json.set("clip", encoder.clip);
  if (encoder.missing_as.has_value()) json.set("missing_as", *encoder.missing_as);
}

}  // namespace

Json encoder_to_json(const Encoder& encoder) {
  Json json = Json::object();
  json.set("kind", encoder_kind_name(encoder.kind));
  switch (encoder.kind) {
    case EncoderKind::kIndex:
      json.set("size", encoder.size);
      break;
    case EncoderKind::kCuts:
    case EncoderKind::kQuantile:
    case EncoderKind::kLog:
      write_bins(encoder, json);
      break;
    case EncoderKind::kVocabulary:
      write_vocabulary(encoder, json);
      break;
    case EncoderKind::kNumber:
      write_number(encoder, json);
      break;
  }
  return json;
}

Result<Encoder> encoder_from_json(const JsonView& json) {
  Encoder encoder;
  INKLING_ASSIGN(encoder.kind, kind_from_json(json));
  switch (encoder.kind) {
    case EncoderKind::kIndex: {
      INKLING_TRY(json.only_keys({"kind", "size"}));
      INKLING_ASSIGN(const std::int64_t size, json.integer("size", 1, kMaxIds));
      encoder.size = static_cast<std::uint32_t>(size);
      break;
    }
    case EncoderKind::kCuts:
      INKLING_TRY(json.only_keys({"kind", "cuts"}));
      INKLING_TRY(read_cuts(json, encoder));
      break;
    case EncoderKind::kQuantile:
      INKLING_TRY(json.only_keys({"kind", "bins", "cuts"}));
      INKLING_TRY(read_bins(json, encoder));
      break;
    case EncoderKind::kLog:
      INKLING_TRY(json.only_keys({"kind", "bins", "min", "max", "cuts"}));
      INKLING_TRY(read_bins(json, encoder));
      break;
    case EncoderKind::kVocabulary:
      INKLING_TRY(json.only_keys({"kind", "max_entries", "min_count", "fallback", "entries"}));
      INKLING_TRY(read_vocabulary(json, encoder));
      break;
    case EncoderKind::kNumber:
      INKLING_TRY(json.only_keys({"kind", "log1p", "mean", "deviation", "clip", "missing_as"}));
      INKLING_TRY(read_number(json, encoder));
      break;
  }
  return encoder;
}

}  // namespace inkling::feature
