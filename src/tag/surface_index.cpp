#include "tag/surface_index.h"

#include <algorithm>
#include <bit>
#include <ranges>

#include "base/core/hash.h"

namespace inkling::tag {
namespace {

constexpr std::size_t kHeadBytes = 6;
constexpr std::uint64_t kLowHalf = 0xFFFFFFFF;

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

// The shortest beginning of whole characters that has kHeadBytes or more, or all of it. So surfaces that share a head
// stand side by side, and a surface shorter than that is alone under its own.
std::string_view head_of(std::string_view text) {
  std::size_t end = kHeadBytes;
  while (end < text.size() && !begins_character(text[end])) ++end;
  return text.substr(0, std::min(end, text.size()));
}

}  // namespace

SurfaceIndex::SurfaceIndex(TextColumns<ViewedColumn> surfaces) : surfaces_(surfaces) {
  const auto count = static_cast<std::uint32_t>(surfaces_.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (i == 0 || head_of(surfaces_[i - 1]) != head_of(surfaces_[i])) head_start_.push_back(i);
  }
  slots_.assign(std::bit_ceil(2 * head_start_.size() + 1), 0);
  for (std::uint32_t head = 0; head < head_start_.size(); ++head) {
    add_head(head_of(surfaces_[head_start_[head]]), head + 1);
  }
  head_start_.push_back(count);
  head_start_.shrink_to_fit();
}

void SurfaceIndex::add_head(std::string_view head, std::uint32_t number) {
  const std::uint64_t hash = base::name_hash(head), mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = (hash & ~kLowHalf) | number;
}

std::optional<SurfaceIndex::Range> SurfaceIndex::find_head(std::string_view head) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t hash = base::name_hash(head), mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if ((slots_[at] & ~kLowHalf) != (hash & ~kLowHalf)) continue;
    const auto number = static_cast<std::uint32_t>(slots_[at] & kLowHalf);
    const Range range{head_start_[number - 1], head_start_[number]};
    if (head_of(surfaces_[range.first]) == head) return range;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> SurfaceIndex::find(std::string_view normal_form) const {
  const auto range = find_head(head_of(normal_form));
  if (!range) return std::nullopt;
  const auto places = std::views::iota(range->first, range->last);
  const auto found =
      std::ranges::lower_bound(places, normal_form, {}, [this](std::uint32_t i) { return surfaces_[i]; });
  if (found == places.end() || surfaces_[*found] != normal_form) return std::nullopt;
  return *found;
}

std::optional<std::uint32_t> SurfaceIndex::longest_beginning(std::string_view text) const {
  const std::string_view head = head_of(text);
  std::size_t end = head.size();
  if (end >= kHeadBytes) {
    if (const auto range = find_head(head)) {
      if (const auto found = longest_among(*range, text)) return found;
    }
    end = kHeadBytes - 1;
  }
  for (; end > 0; --end) {
    if (end < text.size() && !begins_character(text[end])) continue;
    if (const auto range = find_head(text.substr(0, end))) return range->first;
  }
  return std::nullopt;
}

// The greatest surface that is not behind the text is the longest beginning of it, or shares as many bytes with it as
// any beginning could have.
std::optional<std::uint32_t> SurfaceIndex::longest_among(Range range, std::string_view text) const {
  while (range.first < range.last) {
    const auto places = std::views::iota(range.first, range.last);
    const auto behind = std::ranges::upper_bound(places, text, {}, [this](std::uint32_t i) { return surfaces_[i]; });
    if (behind == places.begin()) return std::nullopt;
    const std::uint32_t nearest = *(behind - 1);
    const std::string_view surface = surfaces_[nearest];
    const auto shared = static_cast<std::size_t>(std::ranges::mismatch(surface, text).in1 - surface.begin());
    if (shared == surface.size()) return nearest;
    text = text.substr(0, shared);
    range.last = nearest;
  }
  return std::nullopt;
}

SurfaceIndex::Range SurfaceIndex::beginning_with(std::string_view prefix) const {
  const auto places = std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(surfaces_.size()));
  const auto cut = [&](std::uint32_t i) { return surfaces_[i].substr(0, prefix.size()); };
  const auto found = std::ranges::equal_range(places, prefix, {}, cut);
  const auto first = static_cast<std::uint32_t>(found.begin() - places.begin());
  return {first, first + static_cast<std::uint32_t>(found.size())};
}

}  // namespace inkling::tag
