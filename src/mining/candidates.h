// What may become tags: words of the dictionary and new words, with all that is counted of them over all slices. Not
// for what they mean (mined_tags.h).
//
// Thread safety: free function; any number of threads inside, the same result whatever their number. Cost: some
// 100 ns a word of a slice; for new words that were not new words before, some 10 ns a letter of all texts
// (kept_phrases.h). Failure: what writing what is kept may meet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mining/new_words.h"
#include "mining/slice.h"

namespace inkling::mining {

struct CellCount {
  Cell cell = 0;  // of all slices' industries
  std::uint64_t count = 0;
};

struct ShownSentence {
  std::string text;
  std::uint32_t industry = 0;
};

struct Candidate {
  std::string word;              // in normal form
  std::optional<NewWord> novel;  // when no dictionary has it
  std::uint64_t count = 0;
  std::uint64_t texts = 0;       // that it stands in
  std::vector<CellCount> cells;  // in order, each once
  std::vector<ShownSentence> examples;
};

struct Candidates {
  std::vector<std::string> industries;        // in order; the first is ""
  std::vector<std::uint64_t> industry_texts;  // counted, of each
  std::vector<Candidate> words;               // in the order of their bytes
  std::uint64_t texts = 0;
};

[[nodiscard]] base::Result<Candidates> find_candidates(std::span<const Slice> slices, const NewWordOptions& options);

}  // namespace inkling::mining
