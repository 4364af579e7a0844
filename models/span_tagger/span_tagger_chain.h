// A linear-chain conditional random field over the tags of characters: outside, and begin, inside, end and single of
// every type. What no tagging of whole spans allows has probability 0. Both halves use it: training needs the
// expected tags, serving the probability that just these characters are a span.
//
// Shapes: emissions [T x K] inside rows of `stride` floats, K = tag_count(types); transitions [K x K], from row to
// column. T >= 1. Ownership: a Chain keeps its own copy of the transitions. Thread safety: immutable; a trace belongs
// to one call at a time. Cost: 3 T K K operations, in double; a trace allocates only when a text is longer than any
// before. Source: Lafferty, McCallum and Pereira (ICML 2001); scaling of forward and backward sums as Rabiner (1989).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace inkling::models::span_tagger {

inline constexpr std::size_t kOutside = 0;
enum class Part : std::uint8_t { kBegin, kInside, kEnd, kSingle };
[[nodiscard]] constexpr std::size_t tag_count(std::size_t types) {
  return 1 + 4 * types;
}
[[nodiscard]] constexpr std::size_t tag_of(std::size_t type, Part part) {
  return 1 + 4 * type + static_cast<std::size_t>(part);
}

// Of the character at `place` of a span.
[[nodiscard]] constexpr Part part_at(std::size_t place, std::size_t length) {
  if (length == 1) return Part::kSingle;
  return place == 0 ? Part::kBegin : place + 1 == length ? Part::kEnd : Part::kInside;
}

// Of one chain; `type` counts the chain's own types.
struct ChainSpan {
  std::uint32_t begin = 0, end = 0, type = 0;
  double prob = 1;
};

struct ChainTrace {
  std::size_t length = 0;
  std::vector<double> nodes, forward, backward, sums;  // [T x K] and, of sums, [T]
  double last_sum = 0, log_sum = 0;                    // log of the sum over all taggings
};

class Chain {
 public:
  Chain(std::size_t types, std::span<const float> transitions);

  [[nodiscard]] std::size_t tags() const { return tags_; }
  [[nodiscard]] static bool allowed(std::size_t from, std::size_t to);
  [[nodiscard]] static bool starts(std::size_t tag);
  [[nodiscard]] static bool ends(std::size_t tag);

  void run(std::span<const float> emissions, std::size_t stride, ChainTrace& trace) const;
  // Probability of each tag at `position`.
  [[nodiscard]] double marginal(const ChainTrace& trace, std::size_t position, std::size_t tag) const {
    const std::size_t at = position * tags_ + tag;
    return trace.forward[at] * trace.backward[at] / trace.last_sum;
  }
  // Adds to counts [K x K] how often each transition is to be expected.
  void add_expected_transitions(const ChainTrace& trace, std::span<double> counts) const;
  // All spans at least so probable, of at most max_length characters, in the order of their beginnings.
  void likely_spans(const ChainTrace& trace, double least_prob, std::size_t max_length,
                    std::vector<ChainSpan>& out) const;

 private:
  void run_forward(ChainTrace& trace) const;
  void run_backward(ChainTrace& trace) const;
  [[nodiscard]] double factor(std::size_t from, std::size_t to) const { return factors_[from * tags_ + to]; }
  void extend(const ChainTrace& trace, std::uint32_t begin, std::uint32_t type, double least_prob,
              std::size_t max_length, std::vector<ChainSpan>& out) const;

  std::size_t tags_;
  std::vector<double> factors_;  // exp(transitions), 0 where not allowed
};

}  // namespace inkling::models::span_tagger
