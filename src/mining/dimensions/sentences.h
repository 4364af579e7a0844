// Texts as sentences of words for skip-gram: the words asked about are whole wherever they stand (the longest first),
// all between them is cut by text/segments.h. A sentence ends where a mark that ends one stands.
//
// Words come in normal form, with '_' for blanks (vectors::with_joined_blanks). Ownership: copies the words. Thread
// safety: one SentenceMaker a thread. Cost: some 3 MB a second. Failure: make() where ICU lacks its data.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/core/result.h"
#include "text/segments.h"

namespace inkling::dimensions {

class SentenceMaker {
 public:
  [[nodiscard]] static base::Result<SentenceMaker> make(std::span<const std::string> words);

  // Sentences of at least two words, appended.
  void add(std::string_view text, std::vector<std::string>& sentences);

 private:
  explicit SentenceMaker(text::Segmenter segmenter) : segmenter_(std::move(segmenter)) {}
  [[nodiscard]] std::size_t known_at(std::string_view text, std::size_t at) const;
  void add_between(std::string_view text, std::vector<std::string>& sentences);
  void put(std::string_view word);
  void end_sentence(std::vector<std::string>& sentences);

  text::Segmenter segmenter_;
  std::unordered_set<std::string> words_;  // in normal form
  std::size_t longest_ = 0;                // bytes
  std::string sentence_;
  std::size_t sentence_words_ = 0;
};

// The name of a word in sentences and vectors.
[[nodiscard]] std::string word_token(std::string_view word);

}  // namespace inkling::dimensions
