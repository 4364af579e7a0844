#include "models/span_tagger/span_tagger_chain.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace inkling::models::span_tagger {
namespace {

constexpr double kLeastNode = 1e-60;  // so that a row which the emissions all but rule out still sums to something

Part part_of(std::size_t tag) {
  return static_cast<Part>((tag - 1) % 4);
}

bool is_open(std::size_t tag) {
  return tag != kOutside && (part_of(tag) == Part::kBegin || part_of(tag) == Part::kInside);
}

bool continues(std::size_t tag) {
  return tag != kOutside && (part_of(tag) == Part::kInside || part_of(tag) == Part::kEnd);
}

}  // namespace

bool Chain::allowed(std::size_t from, std::size_t to) {
  if (is_open(from) != continues(to)) return false;
  return !is_open(from) || (from - 1) / 4 == (to - 1) / 4;
}

bool Chain::starts(std::size_t tag) {
  return !continues(tag);
}

bool Chain::ends(std::size_t tag) {
  return !is_open(tag);
}

Chain::Chain(std::size_t types, std::span<const float> transitions)
    : tags_(tag_count(types)), factors_(tags_ * tags_) {
  assert(transitions.size() == factors_.size());
  for (std::size_t from = 0; from < tags_; ++from) {
    for (std::size_t to = 0; to < tags_; ++to) {
      const std::size_t at = from * tags_ + to;
      factors_[at] = allowed(from, to) ? std::exp(static_cast<double>(transitions[at])) : 0;
    }
  }
}

void Chain::run(std::span<const float> emissions, std::size_t stride, ChainTrace& trace) const {
  trace.length = (emissions.size() + stride - tags_) / stride;
  const std::size_t size = trace.length * tags_;
  for (auto* room : {&trace.nodes, &trace.forward, &trace.backward}) room->resize(std::max(room->size(), size));
  trace.sums.resize(std::max(trace.sums.size(), trace.length));
  trace.log_sum = 0;
  for (std::size_t t = 0; t < trace.length; ++t) {
    const auto row = emissions.subspan(t * stride, tags_);
    const double top = *std::ranges::max_element(row);
    trace.log_sum += top;
    for (std::size_t k = 0; k < tags_; ++k) trace.nodes[t * tags_ + k] = std::max(std::exp(row[k] - top), kLeastNode);
  }
  run_forward(trace);
  run_backward(trace);
}

void Chain::run_forward(ChainTrace& trace) const {
  for (std::size_t t = 0; t < trace.length; ++t) {
    double* row = &trace.forward[t * tags_];
    for (std::size_t k = 0; k < tags_; ++k) row[k] = t == 0 && starts(k) ? 1 : 0;
    for (std::size_t from = 0; t > 0 && from < tags_; ++from) {
      const double before = trace.forward[(t - 1) * tags_ + from];
      for (std::size_t k = 0; k < tags_; ++k) row[k] += before * factor(from, k);
    }
    double sum = 0;
    for (std::size_t k = 0; k < tags_; ++k) sum += row[k] *= trace.nodes[t * tags_ + k];
    for (std::size_t k = 0; k < tags_; ++k) row[k] /= sum;
    trace.sums[t] = sum;
    trace.log_sum += std::log(sum);
  }
  trace.last_sum = 0;
  for (std::size_t k = 0; k < tags_; ++k) {
    if (ends(k)) trace.last_sum += trace.forward[(trace.length - 1) * tags_ + k];
  }
  trace.log_sum += std::log(trace.last_sum);
}

void Chain::run_backward(ChainTrace& trace) const {
  for (std::size_t t = trace.length; t-- > 0;) {
    double* row = &trace.backward[t * tags_];
    const double* after = row + tags_;
    const double* nodes = &trace.nodes[t * tags_] + tags_;
    for (std::size_t from = 0; from < tags_; ++from) {
      row[from] = t + 1 == trace.length && ends(from) ? 1 : 0;
      if (t + 1 == trace.length) continue;
      double sum = 0;
      for (std::size_t k = 0; k < tags_; ++k) sum += factor(from, k) * nodes[k] * after[k];
      row[from] = sum / trace.sums[t + 1];
    }
  }
}

void Chain::add_expected_transitions(const ChainTrace& trace, std::span<double> counts) const {
  for (std::size_t t = 1; t < trace.length; ++t) {
    const double scale = 1 / (trace.sums[t] * trace.last_sum);
    for (std::size_t from = 0; from < tags_; ++from) {
      const double before = trace.forward[(t - 1) * tags_ + from] * scale;
      for (std::size_t k = 0; k < tags_; ++k) {
        const std::size_t at = t * tags_ + k;
        counts[from * tags_ + k] += before * factor(from, k) * trace.nodes[at] * trace.backward[at];
      }
    }
  }
}

void Chain::likely_spans(const ChainTrace& trace, double least_prob, std::size_t max_length,
                         std::vector<ChainSpan>& out) const {
  for (std::uint32_t begin = 0; begin < trace.length; ++begin) {
    for (std::uint32_t type = 0; tag_of(type, Part::kSingle) < tags_; ++type) {
      const double single = marginal(trace, begin, tag_of(type, Part::kSingle));
      if (single >= least_prob) out.push_back({begin, begin + 1, type, single});
      extend(trace, begin, type, least_prob, max_length, out);
    }
  }
}

// `open` is the sum over all taggings in which the span has lasted from `begin` to here, before what follows.
void Chain::extend(const ChainTrace& trace, std::uint32_t begin, std::uint32_t type, double least_prob,
                   std::size_t max_length, std::vector<ChainSpan>& out) const {
  std::size_t tag = tag_of(type, Part::kBegin);
  const std::size_t inside = tag_of(type, Part::kInside), last = tag_of(type, Part::kEnd);
  double open = trace.forward[begin * tags_ + tag];
  const std::size_t end = std::min<std::size_t>(trace.length, begin + max_length);
  for (std::size_t t = begin + 1; t < end; ++t) {
    if (open * trace.backward[(t - 1) * tags_ + tag] / trace.last_sum < least_prob) return;
    const double* nodes = &trace.nodes[t * tags_];
    const double closed = open * factor(tag, last) * nodes[last] / trace.sums[t];
    const double prob = closed * trace.backward[t * tags_ + last] / trace.last_sum;
    if (prob >= least_prob) out.push_back({begin, static_cast<std::uint32_t>(t + 1), type, prob});
    open *= factor(tag, inside) * nodes[inside] / trace.sums[t];
    tag = inside;
  }
}

}  // namespace inkling::models::span_tagger
