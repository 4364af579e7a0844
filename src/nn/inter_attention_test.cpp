#include "nn/inter_attention.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "nn/exact_layers_test.h"

namespace inkling::nn {
namespace {

// context[i] = sum_j softmax_j(((q_i M + c) . o_j) / sqrt(H)) o_j
exact::Rows exact_context(const exact::Tensor& merged, const exact::Tensor& bias, const exact::Rows& queries,
                          const exact::Rows& others) {
  const std::size_t hidden = bias.rows;
  exact::Rows context(queries.size(), exact::Vector(hidden, 0.0));
  if (others.empty()) return context;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    exact::Vector scores;
    for (const exact::Vector& other : others) {
      double score = 0.0;
      for (std::size_t b = 0; b < hidden; ++b) {
        double projected = bias.at(b);
        for (std::size_t a = 0; a < hidden; ++a) projected += queries[i][a] * merged.at(a, b);
        score += projected * other[b];
      }
      scores.push_back(score / std::sqrt(static_cast<double>(hidden)));
    }
    const exact::Vector weights = exact::softmax(scores);
    for (std::size_t j = 0; j < others.size(); ++j) {
      for (std::size_t a = 0; a < hidden; ++a) context[i][a] += weights[j] * others[j][a];
    }
  }
  return context;
}

// The input with its columns as the caller makes them; what lies behind the last column is not a number, and a gap
// separates rows.
class Sides {
 public:
  Sides(std::span<const float> queries, std::span<const float> others, std::size_t hidden)
      : queries_(queries), others_(others), hidden_(hidden), stride_(columns_of(others.size() / hidden) + 3) {
    columns_.assign(hidden * stride_, std::numeric_limits<float>::quiet_NaN());
    math::reference::transpose(others, hidden, columns_, stride_);
  }
  [[nodiscard]] InterAttentionInput input() const {
    return {queries_, queries_.size() / hidden_, others_, others_.size() / hidden_, columns_, stride_};
  }

