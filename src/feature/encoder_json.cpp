// The JSON form of encoders: as a person writes them in a training file, and as a package keeps them fitted.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/core/file_mistakes.h"
#include "base/core/json_keys.h"
#include "base/core/suggest.h"
#include "feature/encoder_keys.h"

namespace inkling::feature {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr double kMaxIds = 1 << 24;
constexpr double kLargest = 1e300;

constexpr std::array kKinds = {EncoderKind::kIndex, EncoderKind::kCuts,       EncoderKind::kQuantile,
                               EncoderKind::kLog,   EncoderKind::kVocabulary, EncoderKind::kNumber,
                               EncoderKind::kRaw};

constexpr EncoderKey kBins = {"bins", "how many bins", &Encoder::bins, 2, kMaxIds};
constexpr EncoderKey kFittedCuts = {"cuts", "the fitted cut points", &Encoder::cuts, 0, 0, false, true};
constexpr std::array kIndexKeys = {EncoderKey{"size", "number of values", &Encoder::size, 1, kMaxIds, true}};
constexpr std::array kCutsKeys = {EncoderKey{"cuts", "where bins begin, increasing", &Encoder::cuts, 0, 0, true}};
constexpr std::array kQuantileKeys = {kBins, kFittedCuts};
constexpr std::array kLogKeys = {kBins, EncoderKey{"min", "lower end", &Encoder::minimum, 1e-9, kLargest},
                                 EncoderKey{"max", "upper end", &Encoder::maximum, 1e-9, kLargest}, kFittedCuts};
constexpr std::array kVocabularyKeys = {
    EncoderKey{"max_entries", "keep the most frequent names", &Encoder::max_entries, 0, kMaxIds},
    EncoderKey{"min_count", "keep names seen at least so often", &Encoder::min_count, 1, kMaxIds},
    EncoderKey{"fallback", "ids shared by all unknown names", &Encoder::fallback, 1, kMaxIds},
    EncoderKey{"entries", "the fitted names' hashes", &Encoder::entries, 0, 0, false, true},
    EncoderKey{"added", "hashes of names added later, in order", &Encoder::added, 0, 0, false, true}};
constexpr std::array kNumberKeys = {
    EncoderKey{"log1p", "take the logarithm first", &Encoder::log1p},
    EncoderKey{"mean", "the fitted mean", &Encoder::mean, -kLargest, kLargest, false, true},
    EncoderKey{"deviation", "the fitted deviation", &Encoder::deviation, 1e-300, kLargest, false, true},
    EncoderKey{"clip", "cut to plus and minus this many deviations", &Encoder::clip, 1e-3, kLargest},
    EncoderKey{"missing_as", "what stands for a missing value", &Encoder::missing_as, -kLargest, kLargest}};

Result<EncoderKind> kind_from_json(const JsonView& json) {
  INKLING_ASSIGN(const std::string name, json.text("kind"));
  std::vector<std::string_view> known;
  for (const EncoderKind kind : kKinds) {
    if (encoder_kind_name(kind) == name) return kind;
    known.push_back(encoder_kind_name(kind));
  }
  return base::invalid_input(json.path() + ".kind: \"" + name + "\" is no encoder; " +
                             base::expected_one_of(name, known));
}

// Reads one value into the member that its key names.
struct ReadValue {
  const JsonView& value;
  const EncoderKey& key;
  Encoder& encoder;

