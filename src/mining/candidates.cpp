#include "mining/candidates.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/core/hash.h"
#include "mining/kept_phrases.h"
#include "mining/letter_runs.h"
#include "mining/parallel.h"
#include "mining/phrase_scanner.h"
#include "mining/sentences.h"
#include "mining/word_facts.h"

namespace inkling::mining {
namespace {

using base::Result;
using base::Status;

constexpr std::size_t kSlicesAThread = 8;  // whose counts of new words are in memory at once

// The word as a run of letters; nothing when it is none, or too long for a new word.
std::optional<Gram> gram_of_word(std::string_view word) {
  std::u16string letters;
  while (!word.empty()) {
    const text::Letter letter = text::first_letter(word);
    if (!runs(letter.code) || letters.size() == kGramLetters) return std::nullopt;
    letters += static_cast<char16_t>(letter.code);
    word.remove_prefix(letter.bytes);
  }
  return gram_of(letters);
}

// Of a new word, the same as of the dictionary's.
struct PhraseFacts {
  template <template <typename> typename Column>
  struct Columns {
    PhraseColumns<Column> phrases;
    FactColumns<Column> facts;
  };
  static constexpr std::string_view kExtension = ".words1";
  static constexpr auto columns_of = [](auto visit, auto& columns) { return kFactColumns(visit, columns.facts); };
  static bool fits(const Columns<Viewed>& columns, const Slice& slice) {
    return slice.fits(columns.facts, columns.phrases.size());
  }
};
using KeptFacts = KeptPhrases<PhraseFacts>;

struct SlicedExample {
  std::uint64_t rank = 0;
  std::size_t slice = 0;
  Example example;
};

// A candidate while slice after slice is added.
struct Draft {
  std::uint64_t texts = 0;
  std::vector<CellCount> cells;  // one slice behind the other
  LeastRanks<SlicedExample> examples;
};

class Collector {
 public:
  Collector(std::span<const Slice> slices, const NewWordOptions& options) : slices_(slices), options_(options) {}

  Result<Candidates> collect() {
    find_industries();
    find_frequent_words();
    take_words();
    INKLING_TRY(take_new_words());
    return std::move(found_);
  }

 private:
  void find_industries() {
    std::map<std::string, std::uint64_t> texts;
    texts[""] = 0;
    for (const Slice& slice : slices_) {
      for (std::size_t i = 0; i < slice.industries(); ++i) texts[std::string(slice.industry(i))];
      for (const Cell cell : slice.columns().text_cell) ++texts[std::string(slice.industry(industry_of(cell)))];
      found_.texts += slice.texts();
    }
    std::map<std::string, std::uint32_t, std::less<>> numbers;
    for (const auto& [name, count] : texts) {
      numbers.emplace(name, static_cast<std::uint32_t>(found_.industries.size()));
      found_.industries.push_back(name);
      found_.industry_texts.push_back(count);
    }
    for (const Slice& slice : slices_) {
      std::vector<std::uint32_t>& of_slice = industry_numbers_.emplace_back();
      for (std::size_t i = 0; i < slice.industries(); ++i)
        of_slice.push_back(numbers.find(slice.industry(i))->second);
    }
  }

  void find_frequent_words() {
    std::unordered_map<std::string_view, std::uint64_t> counts;
    for (const Slice& slice : slices_) {
      const SliceViews& columns = slice.columns();
      for (std::size_t word = 0; word < slice.words(); ++word) {
        std::uint64_t count = 0;
        for (std::size_t i = columns.words.cell_start[word]; i < columns.words.cell_start[word + 1]; ++i) {
          count += columns.words.cell_count[i];
        }
        counts[slice.word(word)] += count;
      }
    }
    for (const auto& [word, count] : counts) {
      if (count >= options_.min_count) frequent_.push_back(word);
    }
    std::ranges::sort(frequent_);
  }

  void take_words() {
    std::vector<Draft> drafts(frequent_.size());
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      std::size_t place = 0;  // of frequent_; both are in order
      for (std::size_t word = 0; word < slices_[i].words(); ++word) {
        while (place < frequent_.size() && frequent_[place] < slices_[i].word(word)) ++place;
        if (place == frequent_.size() || frequent_[place] != slices_[i].word(word)) continue;
        take_facts(i, slices_[i].columns().words, word, drafts[place]);
      }
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      add(std::string(frequent_[i]), std::nullopt, drafts[i]);
    }
  }

  template <template <typename> typename Column>
  void take_facts(std::size_t slice, const FactColumns<Column>& facts, std::size_t word, Draft& draft) const {
    draft.texts += facts.texts[word];
    for (std::size_t i = facts.cell_start[word]; i < facts.cell_start[word + 1]; ++i) {
      draft.cells.push_back({cell_of_all(slice, facts.cell[i]), facts.cell_count[i]});
    }
    for (std::size_t i = facts.example_start[word]; i < facts.example_start[word + 1]; ++i) {
      const Example example = facts.example(i);
      draft.examples.take({example.rank, slice, example});
    }
  }

