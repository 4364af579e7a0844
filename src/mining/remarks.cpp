#include "mining/remarks.h"

#include <algorithm>

#include "mining/predicate.h"

namespace inkling::mining {
namespace {

using Words = std::span<const TextPart>;

TextPart part_of(Words words) {
  return {words.front().begin, words.back().end};
}

std::string_view text_of(std::string_view text, const TextPart& word) {
  return text.substr(word.begin, word.end - word.begin);
}

bool only_names(std::span<const WordClass> kinds) {
  return kinds.size() <= kMostAspectWords && std::ranges::count(kinds, WordClass::kContent) == std::ssize(kinds);
}

}  // namespace

base::Result<RemarkReader> RemarkReader::create(const OpinionWords& words) {
  INKLING_ASSIGN(ClauseCutter cutter, ClauseCutter::create());
  return RemarkReader(std::move(cutter), words);
}

void RemarkReader::read(std::string_view text, std::vector<Remark>& out) {
  out.clear();
  listed_.clear();
  topic_.reset();
  cutter_.cut(text, cut_);
  for (const Clause& clause : cut_.clauses) {
    if (clause.before == Mark::kStop) topic_.reset();
    if (clause.before != Mark::kList) listed_.clear();
    read_clause(text, clause, out);
  }
}

void RemarkReader::read_clause(std::string_view text, const Clause& clause, std::vector<Remark>& out) {
  const Words words = cut_.words_of(clause);
  const auto kinds = cut_.kinds_of(clause);
  const auto judges = [&](std::size_t i) { return words_->polarity_of(text_of(text, words[i])).has_value(); };
  const auto is_judged = [&](Words run) { return !run.empty() && words_->is_judged(text_of(text, run.back())); };
  const auto found = find_predicate(kinds, judges);
  if (!found) {
    if (!only_names(kinds) || !(clause.behind == Mark::kHead || is_judged(words))) return;
    topic_ = part_of(words);
    if (clause.behind == Mark::kList) listed_.push_back(*topic_);
    return;
  }
  std::size_t begin = found->begin, end = words.size();
  const Words before = words.subspan(found->aspect, begin - found->aspect),
              behind = words.subspan(judged_behind(kinds, found->opinion, judges));
  if (is_judged(before)) {
    topic_ = part_of(before);
  } else if (is_judged(behind)) {
    topic_ = part_of(behind);
    end = found->opinion + 1;
  } else {  // all of the clause says it
    begin = kinds.front() == WordClass::kTurn ? 1 : 0;
  }
  const Words said = words.subspan(begin, end - begin);
  const std::int8_t polarity = polarity_of(text, said, kinds.subspan(begin, end - begin));
  for (const TextPart& name : listed_) out.push_back({name, part_of(said), polarity});
  out.push_back({topic_, part_of(said), polarity});
  listed_.clear();
}

// The sum of what its words say, each denied by what stands before it, from the one before on.
std::int8_t RemarkReader::polarity_of(std::string_view text, Words words, std::span<const WordClass> kinds) const {
  int sum = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto said = words_->polarity_of(text_of(text, words[i]));
    if (!said) continue;
    sum += is_denied(kinds, begin, i) ? -*said : *said;
    begin = i + 1;
  }
  return static_cast<std::int8_t>((sum > 0) - (sum < 0));
}

}  // namespace inkling::mining
