#include "text/letter_kind.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

namespace inkling::text {

Letter first_letter(std::string_view text) {
  std::int64_t bytes = 0;
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(text.data(), bytes, static_cast<std::int64_t>(text.size()), code);
  return {static_cast<char32_t>(code), static_cast<std::uint32_t>(bytes)};
}

LetterKind letter_kind(char32_t letter) {
  const auto code = static_cast<UChar32>(letter);
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(code, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
      return u_isalnum(code) != 0 ? LetterKind::kRun : LetterKind::kNone;
    default:
      break;
  }
  const bool is_mark = (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0;
  // U+30FC, the long vowel of Katakana, belongs to both kana, and so to no script.
  constexpr UChar32 kLongVowel = 0x30FC;
  if (code == kLongVowel) return LetterKind::kRun;
  return is_mark || u_isalnum(code) != 0 ? LetterKind::kWord : LetterKind::kNone;
}

bool joins_words(char32_t letter) {
  if (letter < 0x80)
    return (letter >= U'a' && letter <= U'z') || (letter >= U'A' && letter <= U'Z') ||
           (letter >= U'0' && letter <= U'9');
  if (letter >= 0x4E00 && letter <= 0x9FFF) return false;  // most of what is asked
  if (letter_kind(letter) != LetterKind::kWord) return false;
  return u_getIntPropertyValue(static_cast<UChar32>(letter), UCHAR_LINE_BREAK) != U_LB_COMPLEX_CONTEXT;
}

}  // namespace inkling::text
