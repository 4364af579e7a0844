#include "feature/encoder.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace inkling::feature {
namespace {

std::uint32_t cut_id(const std::vector<double>& cuts, double value) {
  const auto above = std::upper_bound(cuts.begin(), cuts.end(), value);
  return kFirstId + static_cast<std::uint32_t>(above - cuts.begin());
}

// Beyond float's range lies nothing that trees could tell apart from its end.
float raw_float(const Value& value) {
  constexpr double kLargest = std::numeric_limits<float>::max();
  if (value.missing || std::isnan(value.number)) return std::numeric_limits<float>::quiet_NaN();
  return static_cast<float>(std::clamp(value.number, -kLargest, kLargest));
}

std::uint32_t index_id(std::uint32_t size, double value) {
  const double last = static_cast<double>(size) - 1;
  return kFirstId + static_cast<std::uint32_t>(std::clamp(value, 0.0, last));
}

}  // namespace

std::uint32_t Encoder::id_count() const {
  switch (kind) {
    case EncoderKind::kIndex:
      return kFirstId + size;
    case EncoderKind::kCuts:
    case EncoderKind::kQuantile:
    case EncoderKind::kLog:
      return kFirstId + static_cast<std::uint32_t>(cuts.size()) + 1;
    case EncoderKind::kVocabulary:
      return first_shared_id() + fallback + added.size();
    case EncoderKind::kNumber:
    case EncoderKind::kRaw:
      return 0;
  }
  return 0;
}

std::uint32_t Encoder::id(const Value& value) const {
  if (value.missing || std::isnan(value.number)) return kMissingId;
  if (kind == EncoderKind::kIndex) return index_id(size, value.number);
  if (kind != EncoderKind::kVocabulary) return cut_id(cuts, value.number);
  const auto found = std::lower_bound(entries.begin(), entries.end(), value.name);
  if (found != entries.end() && *found == value.name) {
    return kFirstId + static_cast<std::uint32_t>(found - entries.begin());
  }
  const auto place = added.find(value.name);
  return place.has_value() ? first_shared_id() + fallback + *place : shared_id(value.name);
}

bool Encoder::knows(std::uint64_t name) const {
  return std::binary_search(entries.begin(), entries.end(), name) || added.find(name).has_value();
}

std::uint32_t Encoder::origin_of(std::uint32_t id) const {
  if (kind != EncoderKind::kVocabulary || id < first_shared_id() + fallback) return id;
  return shared_id(added.names()[id - first_shared_id() - fallback]);
}

double Encoder::transformed(double value) const {
  return log1p ? std::log1p(std::max(value, 0.0)) : value;
}

std::optional<double> Encoder::raw_number(const Value& value) const {
  if (!value.missing && !std::isnan(value.number)) return transformed(value.number);
  if (missing_as.has_value()) return transformed(*missing_as);
  return std::nullopt;
}

float Encoder::number(const Value& value) const {
  if (kind == EncoderKind::kRaw) return raw_float(value);
  const std::optional<double> raw = raw_number(value);
  if (!raw.has_value()) return 0.0F;
  const double standard = (*raw - mean) / deviation;
  return static_cast<float>(std::clamp(standard, -clip, clip));
}

std::string_view encoder_kind_name(EncoderKind kind) {
  constexpr std::string_view kNames[] = {"index", "cuts", "quantile", "log", "vocabulary", "number", "raw"};
  return kNames[static_cast<std::size_t>(kind)];
}

ValueKind encoder_input(EncoderKind kind) {
  return kind == EncoderKind::kVocabulary ? ValueKind::kName : ValueKind::kNumber;
}

}  // namespace inkling::feature
