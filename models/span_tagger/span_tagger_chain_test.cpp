#include "models/span_tagger/span_tagger_chain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/core/random.h"

namespace inkling::models::span_tagger {
namespace {

constexpr std::size_t kTypes = 2, kLength = 5, kTags = tag_count(kTypes);

struct Case {
  std::vector<float> transitions, emissions;
};

Case random_case(std::uint64_t seed) {
  base::Random random(seed);
  Case made{std::vector<float>(kTags * kTags), std::vector<float>(kLength * kTags)};
  for (auto* values : {&made.transitions, &made.emissions}) {
    for (float& value : *values) value = static_cast<float>(2 * random.normal());
  }
  return made;
}

using SpanKey = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

// Every tagging that is allowed, one after the other.
struct Enumeration {
  explicit Enumeration(const Case& of) : all(of) {}
  const Case& all;
  double sum = 0;
  std::vector<double> marginals = std::vector<double>(kLength * kTags);
  std::vector<double> transitions = std::vector<double>(kTags * kTags);
  std::map<SpanKey, double> spans;
  std::vector<std::size_t> path;

  void walk(double score) {
    if (path.size() == kLength) return finish(std::exp(score));
    for (std::size_t tag = 0; tag < kTags; ++tag) {
      if (path.empty() ? !Chain::starts(tag) : !Chain::allowed(path.back(), tag)) continue;
      if (path.size() + 1 == kLength && !Chain::ends(tag)) continue;
      const double step = path.empty() ? 0 : all.transitions[path.back() * kTags + tag];
      path.push_back(tag);
      walk(score + step + all.emissions[(path.size() - 1) * kTags + tag]);
      path.pop_back();
    }
  }
  void finish(double weight) {
    sum += weight;
    std::uint32_t begin = 0;
    for (std::uint32_t t = 0; t < kLength; ++t) {
      marginals[t * kTags + path[t]] += weight;
      if (t > 0) transitions[path[t - 1] * kTags + path[t]] += weight;
      if (path[t] == kOutside) continue;
      const auto part = static_cast<Part>((path[t] - 1) % 4);
      const auto type = static_cast<std::uint32_t>((path[t] - 1) / 4);
      if (part == Part::kBegin || part == Part::kSingle) begin = t;
      if (part == Part::kEnd || part == Part::kSingle) spans[{begin, t + 1, type}] += weight;
    }
  }
};

class AgainstEnumeration : public testing::TestWithParam<std::uint64_t> {
 protected:
  void SetUp() override {
    chain_.run(case_.emissions, kTags, trace_);
    truth_.walk(0);
  }
  Case case_ = random_case(GetParam());
  Chain chain_{kTypes, case_.transitions};
  ChainTrace trace_;
  Enumeration truth_{case_};
};

TEST_P(AgainstEnumeration, sums_over_all_allowed_taggings) {
  EXPECT_NEAR(trace_.log_sum, std::log(truth_.sum), 1e-9);
}

TEST_P(AgainstEnumeration, tells_the_probability_of_every_tag) {
  for (std::size_t t = 0; t < kLength; ++t) {
    for (std::size_t tag = 0; tag < kTags; ++tag) {
      EXPECT_NEAR(chain_.marginal(trace_, t, tag), truth_.marginals[t * kTags + tag] / truth_.sum, 1e-9);
    }
  }
}

TEST_P(AgainstEnumeration, counts_the_transitions_to_be_expected) {
  std::vector<double> counts(kTags * kTags);
  chain_.add_expected_transitions(trace_, counts);
  for (std::size_t i = 0; i < counts.size(); ++i) EXPECT_NEAR(counts[i], truth_.transitions[i] / truth_.sum, 1e-9);
}

TEST_P(AgainstEnumeration, finds_every_span_with_its_probability) {
  std::vector<ChainSpan> spans;
  chain_.likely_spans(trace_, 0, kLength, spans);
  EXPECT_EQ(spans.size(), truth_.spans.size());
  for (const ChainSpan& span : spans) {
    EXPECT_NEAR(span.prob, (truth_.spans[{span.begin, span.end, span.type}]) / truth_.sum, 1e-9);
  }
  std::vector<ChainSpan> likely;
  chain_.likely_spans(trace_, 0.1, 2, likely);
  const auto expected = std::count_if(spans.begin(), spans.end(), [](const ChainSpan& span) {
    return span.prob >= 0.1 && span.end - span.begin <= 2;
  });
  EXPECT_EQ(static_cast<std::ptrdiff_t>(likely.size()), expected);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AgainstEnumeration, testing::Values(1, 2, 3));

TEST(Chain, reads_rows_that_hold_other_chains_too) {
  const Case made = random_case(4);
  std::vector<float> wide(kLength * (kTags + 5), 9.0F);
  for (std::size_t t = 0; t < kLength; ++t) {
    std::copy_n(&made.emissions[t * kTags], kTags, &wide[t * (kTags + 5) + 3]);
  }
  const Chain chain(kTypes, made.transitions);
  ChainTrace plain, strided;
  chain.run(made.emissions, kTags, plain);
  chain.run(std::span<const float>(wide).subspan(3), kTags + 5, strided);
  EXPECT_EQ(strided.length, kLength);
  EXPECT_DOUBLE_EQ(strided.log_sum, plain.log_sum);
}

TEST(Chain, survives_emissions_far_apart) {
  Case made = random_case(5);
  for (float& value : made.emissions) value *= 200;
  const Chain chain(kTypes, made.transitions);
  ChainTrace trace;
  chain.run(made.emissions, kTags, trace);
  EXPECT_TRUE(std::isfinite(trace.log_sum));
}

}  // namespace
}  // namespace inkling::models::span_tagger