  Status operator()(std::uint32_t Encoder::*member) const {
    INKLING_ASSIGN(const std::int64_t count,
                   value.as_integer(static_cast<std::int64_t>(key.low), static_cast<std::int64_t>(key.high)));
    encoder.*member = static_cast<std::uint32_t>(count);
    return {};
  }
  Status operator()(double Encoder::*member) const {
    INKLING_ASSIGN(encoder.*member, value.as_number(key.low, key.high));
    return {};
  }
  Status operator()(std::optional<double> Encoder::*member) const {
    INKLING_ASSIGN(encoder.*member, value.as_number(key.low, key.high));
    return {};
  }
  Status operator()(bool Encoder::*member) const {
    INKLING_ASSIGN(encoder.*member, value.as_boolean());
    return {};
  }
  Status operator()(std::vector<double> Encoder::*member) const {
    INKLING_ASSIGN(const auto elements, value.as_elements());
    for (const JsonView& element : elements) {
      INKLING_ASSIGN(const double cut, element.as_number());
      if (!(encoder.*member).empty() && cut <= (encoder.*member).back()) {
        return element.refuse(element.json().to_text() +
                              " does not lie above the one before it; cuts must increase "
                              "strictly");
      }
      (encoder.*member).push_back(cut);
    }
    return {};
  }
  Status operator()(std::vector<std::uint64_t> Encoder::*member) const {
    INKLING_ASSIGN(const auto elements, value.as_elements());
    for (const JsonView& element : elements) {
      INKLING_ASSIGN(const std::int64_t bits, element.as_integer());
      const auto entry = std::bit_cast<std::uint64_t>(bits);
      if (!(encoder.*member).empty() && entry <= (encoder.*member).back()) {
        return element.refuse("entries must be sorted");
      }
      (encoder.*member).push_back(entry);
    }
    return {};
  }
  Status operator()(AddedNames Encoder::*member) const {
    INKLING_ASSIGN(const auto elements, value.as_elements());
    std::vector<std::uint64_t> names;
    for (const JsonView& element : elements) {
      INKLING_ASSIGN(const std::int64_t bits, element.as_integer());
      names.push_back(std::bit_cast<std::uint64_t>(bits));
      if (encoder.knows(names.back())) return element.refuse("this name stands in entries already");
    }
    if (!(encoder.*member).append(names)) return value.refuse("a name stands there twice");
    return {};
  }
};

Status check_known(const JsonView& json, EncoderKind kind) {
  std::vector<std::string_view> known = {"kind"};
  for (const EncoderKey& key : encoder_keys(kind)) known.push_back(key.name);
  return base::only_keys(json, known);
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
  if (encoder.added.size() == 0) return;
  Json added = Json::array();
  for (const std::uint64_t name : encoder.added.names()) added.push(std::bit_cast<std::int64_t>(name));
  json.set("added", std::move(added));
}

void write_number(const Encoder& encoder, Json& json) {
  json.set("log1p", encoder.log1p);
  json.set("mean", encoder.mean);
  json.set("deviation", encoder.deviation);
  json.set("clip", encoder.clip);
  if (encoder.missing_as.has_value()) json.set("missing_as", *encoder.missing_as);
}

}  // namespace

std::span<const EncoderKind> encoder_kinds() {
  return kKinds;
}

std::span<const EncoderKey> encoder_keys(EncoderKind kind) {
  switch (kind) {
    case EncoderKind::kIndex:
      return kIndexKeys;
    case EncoderKind::kCuts:
      return kCutsKeys;
    case EncoderKind::kQuantile:
      return kQuantileKeys;
    case EncoderKind::kLog:
      return kLogKeys;
    case EncoderKind::kVocabulary:
      return kVocabularyKeys;
    case EncoderKind::kNumber:
      return kNumberKeys;
    case EncoderKind::kRaw:
      break;
  }
  return {};
}

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
    case EncoderKind::kRaw:
      break;
  }
  return json;
}

Result<Encoder> encoder_from_json(const JsonView& json) {
  Encoder encoder;
  INKLING_ASSIGN(encoder.kind, kind_from_json(json));
  base::Refusals refusals;
  refusals.note(check_known(json, encoder.kind));
  for (const EncoderKey& key : encoder_keys(encoder.kind)) {
    if (!key.required && !json.has(key.name)) continue;
    const auto value = json.member(key.name);
    if (!refusals.note(value.status())) continue;
    refusals.note(std::visit(ReadValue{*value, key, encoder}, key.member));
  }
  if (encoder.maximum <= encoder.minimum) refusals.note(json.refuse("max must be above min"));
  if (!refusals.empty()) return refusals.status();
  return encoder;
}

}  // namespace inkling::feature
