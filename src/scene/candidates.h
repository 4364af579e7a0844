// How stages add candidates and bring them into another order. Two recalls may find the same item: it stays one
// candidate, with both marks. Thread safety: one request, one thread. Cost: adding O(1), reordering one move a
// candidate; they allocate only where Slots::candidates and Slots::scratch grow.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "scene/exchange.h"

namespace inkling::scene {

inline constexpr std::size_t kMaxCandidates = 2000;  // of one request; further ones are not taken

// Of one run of one recall; nothing else may change the candidates while it lives.
class CandidateAdder {
 public:
  CandidateAdder(Slots& slots, std::string_view recall);

  // Scores of the same recall for the same item add up; the first reason stays, and so does the first that it is to
  // be shown `with`.
  void add(std::string_view item, float score, Reason reason, std::string_view with = {});
  // Says one thing more of an item that was added; nothing when there is no room for it.
  void explain(std::string_view item, Reason reason);

 private:
  [[nodiscard]] std::uint32_t& place_of(std::string_view item);

  Slots& slots_;
  std::string_view recall_;
};

// The score that `recall` gave; 0 when it did not find the item.
[[nodiscard]] float recall_score(const Candidate& candidate, std::string_view recall);

// Best first; equal scores keep their order.
void sort_by_score(Slots& slots);

// Candidate order[i] comes to place i; `order` is a permutation and is used up.
void reorder(std::vector<Candidate>& candidates, std::vector<std::uint32_t>& order);

}  // namespace inkling::scene
