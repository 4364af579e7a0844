// What the wasm-clean rooms use of C++20's standard library and Debian's Emscripten (libc++ 13) does not have:
// included before every file of the wasm build, and nowhere else. Not for new features: as much of each as the rooms
// call. It goes when the compiler's library has them (the guards then leave it out).
#pragma once

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>

#if !defined(__cpp_lib_bit_cast)
namespace std {  // NOLINT: the place is the point

template <typename To, typename From>
constexpr To bit_cast(const From& from) noexcept {
  static_assert(sizeof(To) == sizeof(From) && is_trivially_copyable_v<From> && is_trivially_copyable_v<To>);
  return __builtin_bit_cast(To, from);
}

}  // namespace std
#endif

#if !defined(__cpp_lib_ranges)
namespace std::ranges {  // NOLINT: the place is the point

template <typename Range, typename Out>
constexpr Out copy(Range&& from, Out out) {
  return std::copy(std::begin(from), std::end(from), out);
}
template <typename Range, typename Value>
constexpr void fill(Range&& range, const Value& value) {
  std::fill(std::begin(range), std::end(range), value);
}
template <typename Range, typename Out, typename Function>
constexpr Out transform(Range&& from, Out out, Function function) {
  return std::transform(std::begin(from), std::end(from), out, function);
}
template <typename Range, typename Value>
constexpr auto find(Range&& range, const Value& value) {
  return std::find(std::begin(range), std::end(range), value);
}
template <typename Range, typename Value>
constexpr auto count(Range&& range, const Value& value) {
  return std::count(std::begin(range), std::end(range), value);
}
template <typename Range, typename Predicate>
constexpr bool all_of(Range&& range, Predicate predicate) {
  return std::all_of(std::begin(range), std::end(range), predicate);
}
template <typename Range, typename Predicate>
constexpr bool any_of(Range&& range, Predicate predicate) {
  return std::any_of(std::begin(range), std::end(range), predicate);
}
template <typename Range>
constexpr auto max_element(Range&& range) {
  return std::max_element(std::begin(range), std::end(range));
}
template <typename Range, typename Equal = std::equal_to<>, typename Key = std::identity>
constexpr auto adjacent_find(Range&& range, Equal equal = {}, Key key = {}) {
  return std::adjacent_find(std::begin(range), std::end(range), [&](const auto& a, const auto& b) {
    return equal(std::invoke(key, a), std::invoke(key, b));
  });
}
template <typename Range, typename Less = std::less<>, typename Key = std::identity>
constexpr void sort(Range&& range, Less less = {}, Key key = {}) {
  // By a heap: a fifth of the code of std::sort, for lists of some hundreds.
  const auto before = [&](const auto& a, const auto& b) { return less(std::invoke(key, a), std::invoke(key, b)); };
  std::make_heap(std::begin(range), std::end(range), before);
  std::sort_heap(std::begin(range), std::end(range), before);
}
template <typename Range, typename Value, typename Less = std::less<>, typename Key = std::identity>
constexpr auto lower_bound(Range&& range, const Value& value, Less less = {}, Key key = {}) {
  return std::lower_bound(std::begin(range), std::end(range), value, [&](const auto& element, const Value& sought) {
    return less(std::invoke(key, element), sought);
  });
}
template <typename Iterator, typename Value>
constexpr auto upper_bound(Iterator first, Iterator last, const Value& value) {
  return std::upper_bound(first, last, value);
}
template <typename A, typename B>
constexpr bool equal(A&& a, B&& b) {
  return std::equal(std::begin(a), std::end(a), std::begin(b), std::end(b));
}

}  // namespace std::ranges
#endif
