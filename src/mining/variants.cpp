#include "mining/variants.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

#include "mining/letter_runs.h"

namespace inkling::mining {
namespace {

constexpr std::size_t kHalfLetters = 2;      // of what may change places
constexpr std::size_t kFewestTypoBytes = 5;  // shorter words differ by a letter and mean something else

using Counts = std::map<std::uint32_t, double>;  // by industry

Counts by_industry(const Candidate& word) {
  Counts counts;
  for (const CellCount& cell : word.cells) counts[industry_of(cell.cell)] += static_cast<double>(cell.count);
  return counts;
}

double similarity(const Candidate& a, const Candidate& b) {
  const Counts of_a = by_industry(a), of_b = by_industry(b);
  double both = 0, a_square = 0, b_square = 0;
  for (const auto& [industry, count] : of_a) {
    a_square += count * count;
    if (const auto found = of_b.find(industry); found != of_b.end()) both += count * found->second;
  }
  for (const auto& [industry, count] : of_b) b_square += count * count;
  return both == 0 ? 0 : both / std::sqrt(a_square * b_square);
}

bool is_plain_word(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

class VariantFinder {
 public:
  VariantFinder(std::span<const Candidate> words, const VariantOptions& options) : words_(words), options_(options) {
    for (std::size_t i = 0; i < words.size(); ++i) places_.emplace(words[i].word, i);
  }

  std::vector<std::size_t> find() {
    std::vector<std::size_t> of(words_.size());
    std::iota(of.begin(), of.end(), std::size_t{0});
    index_deletions();
    // The most frequent first, so that what others are variants of is none itself.
    std::vector<std::size_t> order = of;
    std::ranges::stable_sort(order, [this](auto a, auto b) { return words_[a].count > words_[b].count; });
    for (const std::size_t word : order) {
      const std::size_t meant = meaning_of(word);
      if (meant != word && of[meant] == meant) of[word] = meant;
    }
    return of;
  }

 private:
  // Of each word without one of its letters: what is one letter away shares one with it (or is one).
  void index_deletions() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string& word = words_[i].word;
      if (word.size() < kFewestTypoBytes || !is_plain_word(word)) continue;
      deletions_[word].push_back(i);
      for (std::size_t at = 0; at < word.size(); ++at) {
        deletions_[word.substr(0, at) + word.substr(at + 1)].push_back(i);
      }
    }
  }

  // The most frequent word that this one may be another way to write; itself when there is none.
  [[nodiscard]] std::size_t meaning_of(std::size_t word) const {
    std::size_t best = word;
    const auto consider = [&](std::size_t other, double most_share) {
      if (words_[other].count <= words_[best].count ||
          similarity(words_[word], words_[other]) < options_.min_similarity)
        return;
      if (static_cast<double>(words_[word].count) <= most_share * static_cast<double>(words_[other].count))
        best = other;
    };
    const std::string& text = words_[word].word;
    each_swap(text, [&](const std::string& swapped) {
      if (const auto found = places_.find(swapped); found != places_.end()) consider(found->second, 1);
    });
    each_near(text, [&](std::size_t other) { consider(other, options_.max_typo_share); });
    return best;
  }

  template <typename Visit>
  static void each_swap(const std::string& word, Visit visit) {
    std::vector<std::size_t> starts;  // of letters
    for (std::size_t at = 0; at < word.size();) {
      const text::Letter letter = text::first_letter(std::string_view(word).substr(at));
      if (!runs(letter.code)) return;
      starts.push_back(at);
      at += letter.bytes;
    }
    for (std::size_t half = kHalfLetters; half + kHalfLetters <= starts.size(); ++half) {
      visit(word.substr(starts[half]) + word.substr(0, starts[half]));
    }
  }

  template <typename Visit>
  void each_near(const std::string& word, Visit visit) const {
    if (word.size() < kFewestTypoBytes || !is_plain_word(word)) return;
    const auto look = [&](const std::string& key) {
      if (const auto found = deletions_.find(key); found != deletions_.end()) {
        for (const std::size_t other : found->second) {
          const std::string& candidate = words_[other].word;
          const auto longer = std::max(candidate.size(), word.size()),
                     shorter = std::min(candidate.size(), word.size());
          if (longer - shorter <= 1 && candidate != word) visit(other);
        }
      }
    };
    look(word);
    for (std::size_t at = 0; at < word.size(); ++at) look(word.substr(0, at) + word.substr(at + 1));
  }

  std::span<const Candidate> words_;
  const VariantOptions& options_;
  std::unordered_map<std::string_view, std::size_t> places_;
  std::unordered_map<std::string, std::vector<std::size_t>> deletions_;
};

}  // namespace

std::vector<std::size_t> variants_of(std::span<const Candidate> words, const VariantOptions& options) {
  return VariantFinder(words, options).find();
}

}  // namespace inkling::mining
