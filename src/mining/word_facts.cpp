#include "mining/word_facts.h"

#include <algorithm>
#include <numeric>

namespace inkling::mining {

std::uint32_t WordFacts::add(std::uint64_t word_hash) {
  words_.push_back({word_hash, 0, 0xFFFFFFFF, {}});
  return static_cast<std::uint32_t>(words_.size() - 1);
}

void WordFacts::take(std::uint32_t number, Cell cell, std::uint32_t text, std::uint64_t sentence_hash,
                     Example sentence) {
  places_.push_back(std::uint64_t{number} << 32 | cell);
  Word& word = words_[number];
  if (word.last_text != text) {
    word.last_text = text;
    ++word.texts;
  }
  sentence.rank = example_rank(sentence_hash, word.hash);
  word.examples.take(sentence);
}

void WordFacts::finish() {
  std::ranges::sort(places_);
  first_cell_.assign(words_.size() + 1, 0);
  for (std::size_t begin = 0; begin < places_.size();) {
    std::size_t end = begin + 1;
    while (end < places_.size() && places_[end] == places_[begin]) ++end;
    cells_.push_back({static_cast<Cell>(places_[begin]), static_cast<std::uint32_t>(end - begin)});
    ++first_cell_[(places_[begin] >> 32) + 1];
    begin = end;
  }
  std::partial_sum(first_cell_.begin(), first_cell_.end(), first_cell_.begin());
  places_ = {};
}

void WordFacts::begin(FactCounts& out) {
  out.cell_start.push_back(0);
  out.example_start.push_back(0);
}

void WordFacts::put(std::uint32_t number, FactCounts& out) const {
  out.texts.push_back(word(number).texts);
  for (const auto& [cell, count] : cells(number)) {
    out.cell.push_back(cell);
    out.cell_count.push_back(count);
  }
  out.cell_start.push_back(static_cast<std::uint32_t>(out.cell.size()));
  for (const Example& example : word(number).examples.kept()) {
    out.example_rank.push_back(example.rank);
    out.example_begin.push_back(example.begin);
    out.example_bytes.push_back(example.bytes);
  }
  out.example_start.push_back(static_cast<std::uint32_t>(out.example_rank.size()));
}

}  // namespace inkling::mining