  Status take_new_words() {
    std::unordered_set<Gram, GramHash> known;
    for (const std::string_view word : frequent_) {
      if (const auto gram = gram_of_word(word)) known.insert(*gram);
    }
    const std::vector<NewWord> words =
        find_new_words(slices_, options_, [&](const Gram& gram) { return known.contains(gram); });
    std::vector<Gram> phrases;
    for (const NewWord& word : words) phrases.push_back(word.gram);
    std::vector<Draft> drafts(words.size());
    // Of some slices at a time, so that the memory is bounded; added in order.
    const std::size_t at_once = kSlicesAThread * std::max<std::size_t>(options_.threads, 1);
    for (std::size_t first = 0; first < slices_.size(); first += at_once) {
      const auto slices = slices_.subspan(first, std::min(at_once, slices_.size() - first));
      INKLING_ASSIGN(const auto facts, facts_of(slices, phrases));
      for (std::size_t i = 0; i < facts.size(); ++i) {
        facts[i].each(phrases, [&](std::size_t word, const auto& columns, std::size_t row) {
          take_facts(first + i, columns.facts, row, drafts[word]);
        });
      }
    }
    for (std::size_t i = 0; i < words.size(); ++i) add(to_utf8(words[i].gram), words[i], drafts[i]);
    std::ranges::sort(found_.words, {}, &Candidate::word);
    return {};
  }

  [[nodiscard]] Result<std::vector<KeptFacts>> facts_of(std::span<const Slice> slices,
                                                        std::span<const Gram> phrases) const {
    return kept_of<PhraseFacts>(slices, phrases, options_.threads,
                                [](const Slice& slice, auto asked) { return count_phrases(slice, asked); });
  }

  static KeptFacts::Counted count_phrases(const Slice& slice, std::span<const Gram> phrases) {
    const PhraseScanner scanner(phrases);
    WordFacts facts;
    for (const Gram& phrase : phrases) facts.add(base::name_hash(to_utf8(phrase)));
    std::u16string run;
    std::vector<Sentence> sentences;
    for (std::size_t text = 0; text < slice.texts(); ++text) {
      const std::string_view words = slice.text(text);
      if (!scanner.may_stand_in(words)) continue;
      const std::uint32_t offset = slice.columns().text_start[text];
      cut_sentences(words, sentences);
      std::size_t at = 0;
      std::uint64_t hash = 0, hashed = sentences.size();  // no sentence yet
      each_run(words, run, [&](std::u16string_view letters, std::size_t begin) {
        while (sentences[at].end <= begin) ++at;
        const Sentence& sentence = sentences[at];
        scanner.scan(letters, [&](std::uint32_t number, std::size_t) {
          if (hashed != at) hash = base::name_hash(words.substr(sentence.begin, sentence.end - sentence.begin));
          hashed = at;
          facts.take(number, slice.columns().text_cell[text], static_cast<std::uint32_t>(text), hash,
                     {0, offset + sentence.begin, sentence.end - sentence.begin});
        });
      });
    }
    facts.finish();
    KeptFacts::Counted counted;
    put_phrases(phrases, counted.phrases);
    WordFacts::begin(counted.facts);
    for (std::uint32_t number = 0; number < phrases.size(); ++number) facts.put(number, counted.facts);
    return counted;
  }

  [[nodiscard]] Cell cell_of_all(std::size_t slice, Cell cell) const {
    return cell_of(industry_numbers_[slice][industry_of(cell)], static_cast<tag::Source>(source_of(cell)));
  }

  void add(std::string word, std::optional<NewWord> novel, Draft& draft) {
    Candidate candidate{std::move(word), novel, 0, draft.texts, {}, {}};
    std::ranges::stable_sort(draft.cells, {}, &CellCount::cell);
    for (const CellCount& cell : draft.cells) {
      candidate.count += cell.count;
      if (!candidate.cells.empty() && candidate.cells.back().cell == cell.cell) {
        candidate.cells.back().count += cell.count;
      } else {
        candidate.cells.push_back(cell);
      }
    }
    for (const SlicedExample& kept : draft.examples.kept()) {
      candidate.examples.push_back(shown(kept));
    }
    found_.words.push_back(std::move(candidate));
  }

  [[nodiscard]] ShownSentence shown(const SlicedExample& kept) const {
    const Slice& slice = slices_[kept.slice];
    const auto& starts = slice.columns().text_start;
    const auto behind = std::ranges::upper_bound(starts.first(slice.texts()), kept.example.begin);
    const Cell cell = slice.columns().text_cell[static_cast<std::size_t>(behind - starts.begin()) - 1];
    return {std::string(slice.sentence(kept.example)), industry_of(cell_of_all(kept.slice, cell))};
  }

  std::span<const Slice> slices_;
  const NewWordOptions& options_;
  Candidates found_;
  std::vector<std::vector<std::uint32_t>> industry_numbers_;  // of a slice's industries among all
  std::vector<std::string_view> frequent_;
};

}  // namespace

Result<Candidates> find_candidates(std::span<const Slice> slices, const NewWordOptions& options) {
  return Collector(slices, options).collect();
}

}  // namespace inkling::mining
