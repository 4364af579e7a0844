// Vectors of words, each of length 1, found by word; read from and written to the text form of word2vec. Not for
// nearest neighbours among millions (index/vector_slab.h).
//
// A word is anything without white space; with_joined_blanks() makes one of any text. Ownership: owns words and
// numbers. Thread safety: const calls from any thread. Cost: find is one hash; memory 4 bytes a number and some 100 a
// word. Failure: kInvalidInput with file and line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/core/result.h"

namespace inkling::vectors {

inline constexpr std::size_t kMaxVectorColumns = 4096;

class WordVectors {
 public:
  explicit WordVectors(std::size_t columns) : columns_(columns) {}

  // A line "WORDS COLUMNS", then a word and its numbers on each. Refused: another number of words than the first line
  // says, of numbers than it says, what is no finite number, a word that stands twice.
  [[nodiscard]] static base::Result<WordVectors> parse(std::string_view text, const std::string& shown_name);
  [[nodiscard]] static base::Result<WordVectors> read(const std::string& path);
  // Numbers in their shortest form that reads back the same: the same vectors give the same bytes.
  [[nodiscard]] base::Status write(const std::string& path) const;

  // `values` has columns() numbers; they are scaled to length 1, zeros stay zeros. A word that is there is replaced.
  void set(std::string_view word, std::span<const float> values);

  // Without what all words have in common: their mean is taken away, then they are scaled to length 1 again. Vectors
  // learnt from few texts all point one way; what tells words apart is the rest. Source: Mu and Viswanath,
  // "All-but-the-Top", ICLR 2018.
  [[nodiscard]] WordVectors centred() const;

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] const std::string& word(std::size_t row) const { return words_[row]; }
  [[nodiscard]] std::span<const float> row(std::size_t row) const {
    return std::span(values_).subspan(row * columns_, columns_);
  }
  // Empty when the word is not known.
  [[nodiscard]] std::span<const float> find(std::string_view word) const;

 private:
  std::size_t columns_;
  std::vector<std::string> words_;
  std::vector<float> values_;
  std::unordered_map<std::string, std::uint32_t> rows_;
};

// The cosine of two vectors of length 1.
[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);
// In place; false for what has no direction.
bool scale_to_one(std::span<float> values);

// White space becomes '_'.
[[nodiscard]] std::string with_joined_blanks(std::string_view text);

}  // namespace inkling::vectors
