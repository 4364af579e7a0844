// The arguments of the basket programs: lists of seeds, and settings as name=value. Failure: kInvalidInput that names
// the word.
#pragma once

#include <charconv>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace inkling::bench {

using Settings = std::map<std::string, double*, std::less<>>;

// "7,8,9"; what is no number ends the list.
[[nodiscard]] inline std::vector<std::uint64_t> seeds_of(std::string_view text) {
  std::vector<std::uint64_t> seeds;
  while (!text.empty()) {
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc()) break;
    seeds.push_back(seed);
    text.remove_prefix(std::min<std::size_t>(static_cast<std::size_t>(end - text.data()) + 1, text.size()));
  }
  return seeds;
}

[[nodiscard]] inline base::Status set_all(std::span<char* const> words, const Settings& settings) {
  for (const std::string_view word : words) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const auto setting = settings.find(word.substr(0, equals));
    const std::string_view value = word.substr(std::min(equals + 1, word.size()));
    if (setting == settings.end()) return base::invalid_input("there is no setting \"" + std::string(word) + "\"");
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), *setting->second);
    if (error != std::errc() || end != value.data() + value.size()) {
      return base::invalid_input("\"" + std::string(word) + "\" is not a name, an equals sign and a number");
    }
  }
  return {};
}

}  // namespace inkling::bench
