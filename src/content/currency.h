// The words for the one currency that posts are priced in, in normal form, the longest first.
#pragma once

#include <array>
#include <string_view>

namespace inkling::content {

inline constexpr std::array<std::string_view, 6> kCurrencyBehind = {"yuan", "块钱", "rmb", "元", "块", "圆"};
inline constexpr std::array<std::string_view, 4> kCurrencyBefore = {"人民币", "rmb", "cny", "¥"};

}  // namespace inkling::content
