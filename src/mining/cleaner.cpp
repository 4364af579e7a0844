#include "mining/cleaner.h"

#include <algorithm>

#include "base/core/hash.h"
#include "base/core/utf8.h"
#include "text/letter_kind.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kFewestSpamLetters = 12;  // shorter texts may well repeat themselves
constexpr std::size_t kRepeats = 3;
// A run that is over and over itself but for some letters: so few different ones among so many.
constexpr std::size_t kJudgedLetters = 400, kLettersADifferentOne = 20;

// U+FFFD is what a converter leaves of bytes that it cannot read; U+0080 to U+009F are controls that nobody types.
bool is_damage(char32_t letter) {
  return letter == 0xFFFD || (letter >= 0x80 && letter < 0xA0);
}

std::uint64_t key_of(std::string_view form, const Post& post) {
  const std::uint64_t text = base::name_hash(form);
  const std::uint64_t place = base::name_hash(post.industry) + static_cast<std::uint64_t>(post.source) + 1;
  return base::mix64(text ^ base::mix64(place));
}

}  // namespace

std::optional<Skipped> Cleaner::take(const Post& post) {
  const std::string_view kept = base::utf8_cut(post.text, kMaxTextBytes);
  was_cut_ = kept.size() < post.text.size();
  form_.assign(kept);
  if (form_.text().empty()) return Skipped::kEmpty;
  if (const auto why = judge_letters()) return why;
  if (!seen_.insert(key_of(form_.text(), post)).second) return Skipped::kDuplicate;
  return std::nullopt;
}

std::optional<Skipped> Cleaner::judge_letters() {
  letters_.clear();
  for (std::string_view rest = form_.text(); !rest.empty();) {
    const text::Letter letter = text::first_letter(rest);
    rest.remove_prefix(letter.bytes);
    if (is_damage(letter.code)) return Skipped::kMixedEncodings;
    if (text::letter_kind(letter.code) != text::LetterKind::kNone) letters_ += letter.code;
  }
  if (letters_.empty()) return Skipped::kNoLetters;
  if (letters_.size() >= kFewestSpamLetters && repeats_itself()) return Skipped::kSpam;
  return std::nullopt;
}

// By the longest border of every beginning (Knuth, Morris and Pratt): the text less its border is its period.
bool Cleaner::repeats_itself() {
  border_.assign(letters_.size(), 0);
  for (std::size_t i = 1; i < letters_.size(); ++i) {
    std::uint32_t length = border_[i - 1];
    while (length > 0 && letters_[i] != letters_[length]) length = border_[length - 1];
    border_[i] = letters_[i] == letters_[length] ? length + 1 : 0;
  }
  if ((letters_.size() - border_.back()) * kRepeats <= letters_.size()) return true;
  letters_.resize(std::min(letters_.size(), kJudgedLetters));
  const std::size_t judged = letters_.size();
  std::ranges::sort(letters_);
  const auto different = static_cast<std::size_t>(std::unique(letters_.begin(), letters_.end()) - letters_.begin());
  return different * kLettersADifferentOne <= judged;
}

}  // namespace inkling::mining
