// What a text speaks of and what it says of it, by opinion words that were learnt from texts without labels
// (opinion_words.h): 味道不错, 服务也很热情 gives 味道: 不错 (good) and 服务: 也很热情 (good). One remark a clause:
// what is judged stands before the judgement, which goes on to the clause's end; a clause that names nothing speaks
// of what the one before did; names that are listed before share the judgement. Not for texts that people labelled
// (models/span_tagger) and not for other languages than Chinese.
//
// Ownership: the reader's memory is used again; the words must outlive it. Thread safety: one reader a thread. Cost:
// segmentation, some us a text. Failure: create(), as text::Segmenter's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/result.h"
#include "mining/clauses.h"
#include "mining/opinion_words.h"

namespace inkling::mining {

struct Remark {
  std::optional<TextPart> aspect;  // nothing when the text does not say of what
  TextPart opinion;
  std::int8_t polarity = 0;
};

class RemarkReader {
 public:
  [[nodiscard]] static base::Result<RemarkReader> create(const OpinionWords& words);

  // In the order of the text; those that share a judgement in the order of what they name. `text` below 2 GiB.
  void read(std::string_view text, std::vector<Remark>& out);

 private:
  RemarkReader(ClauseCutter cutter, const OpinionWords& words) : cutter_(std::move(cutter)), words_(&words) {}
  void read_clause(std::string_view text, const Clause& clause, std::vector<Remark>& out);
  [[nodiscard]] std::int8_t polarity_of(std::string_view text, std::span<const TextPart> words,
                                        std::span<const WordClass> kinds) const;

  ClauseCutter cutter_;
  const OpinionWords* words_;
  ClausedText cut_;
  std::vector<TextPart> listed_;  // names that wait for what is said of all of them
  std::optional<TextPart> topic_;
};

}  // namespace inkling::mining
