// Words known from labelled spans, each with the type it mostly has, and where they stand in a text. While learning,
// a word that only the text itself has taught is not seen in it, because texts to come will not have taught theirs.
//
// Ids for an embedding: row 0 and 1 are nn::Embedding's, kNoWord says that no word is there, then four a type: for
// the tag, begin, inside, end and single of the longest words from left to right; for the two others, lengths 1, 2, 3
// and more of the longest word that begins, and that ends, at the character. Thread safety: immutable. Cost of match:
// kMaxWordCharacters look-ups in a sorted table a character, no allocation. Idea: Ma et al. (ACL 2020),
// "SoftLexicon".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/core/result.h"
#include "base/core/utf8.h"

namespace inkling::models::span_tagger {

inline constexpr std::size_t kMaxWordCharacters = 10;
inline constexpr std::uint32_t kNoWord = 2;
inline constexpr std::size_t kWordColumns = 3;  // tag, beginning, end
[[nodiscard]] constexpr std::size_t word_ids(std::size_t types) {
  return kNoWord + 1 + 4 * types;
}

[[nodiscard]] std::uint64_t word_hash(std::span<const base::CodePoint> characters);

class WordList {
 public:
  struct Word {
    std::uint64_t hash = 0;
    std::uint32_t type = 0;
    std::uint32_t texts = 0;  // different ones that taught it; read only while learning
  };
  // kCorrupt unless hashes increase and types are below `types`.
  [[nodiscard]] static base::Result<WordList> make(std::vector<Word> words, std::size_t types);

  [[nodiscard]] std::span<const Word> words() const { return words_; }
  // Writes kWordColumns ids a character into rows of `stride`. `own`: hashes, sorted, of words that the text itself
  // taught; of them those known from no other text are not seen.
  void match(std::span<const base::CodePoint> characters, std::span<const std::uint64_t> own,
             std::span<std::uint32_t> ids, std::size_t stride) const;

 private:
  struct Longest {
    std::size_t length = 0;
    std::uint32_t type = 0;
  };
  [[nodiscard]] const Word* find(std::uint64_t hash, std::span<const std::uint64_t> own) const;

  std::vector<Word> words_;
};

}  // namespace inkling::models::span_tagger
