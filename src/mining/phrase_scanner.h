// Every place of a text where one of many runs of letters stands, overlapping ones too. Thread safety: const calls
// from any thread. Cost: some nanoseconds a letter that begins none of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mining/gram.h"

namespace inkling::mining {

class PhraseScanner {
 public:
  // Of 2 to kGramLetters - 1 letters each; their numbers are their places.
  explicit PhraseScanner(std::span<const Gram> phrases);

  // visit(number, place of the first letter in `run`)
  template <typename Visit>
  void scan(std::u16string_view run, Visit visit) const {
    for (std::size_t at = 0; at + 1 < run.size(); ++at) {
      const std::uint8_t sizes = sizes_[pair_hash(run[at], run[at + 1])];
      if (sizes == 0) continue;
      const Gram longest = gram_of(run.substr(at));
      for (std::size_t size = 2; size < kGramLetters && at + size <= run.size(); ++size) {
        if ((sizes >> size & 1) == 0) continue;
        if (const auto found = numbers_.find(longest.first(size)); found != numbers_.end()) visit(found->second, at);
      }
    }
  }

 private:
  static constexpr std::size_t kPairs = std::size_t{1} << 18;
  static std::size_t pair_hash(char16_t first, char16_t second) {
    return ((std::uint32_t{first} * 0x9E3779B1U) ^ (std::uint32_t{second} * 0x85EBCA77U)) >> 14;
  }

  std::vector<std::uint8_t> sizes_;  // by pair_hash: bit n set when a phrase of n letters begins so
  std::unordered_map<Gram, std::uint32_t, GramHash> numbers_;
};

}  // namespace inkling::mining
