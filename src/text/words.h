// What a text is made of for search: words in one form, so that "Läufer" finds "LÄUFER" and full-width letters find
// plain ones (Unicode NFKC with case folding). Runs of Chinese, Japanese and Korean letters, which are written
// without blanks, become pairs of neighbours. Not for languages (no stemming, no dictionary) and not for display.
//
// Thread safety: pure. Cost: some hundred nanoseconds a word. Bytes that are no UTF-8 separate words. Bounds:
// kMaxWords words, each cut after kMaxWordBytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::text {

inline constexpr std::size_t kMaxWords = 64;
inline constexpr std::size_t kMaxWordBytes = 64;

// Of what is searched in, in order. A run of such letters gives each with the one after it, and the last alone: every
// letter begins a word.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// Of what is searched for: the same, but a run of two letters or more at the very end gives its pairs only. So all of
// them stand together in every text that this one is a part of.
[[nodiscard]] std::vector<std::string> searched_words_of(std::string_view text);

// Whether a word is part of a run without blanks, and so begins where somebody stopped typing.
[[nodiscard]] bool is_single_letter_of_run(std::string_view word);

}  // namespace inkling::text
