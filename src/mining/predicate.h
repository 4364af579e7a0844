// Where a clause judges: the first word that does and that no name follows (大广场), what leads up to it, and what
// stands before that. Thread safety: pure. Cost: linear in the clause.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

#include "mining/clauses.h"

namespace inkling::mining {

inline constexpr std::size_t kMostAspectWords = 4;

struct Predicate {
  std::size_t aspect = 0;   // words [aspect, begin) before it that name something, without a gap; may be none
  std::size_t begin = 0;    // the first word of grading, denying and such before `opinion`
  std::size_t opinion = 0;  // the word that judges
  bool is_graded = false;
};

[[nodiscard]] constexpr bool leads_to_opinion(WordClass kind) {
  return kind == WordClass::kDegree || kind == WordClass::kDenial || kind == WordClass::kAdverb ||
         kind == WordClass::kParticle;
}

// Around the word at `opinion`. `judges(i)`: whether a word of the clause does.
template <typename Judges>
[[nodiscard]] Predicate predicate_at(std::span<const WordClass> kinds, std::size_t opinion, Judges judges) {
  Predicate found{opinion, opinion, opinion, false};
  while (found.begin > 0 && leads_to_opinion(kinds[found.begin - 1])) {
    --found.begin;
    found.is_graded = found.is_graded || kinds[found.begin] == WordClass::kDegree;
  }
  found.aspect = found.begin;
  while (found.aspect > 0 && found.begin - found.aspect < kMostAspectWords &&
         kinds[found.aspect - 1] == WordClass::kContent && !judges(found.aspect - 1)) {
    --found.aspect;
  }
  return found;
}

template <typename Judges>
[[nodiscard]] std::optional<Predicate> find_predicate(std::span<const WordClass> kinds, Judges judges) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] != WordClass::kContent || !judges(i)) continue;
    const bool is_part_of_name = i + 1 < kinds.size() && kinds[i + 1] == WordClass::kContent && !judges(i + 1);
    if (!is_part_of_name) return predicate_at(kinds, i, judges);
  }
  return std::nullopt;
}

// Behind `opinion` 的 and up to the clause's end what it judges (好吃的面): its first word, or their number.
template <typename Judges>
[[nodiscard]] std::size_t judged_behind(std::span<const WordClass> kinds, std::size_t opinion, Judges judges) {
  if (opinion + 2 >= kinds.size() || kinds[opinion + 1] != WordClass::kOf) return kinds.size();
  for (std::size_t i = opinion + 2; i < kinds.size(); ++i) {
    if (kinds[i] != WordClass::kContent || judges(i)) return kinds.size();
  }
  return kinds.size() - opinion - 2 > kMostAspectWords ? kinds.size() : opinion + 2;
}

// Whether an odd number of words before `opinion` deny it.
[[nodiscard]] inline bool is_denied(std::span<const WordClass> kinds, std::size_t begin, std::size_t opinion) {
  const auto before = kinds.subspan(begin, opinion - begin);
  return std::ranges::count(before, WordClass::kDenial) % 2 == 1;
}

}  // namespace inkling::mining
