// What a letter is to words: part of a word between blanks, part of a run that is written without blanks, or neither.
// The one definition behind words.h and behind where a tag may begin and end in a text. Not for languages.
//
// Thread safety: pure. Cost: some nanoseconds, nothing allocates.
#pragma once

#include <cstdint>
#include <string_view>

namespace inkling::text {

enum class LetterKind : std::uint8_t {
  kNone,  // blanks, punctuation, symbols
  kWord,  // letters, digits and marks of scripts with blanks between words
  kRun    // Han, Hiragana, Katakana, Hangul
};

struct Letter {
  char32_t code = 0;
  std::uint32_t bytes = 0;
};

// The character at the front of UTF-8 text that is not empty; U+FFFD for bytes that are no UTF-8.
[[nodiscard]] Letter first_letter(std::string_view text);

[[nodiscard]] LetterKind letter_kind(char32_t letter);

// Whether a word goes on between two such letters: "cat" is not in "catalogue", but 猫 is in 猫粮. False for kRun,
// and for Thai, Lao, Khmer and Burmese, whose words touch as well.
[[nodiscard]] bool joins_words(char32_t letter);

}  // namespace inkling::text
