#include "text/letter_kind.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace inkling::text {

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
  if (letter_kind(letter) != LetterKind::kWord) return false;
  return u_getIntPropertyValue(static_cast<UChar32>(letter), UCHAR_LINE_BREAK) != U_LB_COMPLEX_CONTEXT;
}

}  // namespace inkling::text
