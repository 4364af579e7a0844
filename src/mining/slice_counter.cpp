#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/core/hash.h"
#include "base/core/utf8.h"
#include "mining/letter_runs.h"
#include "mining/sentences.h"
#include "mining/slice.h"
#include "text/segments.h"

namespace inkling::mining {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t kExcerptBytes = 60;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// Words of the slice with all that is counted of them, numbered as they come; put() orders them by their bytes.
class WordTable {
 public:
  // Every word of a text, in any order; then end_text().
  void take(std::string_view word, Cell cell, std::uint32_t text, std::uint64_t sentence_hash, Example sentence) {
    const std::uint32_t number = number_of(word);
    places_.push_back(std::uint64_t{number} << 32 | cell);
    Word& counted = words_[number];
    if (counted.last_text != text) {
      counted.last_text = text;
      ++counted.texts;
    }
    sentence.rank = example_rank(sentence_hash, counted.hash);
    keep(counted, sentence);
  }

  void put(SliceCounts& out) {
    std::ranges::sort(places_);
    std::vector<std::size_t> first(words_.size() + 1, 0);  // of places_, by number
    for (const std::uint64_t place : places_) ++first[(place >> 32) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    out.word_start.push_back(0);
    out.word_cell_start.push_back(0);
    out.word_example_start.push_back(0);
    for (const std::uint32_t number : order()) put_word(number, first, out);
  }

 private:
  struct Word {
    Word(const std::string* word, std::uint64_t word_hash) : text(word), hash(word_hash) {}
    const std::string* text;
    std::uint64_t hash;
    std::uint32_t texts = 0;
    std::uint32_t last_text = 0xFFFFFFFF;
    std::array<Example, tag::kMaxExamples> examples;
    std::uint32_t example_count = 0;
  };

  std::uint32_t number_of(std::string_view word) {
    if (const auto found = numbers_.find(word); found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(words_.size());
    const auto made = numbers_.emplace(std::string(word), number).first;
    words_.emplace_back(&made->first, base::name_hash(word));
    return number;
  }

  static void keep(Word& word, const Example& example) {
    const auto kept = std::span(word.examples).first(word.example_count);
    const auto at = std::ranges::lower_bound(kept, example.rank, {}, &Example::rank);
    if (at != kept.end() && at->rank == example.rank) return;  // that very sentence
    const auto place = static_cast<std::size_t>(at - kept.begin());
    if (place == word.examples.size()) return;
    if (word.example_count < word.examples.size()) ++word.example_count;
    std::move_backward(word.examples.begin() + static_cast<std::ptrdiff_t>(place),
                       word.examples.begin() + word.example_count - 1, word.examples.begin() + word.example_count);
    word.examples[place] = example;
  }

  [[nodiscard]] std::vector<std::uint32_t> order() const {
    std::vector<std::uint32_t> numbers(words_.size());
    std::iota(numbers.begin(), numbers.end(), 0U);
    std::ranges::sort(numbers, {}, [this](std::uint32_t number) { return std::string_view(*words_[number].text); });
    return numbers;
  }

  void put_word(std::uint32_t number, std::span<const std::size_t> first, SliceCounts& out) const {
    const Word& word = words_[number];
    out.word_bytes.insert(out.word_bytes.end(), word.text->begin(), word.text->end());
    out.word_start.push_back(static_cast<std::uint32_t>(out.word_bytes.size()));
    out.word_texts.push_back(word.texts);
    for (std::size_t i = first[number]; i < first[number + 1];) {
      std::size_t end = i;
      while (end < first[number + 1] && places_[end] == places_[i]) ++end;
      out.cell.push_back(static_cast<Cell>(places_[i]));
      out.cell_count.push_back(static_cast<std::uint32_t>(end - i));
      i = end;
    }
    out.word_cell_start.push_back(static_cast<std::uint32_t>(out.cell.size()));
    for (const Example& example : std::span(word.examples).first(word.example_count)) {
      out.example_rank.push_back(example.rank);
      out.example_begin.push_back(example.begin);
      out.example_bytes.push_back(example.bytes);
    }
    out.word_example_start.push_back(static_cast<std::uint32_t>(out.example_rank.size()));
  }

  ByText<std::uint32_t> numbers_;
  std::vector<Word> words_;
  std::vector<std::uint64_t> places_;  // number << 32 | cell, one a word of the texts
};

class SliceCounter {
 public:
  explicit SliceCounter(text::Segmenter segmenter) : segmenter_(std::move(segmenter)) {
    slice_.counts.text_start.push_back(0);
    slice_.counts.industry_start.push_back(0);
    static_cast<void>(industry_number(""));
  }

  void take_line(std::string_view line) {
    const auto number = static_cast<std::uint32_t>(slice_.tally.lines++);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return skip(Skipped::kEmpty, number, "");
    if (!base::valid_utf8(line)) return skip(Skipped::kBadUtf8, number, "");
    const auto post = read_post(line);
    if (!post.ok()) {
      ++slice_.tally.bad;
      return show(slice_.tally.bad_lines, number, post.status().message(), line);
    }
    if (const auto why = cleaner_.take(*post)) return skip(*why, number, post->text);
    if (cleaner_.was_cut()) ++slice_.tally.cut;
    take_text(cleaner_.text(), cell_of(industry_number(post->industry), post->source));
  }

  CountedSlice finish() {
    slice_.tally.counted = slice_.counts.text_cell.size();
    words_.put(slice_.counts);
    slice_.counts.gram_letters.push_back(grams_.letters());
    slice_.counts.grams = grams_.finish(kGramFloor);
    return std::move(slice_);
  }

 private:
  static void show(std::vector<Tally::Line>& shown, std::uint32_t line, std::string reason, std::string_view text) {
    if (shown.size() < kShownLines) {
      shown.push_back({line, std::move(reason), std::string(base::utf8_cut(text, kExcerptBytes))});
    }
  }

  void skip(Skipped why, std::uint32_t line, std::string_view text) {
    const auto kind = static_cast<std::size_t>(why);
    ++slice_.tally.skipped[kind];
    show(slice_.tally.skipped_lines[kind], line, "", text);
  }

  std::uint32_t industry_number(std::string_view name) {
    if (const auto found = industries_.find(name); found != industries_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(industries_.size());
    industries_.emplace(std::string(name), number);
    slice_.counts.industry_bytes.insert(slice_.counts.industry_bytes.end(), name.begin(), name.end());
    slice_.counts.industry_start.push_back(static_cast<std::uint32_t>(slice_.counts.industry_bytes.size()));
    return number;
  }

  void take_text(std::string_view text, Cell cell) {
    SliceCounts& counts = slice_.counts;
    const auto number = static_cast<std::uint32_t>(counts.text_cell.size());
    const auto offset = static_cast<std::uint32_t>(counts.text_bytes.size());
    counts.text_bytes.insert(counts.text_bytes.end(), text.begin(), text.end());
    counts.text_start.push_back(static_cast<std::uint32_t>(counts.text_bytes.size()));
    counts.text_cell.push_back(cell);
    each_run(text, run_, [this](std::u16string_view run, std::size_t) { grams_.take(run); });
    cut_sentences(text, sentences_);
    std::size_t at = 0;
    std::uint64_t hash = sentence_hash(text, at);
    for (const text::Segment& segment : segmenter_.cut(text)) {
      while (segment.begin >= sentences_[at].end) hash = sentence_hash(text, ++at);
      const std::string_view word = text.substr(segment.begin, segment.end - segment.begin);
      if (segment.kind != text::SegmentKind::kWord || !may_be_tag(word)) continue;
      const Sentence& sentence = sentences_[at];
      words_.take(word, cell, number, hash, {0, offset + sentence.begin, sentence.end - sentence.begin});
    }
  }

  [[nodiscard]] std::uint64_t sentence_hash(std::string_view text, std::size_t at) const {
    return base::name_hash(text.substr(sentences_[at].begin, sentences_[at].end - sentences_[at].begin));
  }

  text::Segmenter segmenter_;
  Cleaner cleaner_;
  WordTable words_;
  GramCounter grams_;
  ByText<std::uint32_t> industries_;
  std::u16string run_;
  std::vector<Sentence> sentences_;
  CountedSlice slice_;
};

}  // namespace

std::uint64_t example_rank(std::uint64_t sentence_hash, std::uint64_t word_hash) {
  return base::mix64(sentence_hash ^ base::mix64(word_hash));
}

Result<CountedSlice> count_slice(std::string_view lines) {
  INKLING_ASSIGN(text::Segmenter segmenter, text::Segmenter::create());
  SliceCounter counter(std::move(segmenter));
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    counter.take_line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return counter.finish();
}

}  // namespace inkling::mining
