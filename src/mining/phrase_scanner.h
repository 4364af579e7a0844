// Every place of a text where one of many runs of letters stands, overlapping ones too. Thread safety: const calls
// from any thread. Cost: some nanoseconds a letter that begins none of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mining/gram.h"
#include "mining/letter_runs.h"

namespace inkling::mining {

class PhraseScanner {
 public:
  // Of 2 to kGramLetters - 1 letters each; their numbers are their places.
  explicit PhraseScanner(std::span<const Gram> phrases);

  // Whether one of them may stand in the text, in UTF-8: never false when one does. Reads up to the first place that
  // looks like one, so where there are few phrases it passes over most texts at some nanoseconds a letter.
  [[nodiscard]] bool may_stand_in(std::string_view text) const {
    char16_t before = 0;
    while (!text.empty()) {
      const text::Letter letter = next_letter(text);
      const auto low = static_cast<char16_t>(letter.code);
      if (sizes_[pair_hash(before, low)] != 0) return true;
      before = low;
      text.remove_prefix(letter.bytes);
    }
    return false;
  }

  // visit(number, place of the first letter in `run`)
  template <typename Visit>
  void scan(std::u16string_view run, Visit visit) const {
    for (std::size_t at = 0; at + 1 < run.size(); ++at) {
      const std::uint8_t sizes = sizes_[pair_hash(run[at], run[at + 1])];
      if (sizes == 0) continue;
      const Gram longest = gram_of(run.substr(at));
      for (std::size_t size = 2; size < kGramLetters && at + size <= run.size(); ++size) {
        if ((sizes >> size & 1) == 0) continue;
        if (const std::uint32_t number = number_of(longest.first(size)); number != kNone) visit(number, at);
      }
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Slot {
    Gram phrase;
    std::uint32_t number = kNone;
  };
  [[nodiscard]] std::size_t home_of(const Gram& gram) const { return GramHash()(gram) >> 20 & (slots_.size() - 1); }
  [[nodiscard]] std::uint32_t number_of(const Gram& gram) const {
    std::size_t at = home_of(gram);
    while (slots_[at].number != kNone && slots_[at].phrase != gram) at = (at + 1) & (slots_.size() - 1);
    return slots_[at].number;
  }
  static constexpr std::size_t kPairs = std::size_t{1} << 18;
  static std::size_t pair_hash(char16_t first, char16_t second) {
    return ((std::uint32_t{first} * 0x9E3779B1U) ^ (std::uint32_t{second} * 0x85EBCA77U)) >> 14;
  }

  std::vector<std::uint8_t> sizes_;  // by pair_hash: bit n set when a phrase of n letters begins so
  std::vector<Slot> slots_;          // a power of two, at most half of them taken
};

}  // namespace inkling::mining
