// Up to seven letters of a script without blanks as two machine words, ordered as their letters are: what runs of
// letters are counted by. Letters beyond U+FFFF and U+0000 have no place in it. Thread safety: plain values.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace inkling::mining {

inline constexpr std::size_t kGramLetters = 7;  // one more than a new word's: the letters beside the longest

struct Gram {
  std::uint64_t high = 0;  // letters 0 to 3, the first in the highest bits
  std::uint64_t low = 0;   // letters 4 to 6; the lowest 16 bits are 0
  friend auto operator<=>(const Gram&, const Gram&) = default;

  [[nodiscard]] std::uint16_t letter(std::size_t i) const {
    return static_cast<std::uint16_t>(i < 4 ? high >> (48 - 16 * i) : low >> (48 - 16 * (i - 4)));
  }
  // `i` must be behind the last letter.
  void put(std::size_t i, std::uint16_t letter) {
    if (i < 4) {
      high |= std::uint64_t{letter} << (48 - 16 * i);
    } else {
      low |= std::uint64_t{letter} << (48 - 16 * (i - 4));
    }
  }
  [[nodiscard]] Gram first(std::size_t letters) const {
    if (letters <= 4) return {letters == 0 ? 0 : high & (~std::uint64_t{0} << (64 - 16 * letters)), 0};
    return {high, low & (~std::uint64_t{0} << (64 - 16 * (letters - 4)))};
  }
  [[nodiscard]] Gram without_first(std::size_t letters) const {
    Gram rest = *this;
    for (; letters > 0; --letters) rest = {rest.high << 16 | rest.low >> 48, rest.low << 16};
    return rest;
  }
  [[nodiscard]] std::size_t size() const {
    std::size_t letters = 0;
    while (letters < kGramLetters && letter(letters) != 0) ++letters;
    return letters;
  }
};

struct GramHash {
  std::size_t operator()(const Gram& gram) const {
    std::uint64_t mixed = (gram.high ^ (gram.low >> 7)) * 0x9e3779b97f4a7c15ULL;
    mixed ^= mixed >> 29;
    return (mixed ^ gram.low) * 0xbf58476d1ce4e5b9ULL;
  }
};

// The first letters of `run`, as many as there is room for.
[[nodiscard]] inline Gram gram_of(std::u16string_view run) {
  Gram gram;
  for (std::size_t i = 0; i < run.size() && i < kGramLetters; ++i) gram.put(i, static_cast<std::uint16_t>(run[i]));
  return gram;
}

[[nodiscard]] std::string to_utf8(const Gram& gram);

}  // namespace inkling::mining
