#include "mining/opinion_words.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mining/clauses.h"
#include "mining/predicate.h"

namespace inkling::mining {
namespace {

constexpr std::uint32_t kFewPlaces = 20;  // of a word: its last character tells more

std::string_view last_character(std::string_view word) {
  std::size_t at = word.size() - 1;
  while (at > 0 && (static_cast<unsigned char>(word[at]) & 0xC0U) == 0x80) --at;
  return word.substr(at);
}

struct Word {
  std::uint32_t places = 0;
  std::uint32_t judged = 0;         // places where it is judged
  std::uint32_t graded = 0;         // places where it is graded behind what is judged
  std::uint32_t good = 0, bad = 0;  // neighbours
  std::int8_t polarity = 0;
  bool is_opinion = false, is_aspect = false, is_seed = false;
};

struct Counted {
  std::uint32_t judged = 0, places = 0;
};

}  // namespace

class OpinionWordLearner {
 public:
  OpinionWordLearner(ClauseCutter cutter, const OpinionWordOptions& options)
      : cutter_(std::move(cutter)), options_(options) {
    for (const auto& [seed, polarity] : opinion_seeds()) {
      Word& word = words_[number_of(seed)];
      word.is_opinion = word.is_seed = true;
      word.polarity = polarity;
    }
  }

  void take(std::string_view text) {
    cutter_.cut(text, cut_);
    const auto before = static_cast<std::uint32_t>(kinds_.size());
    for (const TextPart& word : cut_.words) {
      word_at_.push_back(number_of(text.substr(word.begin, word.end - word.begin)));
      ++words_[word_at_.back()].places;
    }
    kinds_.insert(kinds_.end(), cut_.kinds.begin(), cut_.kinds.end());
    for (const Clause& clause : cut_.clauses) clauses_.push_back({before + clause.first, before + clause.last});
    text_ends_.push_back(clauses_.size());
  }

  OpinionWords learn() {
    for (std::size_t round = 0; round < options_.max_rounds; ++round) {
      const bool new_aspects = find_aspects(), new_opinions = find_opinions();
      if (!new_aspects && !new_opinions) break;
    }
    for (std::size_t round = 0; round < options_.max_rounds && find_polarities(); ++round) {
    }
    return made();
  }

 private:
  // Of all clauses.
  struct Place {
    std::uint32_t first = 0, last = 0;
  };
  struct ClauseView {
    std::span<const WordClass> kinds;
    std::span<const std::uint32_t> numbers;
    [[nodiscard]] std::size_t size() const { return kinds.size(); }
  };

