#include "mining/dimensions/grow.h"

#include <algorithm>
#include <numeric>

namespace inkling::dimensions {
namespace {

using Vector = std::span<const float>;

// The largest similarities met so far, at most `most` of them.
class Nearest {
 public:
  void meet(float similarity, std::size_t most) {
    const auto place = std::ranges::upper_bound(values_, similarity, std::ranges::greater());
    values_.insert(place, similarity);
    if (values_.size() > most) values_.pop_back();
  }
  [[nodiscard]] float mean() const {
    if (values_.empty()) return -1;
    return std::accumulate(values_.begin(), values_.end(), 0.0F) / static_cast<float>(values_.size());
  }

 private:
  std::vector<float> values_;  // the largest first
};

struct Candidate {
  std::uint32_t word = 0;
  Vector vector;
  std::vector<Nearest> nearest;  // by dimension
};

class Grower {
 public:
  Grower(const vectors::WordVectors& vectors, std::span<const std::vector<std::string>> seeds,
         std::span<const std::string> words, const GrowthOptions& options)
      : options_(options), newest_(seeds.size()) {
    for (std::size_t i = 0; i < seeds.size(); ++i) {
      for (const std::string& seed : seeds[i]) {
        if (const Vector vector = known(vectors, seed); !vector.empty()) newest_[i].push_back(vector);
      }
    }
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      const Vector vector = known(vectors, words[i]);
      if (vector.empty()) {
        growth_.without_vector.push_back(i);
      } else {
        left_.push_back({i, vector, std::vector<Nearest>(seeds.size())});
      }
    }
  }

  Growth grow() {
    for (std::uint32_t round = 1; round <= options_.rounds && play(round); ++round) growth_.rounds = round;
    for (const Candidate& candidate : left_) growth_.unplaced.push_back(candidate.word);
    find_missing();
    return std::move(growth_);
  }

 private:
  static Vector known(const vectors::WordVectors& vectors, const std::string& word) {
    const Vector vector = vectors.find(word);
    return std::ranges::all_of(vector, [](float value) { return value == 0; }) ? Vector() : vector;
  }

  // Whether anything was placed.
  bool play(std::uint32_t round) {
    for (Candidate& candidate : left_) meet_newest(candidate);
    for (auto& vectors : newest_) vectors.clear();
    std::vector<Candidate> still_left;
    for (Candidate& candidate : left_) {
      if (!place(candidate, round)) still_left.push_back(std::move(candidate));
    }
    const bool moved = still_left.size() < left_.size();
    left_ = std::move(still_left);
    return moved;
  }

  void meet_newest(Candidate& candidate) const {
    for (std::size_t i = 0; i < newest_.size(); ++i) {
      for (const Vector member : newest_[i]) {
        candidate.nearest[i].meet(vectors::dot(candidate.vector, member), options_.nearest);
      }
    }
  }

  bool place(const Candidate& candidate, std::uint32_t round) {
    float best = -1, next = -1;
    std::uint32_t dimension = 0;
    for (std::uint32_t i = 0; i < candidate.nearest.size(); ++i) {
      const float mean = candidate.nearest[i].mean();
      if (mean > best) {
        next = best;
        best = mean;
        dimension = i;
      } else {
        next = std::max(next, mean);
      }
    }
    if (best < static_cast<float>(options_.threshold) || best - next < static_cast<float>(options_.margin))
      return false;
    growth_.placed.push_back({candidate.word, dimension, round, best});
    newest_[dimension].push_back(candidate.vector);
    return true;
  }

  // The word with the most company and all of it, again and again.
  void find_missing() {
    std::vector<std::vector<std::uint32_t>> company = companies();
    std::vector<bool> taken(left_.size(), false);
    for (;;) {
      std::vector<std::uint32_t> largest;
      for (const auto& each : company) {
        std::vector<std::uint32_t> free;
        std::ranges::copy_if(each, std::back_inserter(free), [&](std::uint32_t i) { return !taken[i]; });
        if (free.size() > largest.size()) largest = std::move(free);
      }
      if (largest.size() < std::max<std::size_t>(options_.least_missing, 1)) return;
      for (std::uint32_t& each : largest) {
        taken[each] = true;
        each = left_[each].word;
      }
      growth_.missing.push_back(std::move(largest));
    }
  }

  [[nodiscard]] std::vector<std::vector<std::uint32_t>> companies() const {
    std::vector<std::vector<std::uint32_t>> company(left_.size());
    for (std::uint32_t i = 0; i < left_.size(); ++i) {
      for (std::uint32_t j = 0; j < left_.size(); ++j) {
        if (i == j || vectors::dot(left_[i].vector, left_[j].vector) >= static_cast<float>(options_.company)) {
          company[i].push_back(j);
        }
      }
    }
    return company;
  }

  const GrowthOptions& options_;
  std::vector<std::vector<Vector>> newest_;  // members that no candidate has met yet
  std::vector<Candidate> left_;
  Growth growth_;
};

}  // namespace

Growth grow(const vectors::WordVectors& vectors, std::span<const std::vector<std::string>> seeds,
            std::span<const std::string> words, const GrowthOptions& options) {
  return Grower(vectors, seeds, words, options).grow();
}

}  // namespace inkling::dimensions
