// Runs of letters that are written without blanks (Han, kana, Hangul), and which words may be tags. Thread safety:
// pure. Cost: some nanoseconds a letter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "text/letter_kind.h"

namespace inkling::mining {

// Whether the letter may stand in a gram.h Gram.
[[nodiscard]] inline bool runs(char32_t letter) {
  if (letter >= 0x4E00 && letter <= 0x9FFF) return true;
  return letter >= 0x1100 && letter <= 0xFFFF && text::letter_kind(letter) == text::LetterKind::kRun;
}

// visit(run, byte of the text where it begins) for every run; `run` is memory to use.
template <typename Visit>
void each_run(std::string_view text, std::u16string& run, Visit visit) {
  run.clear();
  std::size_t begin = 0;
  const auto end = [&] {
    if (!run.empty()) visit(std::u16string_view(run), begin);
    run.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const text::Letter letter = text::first_letter(text.substr(at));
    if (runs(letter.code)) {
      if (run.empty()) begin = at;
      run += static_cast<char16_t>(letter.code);
    } else {
      end();
    }
    at += letter.bytes;
  }
  end();
}

// Two letters or more and at most kMaxWordBytes, not all of them digits.
[[nodiscard]] bool may_be_tag(std::string_view word);

}  // namespace inkling::mining
