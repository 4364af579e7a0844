#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/core/hash.h"
#include "base/core/utf8.h"
#include "mining/letter_runs.h"
#include "mining/sentences.h"
#include "mining/slice.h"
#include "mining/word_facts.h"
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

// Words of the slice, numbered as they come; put() orders them by their bytes.
class WordTable {
 public:
  void take(std::string_view word, Cell cell, std::uint32_t text, std::uint64_t sentence_hash, Example sentence) {
    auto found = numbers_.find(word);
    if (found == numbers_.end()) {
      found = numbers_.emplace(std::string(word), facts_.add(base::name_hash(word))).first;
    }
    facts_.take(found->second, cell, text, sentence_hash, sentence);
  }

  void put(SliceCounts& out) {
    facts_.finish();
    std::vector<std::pair<std::string_view, std::uint32_t>> order(numbers_.begin(), numbers_.end());
    std::ranges::sort(order);
    out.word_start.push_back(0);
    WordFacts::begin(out.words);
    for (const auto& [word, number] : order) {
      out.word_bytes.insert(out.word_bytes.end(), word.begin(), word.end());
      out.word_start.push_back(static_cast<std::uint32_t>(out.word_bytes.size()));
      facts_.put(number, out.words);
    }
  }

 private:
  ByText<std::uint32_t> numbers_;
  WordFacts facts_;
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
    slice_.counts.grams = grams_.finish(gram_floor(slice_.tally.counted));
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
