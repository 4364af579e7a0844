// Which texts are worth counting, and why the others are not. What it lets through is in normal form, and all that
// follows depends on that form alone. Not for lines that are no JSON (post.h).
//
// Thread safety: one Cleaner a thread. Cost: linear in the text; 8 bytes a text for duplicates. Bounds: a text is cut
// after kMaxTextBytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "mining/post.h"
#include "text/normal_form.h"

namespace inkling::mining {

inline constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;

enum class Skipped : std::uint8_t { kBadUtf8, kMixedEncodings, kEmpty, kNoLetters, kSpam, kDuplicate };
inline constexpr std::array<std::string_view, 6> kSkippedNames = {
    "is not UTF-8",
    "mixes encodings: it holds characters that stand for damaged ones",
    "is empty",
    "has no letters, only marks or emoji",
    "looks like spam: one run of letters over and over",
    "is a duplicate: the same words, source and industry came before in its slice"};
inline constexpr std::size_t kSkippedKinds = kSkippedNames.size();

class Cleaner {
 public:
  // Why the text is left out; nothing when text() is to be counted.
  [[nodiscard]] std::optional<Skipped> take(const Post& post);
  [[nodiscard]] std::string_view text() const { return form_.text(); }  // until the next take()
  [[nodiscard]] bool was_cut() const { return was_cut_; }

 private:
  [[nodiscard]] std::optional<Skipped> judge_letters();
  [[nodiscard]] bool repeats_itself();

  text::NormalText form_;
  bool was_cut_ = false;
  std::u32string letters_;  // of the text, without marks and blanks
  std::vector<std::uint32_t> border_;
  std::unordered_set<std::uint64_t> seen_;  // hashes
};

}  // namespace inkling::mining
