#include "tag/surface_index.h"

#include <algorithm>
#include <bit>

#include "base/core/hash.h"

namespace inkling::tag {
namespace {

constexpr std::size_t kHeadBytes = 6;

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

// The first number in [low, last) of which `holds` is not true; it is true of all before. (Clang 14 takes no
// iota_view.)
template <typename Holds>
std::uint32_t first_without(std::uint32_t low, std::uint32_t last, Holds holds) {
  while (low < last) {
    const std::uint32_t middle = low + (last - low) / 2;
    if (holds(middle)) {
      low = middle + 1;
    } else {
      last = middle;
    }
  }
  return low;
}

}  // namespace

// A head that is no surface is known under the first surface that has it; one that is a surface is that first one.
SurfaceIndex::SurfaceIndex(TextColumns<ViewedColumn> surfaces) : surfaces_(surfaces) {
  const auto count = static_cast<std::uint32_t>(surfaces_.size());
  const auto begins_head = [this](std::uint32_t i) {
    const std::string_view head = head_of(surfaces_[i]);
    return head.size() < surfaces_[i].size() && (i == 0 || head_of(surfaces_[i - 1]) != head);
  };
  std::size_t keys = count;
  for (std::uint32_t i = 0; i < count; ++i) keys += begins_head(i) ? 1 : 0;
  slots_.assign(std::bit_ceil(keys + keys / 2 + 1), 0);
  number_mask_ = (std::uint32_t{1} << std::bit_width(count)) - 1;
  for (std::uint32_t i = 0; i < count; ++i) {
    add(surfaces_[i], i);
    if (begins_head(i)) add(head_of(surfaces_[i]), i);
  }
}

void SurfaceIndex::add(std::string_view key, std::uint32_t number) {
  const std::uint64_t hash = base::name_hash(key), mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = (static_cast<std::uint32_t>(hash >> 32) & ~number_mask_) | (number + 1);
}

template <typename Holds>
std::optional<std::uint32_t> SurfaceIndex::look_up(std::string_view key, Holds holds) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t hash = base::name_hash(key), mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    if (((slots_[at] ^ static_cast<std::uint32_t>(hash >> 32)) & ~number_mask_) != 0) continue;
    const std::uint32_t number = (slots_[at] & number_mask_) - 1;
    if (holds(number)) return number;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> SurfaceIndex::find(std::string_view normal_form) const {
  return look_up(normal_form, [&](std::uint32_t i) { return surfaces_[i] == normal_form; });
}

// The first surface of that head; a later one may stand under the same bits of a hash.
std::optional<std::uint32_t> SurfaceIndex::find_head(std::string_view head) const {
  return look_up(head, [&](std::uint32_t i) {
    return head_of(surfaces_[i]) == head && (i == 0 || head_of(surfaces_[i - 1]) != head);
  });
}

std::optional<std::uint32_t> SurfaceIndex::longest_beginning(std::string_view text) const {
  const std::string_view head = head_of(text);
  std::size_t end = head.size();
  if (end >= kHeadBytes) {
    if (const auto first = find_head(head)) {
      if (const auto found = longest_among(*first, text)) return found;
    }
    end = kHeadBytes - 1;
  }
  for (; end > 0; --end) {
    if (end < text.size() && !begins_character(text[end])) continue;
    if (const auto found = find(text.substr(0, end))) return found;
  }
  return std::nullopt;
}

// Of the surfaces from `first` on. The greatest that is not behind the text is the longest beginning of it, or shares
// as many bytes with it as any beginning could have. It is searched for in steps that double, as few share a head.
std::optional<std::uint32_t> SurfaceIndex::longest_among(std::uint32_t first, std::string_view text) const {
  const auto count = static_cast<std::uint32_t>(surfaces_.size());
  std::uint32_t low = first, last = count;
  for (std::uint32_t step = 1; first + step < count; step *= 2) {
    if (surfaces_[first + step] > text) {
      last = first + step;
      break;
    }
    low = first + step;
  }
  const auto not_behind = [&](std::uint32_t i) { return surfaces_[i] <= text; };
  while (low < last) {
    const std::uint32_t behind = first_without(low, last, not_behind);
    if (behind == low) return std::nullopt;
    const std::uint32_t nearest = behind - 1;
    const std::string_view surface = surfaces_[nearest];
    const auto shared = static_cast<std::size_t>(std::ranges::mismatch(surface, text).in1 - surface.begin());
    if (shared == surface.size()) return nearest;
    text = text.substr(0, shared);
    low = first;
    last = nearest;
  }
  return std::nullopt;
}

SurfaceIndex::Range SurfaceIndex::beginning_with(std::string_view prefix) const {
  const auto cut = [&](std::uint32_t i) { return surfaces_[i].substr(0, prefix.size()); };
  const auto count = static_cast<std::uint32_t>(surfaces_.size());
  const std::uint32_t first = first_without(0, count, [&](std::uint32_t i) { return cut(i) < prefix; });
  return {first, first_without(first, count, [&](std::uint32_t i) { return cut(i) == prefix; })};
}

}  // namespace inkling::tag
