// A text as clauses of words: what stands between two marks, with the mark before and behind. Not for sentences to
// show (sentences.h).
//
// Ownership: ClausedText owns its words; offsets are bytes of the text that was cut. Thread safety: one cutter a
// thread. Cost: segmentation (text/segments.h) and a look-up a word. Failure: create(), as text::Segmenter's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "mining/word_classes.h"
#include "text/segments.h"

namespace inkling::mining {

struct TextPart {
  std::uint32_t begin = 0, end = 0;  // bytes
  friend bool operator==(const TextPart&, const TextPart&) = default;
};

enum class Mark : std::uint8_t {
  kNone,   // where the text begins or ends
  kComma,  // and any other mark, but:
  kList,   // 、
  kHead,   // : 】 # and other marks that close a heading
  kStop    // 。 ! ? and what ends a sentence
};

// Of several marks the strongest counts.
struct Clause {
  std::uint32_t first = 0, last = 0;  // words [first, last), at least one
  Mark before = Mark::kNone, behind = Mark::kNone;
};

struct ClausedText {
  std::vector<TextPart> words;
  std::vector<WordClass> kinds;  // one a word
  std::vector<Clause> clauses;

  [[nodiscard]] std::span<const TextPart> words_of(const Clause& clause) const {
    return std::span(words).subspan(clause.first, clause.last - clause.first);
  }
  [[nodiscard]] std::span<const WordClass> kinds_of(const Clause& clause) const {
    return std::span(kinds).subspan(clause.first, clause.last - clause.first);
  }
};

class ClauseCutter {
 public:
  [[nodiscard]] static base::Result<ClauseCutter> create();

  // `text` below 2 GiB. Overwrites `out`, whose memory is used again.
  void cut(std::string_view text, ClausedText& out);

 private:
  explicit ClauseCutter(text::Segmenter segmenter) : segmenter_(std::move(segmenter)) {}
  text::Segmenter segmenter_;
};

}  // namespace inkling::mining