  std::uint32_t number_of(std::string_view word) {
    const auto found = numbers_.find(word);
    if (found != numbers_.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(words_.size());
    numbers_.emplace(std::string(word), number);
    words_.emplace_back();
    return number;
  }

  [[nodiscard]] ClauseView clause_at(const Place& place) const {
    const std::size_t size = place.last - place.first;
    return {std::span(kinds_).subspan(place.first, size), std::span(word_at_).subspan(place.first, size)};
  }
  [[nodiscard]] auto judges(const ClauseView& clause) const {
    return [this, &clause](std::size_t i) { return words_[clause.numbers[i]].is_opinion; };
  }
  [[nodiscard]] bool is_enough(std::uint32_t count, std::uint32_t places) const {
    return count >= options_.min_count && count >= options_.min_share * places;
  }

  // The last word of what a word that judges stands behind, or before with 的 between.
  bool find_aspects() {
    for (Word& word : words_) word.judged = 0;
    for (const Place& place : clauses_) {
      const ClauseView clause = clause_at(place);
      const auto found = find_predicate(clause.kinds, judges(clause));
      if (!found) continue;
      if (found->aspect < found->begin) {
        ++words_[clause.numbers[found->begin - 1]].judged;
      } else if (judged_behind(clause.kinds, found->opinion, judges(clause)) < clause.size()) {
        ++words_[clause.numbers.back()].judged;
      }
    }
    bool is_new = false;
    for (Word& word : words_) {
      if (word.is_aspect || word.is_opinion || !is_enough(word.judged, word.places)) continue;
      is_new = word.is_aspect = true;
    }
    return is_new;
  }

  // A word that is graded, ends its clause but for particles, and stands alone or behind what is judged.
  bool find_opinions() {
    for (Word& word : words_) word.graded = 0;
    for (const Place& place : clauses_) {
      const ClauseView clause = clause_at(place);
      std::size_t last = clause.size();
      while (last > 0 && is_tail(clause.kinds[last - 1])) --last;
      if (last < 2 || clause.kinds[last - 1] != WordClass::kContent) continue;
      const Predicate found = predicate_at(clause.kinds, last - 1, judges(clause));
      const bool is_alone = found.begin == 0;
      if (!found.is_graded || (!is_alone && found.aspect == found.begin)) continue;
      if (is_alone || words_[clause.numbers[found.begin - 1]].is_aspect) ++words_[clause.numbers[last - 1]].graded;
    }
    bool is_new = false;
    for (Word& word : words_) {
      if (word.is_opinion || !is_enough(word.graded, word.places)) continue;
      is_new = word.is_opinion = true;
      word.is_aspect = false;
    }
    return is_new;
  }
  static bool is_tail(WordClass kind) { return kind == WordClass::kParticle || kind == WordClass::kOf; }

  struct Said {
    std::uint32_t word = 0;
    bool is_denied = false;
    bool turns = false;
  };

  [[nodiscard]] std::optional<Said> said_in(const Place& place) const {
    const ClauseView clause = clause_at(place);
    const auto found = find_predicate(clause.kinds, judges(clause));
    if (!found) return std::nullopt;
    return Said{clause.numbers[found->opinion], is_denied(clause.kinds, found->begin, found->opinion),
                clause.kinds.front() == WordClass::kTurn};
  }

  // Each word beside a word whose polarity is known learns a good or a bad neighbour.
  void vote(const Said& from, const Said& to, bool turns) {
    const std::int8_t polarity = words_[from.word].polarity;
    if (polarity == 0) return;
    const bool differ = (from.is_denied != to.is_denied) != turns, is_good = (polarity > 0) != differ;
    ++(is_good ? words_[to.word].good : words_[to.word].bad);
  }

  // Whether any word's polarity is another one than before.
  bool find_polarities() {
    for (Word& word : words_) word.good = word.bad = 0;
    std::size_t clause = 0;
    for (const std::size_t end : text_ends_) {
      std::optional<Said> before;
      for (; clause < end; ++clause) {
        const auto said = said_in(clauses_[clause]);
        if (said && before) {
          vote(*before, *said, said->turns);
          vote(*said, *before, said->turns);
        }
        if (said) before = said;
      }
    }
    return judge_votes();
  }

  // How probable a good neighbour is beside the seeds of a polarity; as if four had been seen and three agreed.
  [[nodiscard]] double good_share(std::int8_t polarity) const {
    double good = polarity > 0 ? 3 : 1, all = 4;
    for (const Word& word : words_) {
      if (!word.is_seed || word.polarity != polarity) continue;
      good += word.good;
      all += word.good + word.bad;
    }
    return good / all;
  }

  // A word's neighbours against those of good and of bad seeds.
  bool judge_votes() {
    const double beside_good = good_share(1), beside_bad = good_share(-1);
    bool is_new = false;
    for (Word& word : words_) {
      if (word.is_seed || !word.is_opinion) continue;
      const double odds =
          word.good * std::log(beside_good / beside_bad) + word.bad * std::log((1 - beside_good) / (1 - beside_bad));
      const int polarity = (odds >= options_.min_log_odds) - (odds <= -options_.min_log_odds);
      is_new = is_new || polarity != word.polarity;
      word.polarity = static_cast<std::int8_t>(polarity);
    }
    return is_new;
  }

  OpinionWords made() const {
    OpinionWords made;
    OpinionWords::ByWord<Counted> characters;
    for (const auto& [text, number] : numbers_) {
      const Word& word = words_[number];
      if (word.is_opinion) made.opinions_.emplace(text, word.polarity);
      if (word.places >= kFewPlaces) made.judged_.emplace(text, word.is_aspect);
      if (class_of(text) != WordClass::kContent || word.is_opinion) continue;
      Counted& character = characters[std::string(last_character(text))];
      character.judged += word.judged;
      character.places += word.places;
    }
    for (const auto& [character, counted] : characters) {
      made.judged_character_.emplace(character, is_enough(counted.judged, counted.places));
    }
    return made;
  }

  ClauseCutter cutter_;
  const OpinionWordOptions& options_;
  ClausedText cut_;
  OpinionWords::ByWord<std::uint32_t> numbers_;
  std::vector<Word> words_;
  std::vector<WordClass> kinds_;        // of all words of all texts
  std::vector<std::uint32_t> word_at_;  // their numbers
  std::vector<Place> clauses_;
  std::vector<std::size_t> text_ends_;  // of clauses_
};

base::Result<OpinionWords> OpinionWords::learn(std::span<const std::string_view> texts,
                                               const OpinionWordOptions& options) {
  INKLING_ASSIGN(ClauseCutter cutter, ClauseCutter::create());
  OpinionWordLearner learner(std::move(cutter), options);
  for (const std::string_view text : texts) learner.take(text);
  return learner.learn();
}

std::optional<std::int8_t> OpinionWords::polarity_of(std::string_view word) const {
  const auto found = opinions_.find(word);
  if (found == opinions_.end()) return std::nullopt;
  return found->second;
}

bool OpinionWords::is_judged(std::string_view word) const {
  if (word.empty() || opinions_.contains(word)) return false;
  if (const auto found = judged_.find(word); found != judged_.end()) return found->second;
  const auto found = judged_character_.find(last_character(word));
  return found != judged_character_.end() && found->second;
}

namespace {

template <typename Words>
std::vector<std::string_view> sorted(const Words& words, auto is_wanted) {
  std::vector<std::string_view> all;
  for (const auto& [word, value] : words) {
    if (is_wanted(value)) all.push_back(word);
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace

std::vector<std::string_view> OpinionWords::opinions() const {
  return sorted(opinions_, [](std::int8_t) { return true; });
}

std::vector<std::string_view> OpinionWords::aspects() const {
  return sorted(judged_, [](bool is_judged) { return is_judged; });
}

}  // namespace inkling::mining
