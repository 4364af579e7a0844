// How much more often something (a query, a word of titles) meets a category than chance would have it: pointwise
// mutual information, lowered where it rests on few meetings. Two categories are alike when the same things are
// theirs. Not for pairs of categories themselves (signals.h).
//
// Ownership: owns its rows. Thread safety: const calls from any thread. Cost: making sorts the meetings; likeness is
// the sum over things of their categories squared. Source: Church and Hanks, "Word association norms, mutual
// information, and lexicography", 1990; the discount for small counts is ours.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mining/categories/pair_matrix.h"

namespace inkling::categories {

struct Meeting {
  std::uint32_t what = 0, category = 0;
};

// Pointwise mutual information of what was counted and would be counted by chance: the natural logarithm of their
// quotient, times count / (count + 3).
[[nodiscard]] double doubted_pmi(double count, double by_chance);

struct Contribution {
  std::uint32_t what = 0, category = 0;
  std::uint32_t count = 0;
  float pmi = 0;  // doubted_pmi(); only what is above 0 is kept
};

class Contributions {
 public:
  // Pairs that met less than `least` times are left out.
  Contributions(std::vector<Meeting> meetings, std::size_t categories, std::uint32_t least);

  // By what, then by category.
  [[nodiscard]] std::span<const Contribution> all() const { return all_; }
  [[nodiscard]] std::span<const Contribution> of(std::uint32_t what) const;
  [[nodiscard]] std::uint64_t meetings() const { return meetings_; }

  // The cosine of categories over what contributes to them: 0 to 1.
  [[nodiscard]] PairMatrix likeness() const;

 private:
  std::size_t categories_;
  std::uint64_t meetings_;
  std::vector<Contribution> all_;
};

}  // namespace inkling::categories
