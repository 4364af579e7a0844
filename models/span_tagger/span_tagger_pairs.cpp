#include "models/span_tagger/span_tagger_pairs.h"

#include <algorithm>

#include "models/span_tagger/span_tagger_vocabulary.h"

namespace inkling::models::span_tagger {
namespace {

constexpr std::uint32_t kMostCounted = 3;
constexpr std::array<std::uint32_t, 10> kDistances = {1, 2, 3, 4, 5, 7, 9, 13, 21, 31};  // bounds of the buckets

std::uint32_t distance_id(std::uint32_t distance, bool second_is_behind) {
  const auto bucket = static_cast<std::uint32_t>(std::ranges::upper_bound(kDistances, distance) - kDistances.begin());
  return kFirstKnownId + 1 + bucket + (second_is_behind ? 0 : 11);
}

std::uint32_t count_id(std::ptrdiff_t count) {
  return kFirstKnownId + std::min(static_cast<std::uint32_t>(count), kMostCounted);
}

}  // namespace

std::array<std::uint32_t, kPairColumns> pair_ids(std::span<const base::CodePoint> text,
                                                 std::span<const PlacedSpan> spans, const PlacedSpan& first,
                                                 const PlacedSpan& second) {
  const bool behind = second.begin >= first.end, before = first.begin >= second.end;
  if (!behind && !before) return {kFirstKnownId, kFirstKnownId, kFirstKnownId, kFirstKnownId};
  const std::uint32_t begin = behind ? first.end : second.end, end = behind ? second.begin : first.begin;
  const auto between = [&](std::uint32_t type) {
    return std::ranges::count_if(
        spans, [&](const PlacedSpan& span) { return span.type == type && span.begin >= begin && span.end <= end; });
  };
  const auto gap = text.subspan(begin, end - begin);
  return {distance_id(end - begin, behind),
          count_id(std::ranges::count_if(gap, [](const base::CodePoint& c) { return is_mark(c.value); })),
          count_id(between(first.type)), count_id(between(second.type))};
}

}  // namespace inkling::models::span_tagger
