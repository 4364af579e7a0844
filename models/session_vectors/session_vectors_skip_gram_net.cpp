#include "models/session_vectors/session_vectors_skip_gram_net.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "base/core/random.h"
#include "math/vector_ops.h"
#include "models/session_vectors/session_vectors_draw_net.h"

namespace inkling::models::session_vectors {
namespace {

// Items that are touched often enough, by their hashes in order, and how often.
struct Vocabulary {
  std::vector<std::uint64_t> items;
  std::vector<std::size_t> counts;
  std::size_t touches = 0;
};

Vocabulary vocabulary_of(std::span<const train::Touch> touches, std::size_t min_count) {
  std::vector<std::uint64_t> all;
  all.reserve(touches.size());
  for (const train::Touch& touch : touches) all.push_back(touch.item);
  std::ranges::sort(all);
  Vocabulary vocabulary;
  for (auto at = all.begin(); at != all.end();) {
    const auto end = std::upper_bound(at, all.end(), *at);
    const auto count = static_cast<std::size_t>(end - at);
    if (count >= min_count) {
      vocabulary.items.push_back(*at);
      vocabulary.counts.push_back(count);
      vocabulary.touches += count;
    }
    at = end;
  }
  return vocabulary;
}

struct Step {
  std::uint32_t row = 0;
  bool bought = false;
};

struct Visits {
  std::vector<Step> steps;
  std::vector<std::size_t> starts;  // and one behind the last
};

// Without the items that have no vector.
Visits visits_of(const train::VisitLog& log, std::size_t count, const Vocabulary& vocabulary) {
  Visits visits;
  for (std::size_t i = 0; i < count; ++i) {
    visits.starts.push_back(visits.steps.size());
    for (const train::Touch& touch : log.visit(i)) {
      const auto found = std::ranges::lower_bound(vocabulary.items, touch.item);
      if (found == vocabulary.items.end() || *found != touch.item) continue;
      visits.steps.push_back({static_cast<std::uint32_t>(found - vocabulary.items.begin()), touch.bought});
    }
  }
  visits.starts.push_back(visits.steps.size());
  return visits;
}

// y += alpha x. Whole blocks are read before they are written: so g++ uses its vector registers, though it cannot
// know that x and y are apart.
void add_scaled(float alpha, std::span<const float> x, std::span<float> y) {
  constexpr std::size_t kBlock = 8;
  std::size_t i = 0;
  for (; i + kBlock <= x.size(); i += kBlock) {
    std::array<float, kBlock> sums;
    for (std::size_t k = 0; k < kBlock; ++k) sums[k] = y[i + k] + alpha * x[i + k];
    for (std::size_t k = 0; k < kBlock; ++k) y[i + k] = sums[k];
  }
  for (; i < x.size(); ++i) y[i] += alpha * x[i];
}

class SkipGram {
 public:
  SkipGram(const Vocabulary& vocabulary, const SkipGramOptions& options)
      : options_(options),
        random_(options.seed),
        negatives_(vocabulary.counts, options.negative_power),
        keep_(keep_probs(vocabulary, options.subsample)),
        vectors_(vocabulary.items.size() * options.dim),
        gradient_(options.dim) {
    const double most = 0.5 / static_cast<double>(options.dim);
    for (float& entry : vectors_) entry = static_cast<float>(random_.uniform(-most, most));
  }

  void fit(const Visits& visits) {
    const double steps = static_cast<double>(visits.steps.size() * options_.epochs);
    std::size_t done = 0;
    for (std::size_t epoch = 0; epoch < options_.epochs; ++epoch) {
      for (std::size_t i = 0; i + 1 < visits.starts.size(); ++i) {
        const double left = 1 - static_cast<double>(done) / steps;
        rate_ = static_cast<float>(options_.learning_rate * std::max(left, 1e-4));
        const auto visit = std::span(visits.steps).subspan(visits.starts[i], visits.starts[i + 1] - visits.starts[i]);
        learn(visit);
        done += visit.size();
      }
    }
  }

  [[nodiscard]] std::vector<float> take_vectors() { return std::move(vectors_); }

 private:
  static std::vector<double> keep_probs(const Vocabulary& vocabulary, double subsample) {
    std::vector<double> keep(vocabulary.items.size(), 1);
    if (subsample == 0) return keep;
    for (std::size_t row = 0; row < keep.size(); ++row) {
      const double ratio =
          subsample * static_cast<double>(vocabulary.touches) / static_cast<double>(vocabulary.counts[row]);
      keep[row] = std::sqrt(ratio) + ratio;
    }
    return keep;
  }

  void learn(std::span<const Step> visit) {
    kept_.clear();
    for (const Step& step : visit) {
      if (keep_[step.row] >= 1 || random_.chance(keep_[step.row])) kept_.push_back(step);
    }
    for (std::size_t at = 0; at < kept_.size(); ++at) {
      const std::size_t reach = 1 + random_.below(options_.window);
      const std::size_t begin = at - std::min(at, reach), end = std::min(kept_.size(), at + reach + 1);
      for (std::size_t near = begin; near < end; ++near) predict(kept_[at].row, kept_[near].row);
      if (options_.bought_context) predict_bought(at, begin, end);
    }
  }

  // What was bought outside the window is context too.
  void predict_bought(std::size_t at, std::size_t begin, std::size_t end) {
    for (std::size_t far = 0; far < kept_.size(); ++far) {
      const bool is_near = far >= begin && far < end;
      if (!is_near && kept_[far].bought) predict(kept_[at].row, kept_[far].row);
    }
  }

  void predict(std::uint32_t item, std::uint32_t context) {
    if (item == context) return;
    const std::span<float> vector = row_of(item);
    std::ranges::fill(gradient_, 0.0F);
    push(vector, context, 1);
    for (std::size_t i = 0; i < options_.negatives; ++i) {
      const std::uint32_t other = negatives_.draw(random_);
      if (other != context && other != item) push(vector, other, 0);
    }
    add_scaled(1, gradient_, vector);
  }

  void push(std::span<const float> vector, std::uint32_t context, float label) {
    const std::span<float> other = row_of(context);
    const float probability = 1 / (1 + std::exp(-math::dot(vector, other)));
    const float error = rate_ * (label - probability);
    add_scaled(error, other, gradient_);
    add_scaled(error, vector, other);
  }

  [[nodiscard]] std::span<float> row_of(std::uint32_t row) {
    return std::span(vectors_).subspan(row * options_.dim, options_.dim);
  }

  const SkipGramOptions& options_;
  base::Random random_;
  WeightedDraw negatives_;
  std::vector<double> keep_;
  std::vector<float> vectors_, gradient_;
  std::vector<Step> kept_;
  float rate_ = 0;
};

}  // namespace

base::Result<index::ItemVectors> fit_skip_gram(const train::VisitLog& log, std::size_t visits,
                                               const SkipGramOptions& options) {
  const std::size_t touches = visits < log.size() ? log.starts[visits] : log.touches.size();
  Vocabulary vocabulary = vocabulary_of(std::span(log.touches).first(touches), options.min_count);
  if (vocabulary.items.size() < 2) {
    return base::invalid_input(std::to_string(vocabulary.items.size()) + " items were touched at least " +
                               std::to_string(options.min_count) + " times; two are the least to learn from");
  }
  SkipGram skip_gram(vocabulary, options);
  skip_gram.fit(visits_of(log, std::min(visits, log.size()), vocabulary));
  return index::ItemVectors::make(options.dim, std::move(vocabulary.items), skip_gram.take_vectors());
}

}  // namespace inkling::models::session_vectors
