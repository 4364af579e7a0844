#include "nn/trigger_attention.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

struct Net {
  exact::Tensor query, key, heads;
  Net(std::size_t width, std::size_t head_count, base::Random& random)
      : query("trigger.query", width, width, random),
        key("trigger.key", width, width, random),
        heads("trigger.heads", head_count, 1, random) {}
  [[nodiscard]] TriggerAttentionWeights weights() const { return {query.weight(), key.weight(), heads.weight()}; }

  [[nodiscard]] exact::Vector exact(const exact::Rows& steps, const exact::Rows& triggers) const {
    const std::size_t width = query.rows, head_width = width / heads.rows;
    const auto steps_count = static_cast<double>(steps.size()), trigger_count = static_cast<double>(triggers.size());
    exact::Vector weights(steps.size(), 0.0);
    for (std::size_t k = 0; k < heads.rows; ++k) {
      for (const exact::Vector& trigger : triggers) {
        exact::Vector scores;
        for (const exact::Vector& step : steps) {
          double score = 0;
          for (std::size_t i = k * head_width; i < (k + 1) * head_width; ++i) {
            score += exact::row_times(query, i, trigger) * exact::row_times(key, i, step);
          }
          scores.push_back(score / std::sqrt(static_cast<double>(head_width)));
        }
        const exact::Vector shares = exact::softmax(scores);
        for (std::size_t t = 0; t < steps.size(); ++t) {
          weights[t] += steps_count * heads.at(k) * shares[t] / trigger_count;
        }
      }
    }
    return weights;
  }
};

std::vector<float> weights_by(const TriggerAttention& layer, std::span<const float> steps,
                              std::span<const float> triggers) {
  const std::size_t count = steps.size() / layer.width();
  std::vector<float> out(count, 99.0f), scratch(layer.scratch_size(count, triggers.size() / layer.width()));
  layer.weights(steps, triggers, out, scratch);
  return out;
}

TEST(TriggerAttentionTest, equals_double_precision_over_heads_lengths_and_triggers_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t heads : {1u, 2u, 4u}) {
      for (const std::size_t steps : {1u, 2u, 17u, 100u}) {
        for (const std::size_t triggers : {1u, 3u, 32u}) {
          base::Random random(72);
          const Net net(8, heads, random);
          const exact::Tensor s("s", steps, 8, random, 2.0), c("c", triggers, 8, random, 2.0);
          const auto layer = TriggerAttention::make(net.weights(), *kernels);
          ASSERT_TRUE(layer.ok());
          const std::vector<float> found = weights_by(*layer, s.values, c.values);
          const exact::Vector expected = net.exact(exact::rows_of(s.values, 8), exact::rows_of(c.values, 8));
          for (std::size_t t = 0; t < steps; ++t) {
            ASSERT_NEAR(found[t], expected[t], 2e-6 * static_cast<double>(steps)) << kernels->name << " " << heads;
          }
        }
      }
    }
  }
}

TEST(TriggerAttentionTest, forgets_the_order_of_triggers_but_not_how_often_one_stands) {
  base::Random random(73);
  const Net net(8, 4, random);
  const exact::Tensor s("s", 9, 8, random, 2.0), c("c", 2, 8, random, 2.0);
  const auto layer = TriggerAttention::make(net.weights());
  ASSERT_TRUE(layer.ok());
  std::vector<float> turned(c.values.begin() + 8, c.values.end());
  turned.insert(turned.end(), c.values.begin(), c.values.begin() + 8);
  std::vector<float> twice(c.values);
  twice.insert(twice.end(), c.values.begin(), c.values.begin() + 8);
  const auto plain = weights_by(*layer, s.values, c.values), other = weights_by(*layer, s.values, turned);
  const auto doubled = weights_by(*layer, s.values, twice);
  double difference = 0;
  for (std::size_t t = 0; t < 9; ++t) {
    EXPECT_NEAR(plain[t], other[t], 1e-6);
    difference += std::abs(plain[t] - doubled[t]);
  }
  EXPECT_GT(difference, 1e-3);
}

TEST(TriggerAttentionTest, rejects_heads_that_do_not_divide_the_width) {
  const std::array<float, 16> values{};
  const Weight square{"q", values, 4, 4}, heads{"o", std::span(values).first(3), 3};
  EXPECT_EQ(TriggerAttention::make({square, square, heads}).status().message(),
            "tensor \"o\" has 3 heads, which do not divide the width 4 of \"q\"");
  const Weight tall{"k", values, 8, 2};
  EXPECT_EQ(TriggerAttention::make({square, tall, heads}).status().message(),
            "tensor \"k\" has shape [8 x 2], expected [4 x 4]");
}

}  // namespace
}  // namespace inkling::nn
