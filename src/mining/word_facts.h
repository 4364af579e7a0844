// What is counted of words in one slice, whoever finds them in the texts: how often in which industry and source, in
// how many texts, and the sentences shown for them. Words are numbers here. Thread safety: one thread. Cost: 8 bytes
// an occurrence, 120 a word.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "mining/slice.h"

namespace inkling::mining {

// The sentences of least rank, the least first, none twice. `Kept` has a member `rank`.
template <typename Kept>
class LeastRanks {
 public:
  void take(const Kept& example) {
    std::size_t place = count_;
    while (place > 0 && example.rank < kept_[place - 1].rank) --place;
    if (place == kept_.size() || (place > 0 && kept_[place - 1].rank == example.rank)) return;
    count_ = std::min(count_ + 1, kept_.size());
    for (std::size_t i = count_ - 1; i > place; --i) kept_[i] = kept_[i - 1];
    kept_[place] = example;
  }
  [[nodiscard]] std::span<const Kept> kept() const { return std::span(kept_).first(count_); }

 private:
  std::array<Kept, tag::kMaxExamples> kept_{};
  std::size_t count_ = 0;
};

class WordFacts {
 public:
  struct Word {
    std::uint64_t hash = 0;
    std::uint32_t texts = 0;
    std::uint32_t last_text = 0xFFFFFFFF;
    LeastRanks<Example> examples;
  };
  struct CellCount {
    Cell cell = 0;
    std::uint32_t count = 0;
  };

  // Its number; they are given in order.
  std::uint32_t add(std::uint64_t word_hash);
  // An occurrence. Those of a text come together.
  void take(std::uint32_t number, Cell cell, std::uint32_t text, std::uint64_t sentence_hash, Example sentence);

  // After the last take(): words and cells are what was counted.
  void finish();
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] const Word& word(std::uint32_t number) const { return words_[number]; }
  [[nodiscard]] std::span<const CellCount> cells(std::uint32_t number) const {
    return std::span(cells_).subspan(first_cell_[number], first_cell_[number + 1] - first_cell_[number]);
  }

  // As columns: begin() once, then put() word after word.
  static void begin(FactCounts& out);
  void put(std::uint32_t number, FactCounts& out) const;

 private:
  std::vector<Word> words_;
  std::vector<std::uint64_t> places_;  // number << 32 | cell
  std::vector<CellCount> cells_;
  std::vector<std::size_t> first_cell_;  // by number
};

}  // namespace inkling::mining