 private:
  static std::size_t columns_of(std::size_t rows) { return InterAttention::padded_columns(rows); }
  std::span<const float> queries_, others_;
  std::size_t hidden_, stride_;
  std::vector<float> columns_;
};

TEST(InterAttentionTest, matches_a_hand_computed_example) {
  // H = 4, so 1/sqrt(H) = 1/2. M moves the first entry to the second (a row times M, not M times a column).
  std::array<float, 16> merged{};
  merged[1] = 2.0f;
  const std::array<float, 4> bias{1, 0, 0, 0};
  const std::array<float, 4> query{3, 0, 0, 0};               // (q M + c) = [1, 6, 0, 0]
  const std::array<float, 8> others{2, 0, 4, 0, 0, 1, 0, 8};  // scores 2/2 and 6/2
  const auto layer = InterAttention::make({"m", merged, 4, 4}, {"c", bias, 4});
  ASSERT_TRUE(layer.ok());
  std::array<float, 4> context{};
  std::vector<float> scratch(layer->scratch_size(1, 2));
  const Sides sides(query, others, 4);
  layer->forward(sides.input(), context, scratch);
  const double first = 1.0 / (1.0 + std::exp(2.0));
  EXPECT_NEAR(context[0], 2.0 * first, 1e-6);
  EXPECT_NEAR(context[1], 1.0 - first, 1e-6);
  EXPECT_NEAR(context[2], 4.0 * first, 1e-6);
  EXPECT_NEAR(context[3], 8.0 * (1.0 - first), 1e-5);
}

void expect_equals_exact(std::size_t query_rows, std::size_t other_rows, std::size_t hidden,
                         const math::Kernels& kernels) {
  base::Random random(41);
  const exact::Tensor merged("inter.m", hidden, hidden, random), bias("inter.c", hidden, 1, random);
  const exact::Tensor queries("q", query_rows, hidden, random, 1.0), others("o", other_rows, hidden, random, 1.0);
  const auto layer = InterAttention::make(merged.weight(), bias.weight(), kernels);
  ASSERT_TRUE(layer.ok());
  const Sides sides(queries.values, others.values, hidden);
  const InterAttentionInput input = sides.input();
  std::vector<float> context(query_rows * hidden, 99.0f), scratch(layer->scratch_size(query_rows, other_rows));
  std::vector<float> last(hidden, 99.0f), mean(hidden, 99.0f);
  layer->forward(input, context, scratch);
  layer->forward_pooled(input, last, mean, scratch);
  const exact::Rows expected =
      exact_context(merged, bias, exact::rows_of(queries.values, hidden), exact::rows_of(others.values, hidden));
  for (std::size_t a = 0; a < hidden; ++a) {
    double sum = 0.0;
    for (std::size_t i = 0; i < query_rows; ++i) {
      ASSERT_NEAR(context[i * hidden + a], expected[i][a], 1e-5) << kernels.name << " " << query_rows;
      sum += expected[i][a];
    }
    ASSERT_NEAR(last[a], query_rows == 0 ? 0.0 : expected.back()[a], 1e-5) << kernels.name;
    ASSERT_NEAR(mean[a], query_rows == 0 ? 0.0 : sum / static_cast<double>(query_rows), 1e-5) << kernels.name;
  }
}

// Rows of 0 on either side stand for an empty view: the context is zero then.
TEST(InterAttentionTest, equals_double_precision_over_lengths_and_widths_on_both_tables) {
  for (const math::Kernels* kernels : {&math::scalar_kernels(), &math::simd_kernels()}) {
    for (const std::size_t query_rows : {0u, 1u, 3u, 4u, 5u, 17u}) {
      for (const std::size_t other_rows : {0u, 1u, 15u, 16u, 17u, 33u}) {
        for (const std::size_t hidden : {1u, 4u, 7u, 17u})
          expect_equals_exact(query_rows, other_rows, hidden, *kernels);
      }
    }
    expect_equals_exact(300, 300, 16, *kernels);
    expect_equals_exact(100, 100, 64, *kernels);
  }
}

TEST(InterAttentionTest, its_weights_sum_to_one_and_make_the_context) {
  base::Random random(42);
  const std::size_t rows = 5, others = 19, hidden = 7;
  const exact::Tensor merged("inter.m", hidden, hidden, random), bias("inter.c", hidden, 1, random);
  const exact::Tensor queries("q", rows, hidden, random, 1.0), partners("o", others, hidden, random, 1.0);
  const auto layer = InterAttention::make(merged.weight(), bias.weight());
  ASSERT_TRUE(layer.ok());
  const Sides sides(queries.values, partners.values, hidden);
  std::vector<float> weights(rows * others), context(rows * hidden), scratch(layer->scratch_size(rows, others));
  layer->weights(sides.input(), weights, scratch);
  layer->forward(sides.input(), context, scratch);
  for (std::size_t i = 0; i < rows; ++i) {
    double sum = 0, first = 0;
    for (std::size_t j = 0; j < others; ++j) {
      sum += weights[i * others + j];
      first += weights[i * others + j] * partners.values[j * hidden];
    }
    EXPECT_NEAR(sum, 1, 1e-5);
    EXPECT_NEAR(first, context[i * hidden], 1e-5);
  }
}

TEST(InterAttentionTest, rejects_a_matrix_that_is_not_square_and_a_bias_of_another_width) {
  const std::array<float, 6> values{};
  const auto tall = InterAttention::make({"inter.m", values, 3, 2}, {"inter.c", values, 2});
  ASSERT_FALSE(tall.ok());
  EXPECT_EQ(tall.status().message(), "tensor \"inter.m\" has shape [3 x 2], expected [2 x 2]");
  const auto wide = InterAttention::make({"inter.m", std::span(values).first(4), 2, 2}, {"inter.c", values, 6});
  ASSERT_FALSE(wide.ok());
  EXPECT_EQ(wide.status().message(), "tensor \"inter.c\" has shape [6 x 1], expected [2 x 1]");
}

}  // namespace
}  // namespace inkling::nn
