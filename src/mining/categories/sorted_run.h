// The part of what is sorted that has one key. Thread safety: pure. Cost: two binary searches. (Clang 14 cannot use
// what std::ranges::equal_range gives with this library.)
#pragma once

#include <algorithm>
#include <span>

namespace inkling::categories {

template <typename Element, typename Key>
[[nodiscard]] std::span<const Element> run_of(std::span<const Element> sorted, const Key& key, Key Element::*member) {
  const auto first = std::ranges::lower_bound(sorted, key, {}, member);
  const auto last = std::ranges::upper_bound(sorted, key, {}, member);
  return sorted.subspan(static_cast<std::size_t>(first - sorted.begin()), static_cast<std::size_t>(last - first));
}

}  // namespace inkling::categories
