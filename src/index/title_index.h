// Which items have which words in their titles: lists of rows by word, and of words by row. A part of the World.
// Not for ranking by meaning.
//
// Ownership: a snapshot shares its parts with later ones. Thread safety: TitleIndex belongs to one thread; a
// TitleSnapshot never changes, any thread. Memory: some 150 bytes an item. Cost: set some microseconds, more for an
// item whose title changes among many with its words; publish one pointer a chunk, and a merge of the words when new
// ones came; search looks at kMaxExamined rows at most, some 100 ns each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/shared_rows.h"
#include "index/title_query.h"

namespace inkling::index {

inline constexpr std::size_t kMaxExamined = 50'000;     // rows of one search, the newest ones
inline constexpr std::size_t kMaxGoneOnWords = 256;     // that one beginning may become, in their order
inline constexpr std::size_t kMaxTitleWords = 500'000;  // further ones are not found

inline constexpr std::size_t kTitleChunk = 128;

using WordIds = std::vector<std::uint32_t>;

struct TitleMatch {
  std::uint32_t row = 0;
  float covered = 0;  // share of the title's words that were asked for, 0 .. 1
};

class TitleSnapshot {
 public:
  // Rows whose title fits, in no order. Empty when nothing must be there (all_of is empty).
  [[nodiscard]] std::vector<TitleMatch> search(const TitleQuery& query) const;
  // Whether one row's title has none of what must not be there.
  [[nodiscard]] bool has_none(std::uint32_t row, const TitleQuery& query) const;

 private:
  friend class TitleIndex;
  struct Found;
  [[nodiscard]] Found resolve(const TitleTerm& term) const;
  [[nodiscard]] std::vector<Found> resolve_all(const std::vector<TitleTerm>& terms) const;
  [[nodiscard]] WordIds words_from(std::string_view beginning) const;
  [[nodiscard]] std::size_t rows_with(const std::vector<Found>& terms) const;
  [[nodiscard]] std::vector<std::uint32_t> gather(const std::vector<Found>& terms) const;
  [[nodiscard]] bool has_any(std::uint32_t row, const std::vector<Found>& terms, std::size_t& matched) const;

  RowsSnapshot<std::string, kTitleChunk> words_;
  RowsSnapshot<WordIds, kTitleChunk> rows_;    // by word, ascending
  RowsSnapshot<WordIds, kTitleChunk> titles_;  // by row, in order
  std::shared_ptr<const WordIds> sorted_;      // words by their text
};

class TitleIndex {
 public:
  // The row's title, whatever it was before. Rows come in any order.
  void set(std::uint32_t row, std::string_view title);
  [[nodiscard]] TitleSnapshot publish();

 private:
  [[nodiscard]] WordIds ids_of(std::string_view title);
  void remove(std::uint32_t word, std::uint32_t row);
  void sort_new_words();

  std::unordered_map<std::string, std::uint32_t> ids_;
  SharedRows<std::string, kTitleChunk> words_;
  SharedRows<WordIds, kTitleChunk> rows_;
  SharedRows<WordIds, kTitleChunk> titles_;
  std::shared_ptr<const WordIds> sorted_ = std::make_shared<const WordIds>();
};

}  // namespace inkling::index
