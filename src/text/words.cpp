#include "text/words.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <utility>

#include "base/core/utf8.h"
#include "text/letter_kind.h"

namespace inkling::text {

namespace {

LetterKind kind_of(UChar32 letter) {
  return letter_kind(static_cast<char32_t>(letter));
}

icu::UnicodeString folded(std::string_view text) {
  const auto piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
  const icu::UnicodeString letters = icu::UnicodeString::fromUTF8(piece);
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) return letters;
  icu::UnicodeString result = form->normalize(letters, error);
  return U_FAILURE(error) ? letters : result;
}

class Splitter {
 public:
  void take(UChar32 letter) {
    const LetterKind kind = kind_of(letter);
    if (kind != kind_) end();
    kind_ = kind;
    if (kind != LetterKind::kNone) letters_.append(letter);
  }

  void end() {
    if (kind_ == LetterKind::kWord) add(letters_);
    if (kind_ == LetterKind::kRun) add_run();
    letters_.remove();
    kind_ = LetterKind::kNone;
  }

  std::vector<std::string> words() && { return std::move(words_); }

  // Of a run at the very end: the text that is searched in may go on there.
  void drop_last_letter() {
    if (ends_in_run_) words_.pop_back();
  }

 private:
  void add(const icu::UnicodeString& letters) {
    if (words_.size() == kMaxWords) return;
    ends_in_run_ = false;
    std::string word;
    letters.toUTF8String(word);
    word.resize(base::utf8_cut(word, kMaxWordBytes).size());
    words_.push_back(std::move(word));
  }

  void add_run() {
    for (std::int32_t at = 0; at < letters_.length();) {
      const std::int32_t next = letters_.moveIndex32(at, 1);
      const bool is_last = next == letters_.length();
      add(letters_.tempSubStringBetween(at, is_last ? next : letters_.moveIndex32(next, 1)));
      ends_in_run_ = is_last && at > 0 && words_.size() < kMaxWords;
      at = next;
    }
  }

  bool ends_in_run_ = false;  // of two letters or more, with its last letter alone
  LetterKind kind_ = LetterKind::kNone;
  icu::UnicodeString letters_;
  std::vector<std::string> words_;
};

std::vector<std::string> split(std::string_view text, bool searched) {
  // Longer texts than these words could ever take are cut: normalising costs by the byte.
  const icu::UnicodeString letters = folded(base::utf8_cut(text, std::size_t{4} * kMaxWords * kMaxWordBytes));
  Splitter splitter;
  for (std::int32_t at = 0; at < letters.length(); at = letters.moveIndex32(at, 1))
    splitter.take(letters.char32At(at));
  splitter.end();
  if (searched) splitter.drop_last_letter();
  return std::move(splitter).words();
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  return split(text, false);
}

std::vector<std::string> searched_words_of(std::string_view text) {
  return split(text, true);
}

bool is_single_letter_of_run(std::string_view word) {
  const auto piece = icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size()));
  const icu::UnicodeString letters = icu::UnicodeString::fromUTF8(piece);
  return letters.countChar32() == 1 && kind_of(letters.char32At(0)) == LetterKind::kRun;
}

}  // namespace inkling::text
