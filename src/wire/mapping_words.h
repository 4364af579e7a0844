// The words that the keys of a mapping file take: its checks and its published schema read them here. Private to
// src/wire. Thread safety: constants.
#pragma once

#include <array>
#include <string_view>

namespace inkling::wire {

inline constexpr std::array<std::string_view, 2> kFormats = {"csv", "tsv"};
inline constexpr std::array<std::string_view, 2> kFlags = {"true", "false"};
inline constexpr std::array<std::string_view, 3> kHeaders = {"true", "false", "ignore"};
inline constexpr std::array<std::string_view, 2> kOrders = {"time", "file"};
inline constexpr std::array<std::string_view, 2> kEvents = {"action", "item"};
inline constexpr std::array<std::string_view, 2> kUnits = {"major", "minor"};

}  // namespace inkling::wire
