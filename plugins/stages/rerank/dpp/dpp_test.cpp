#include <gtest/gtest.h>

#include <cmath>

#include "plugins/stages/rerank/dpp/greedy_dpp.h"
#include "scene/goods_for_test.h"

namespace inkling::stages::rerank::dpp {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;
using Matrix = std::vector<std::vector<double>>;

// By Gaussian elimination; positive definite matrices need no pivots.
double determinant(Matrix matrix) {
  double product = 1;
  for (std::size_t k = 0; k < matrix.size(); ++k) {
    product *= matrix[k][k];
    for (std::size_t i = k + 1; i < matrix.size(); ++i) {
      const double factor = matrix[i][k] / matrix[k][k];
      for (std::size_t j = k; j < matrix.size(); ++j) matrix[i][j] -= factor * matrix[k][j];
    }
  }
  return product;
}

template <typename Entry>
Matrix matrix_of(std::size_t size, const Entry& entry) {
  Matrix matrix(size, std::vector<double>(size));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) matrix[i][j] = entry(i, j);
  }
  return matrix;
}

std::vector<RawParameter> given(double relevance, int window) {
  return {RawParameter::plain("relevance", std::to_string(relevance)),
          RawParameter::plain("window", std::to_string(window))};
}

TEST(GreedyDppTest, tells_ratios_of_determinants_while_the_window_moves_on) {
  constexpr std::size_t kRows = 25;
  base::Random random(1);
  std::vector<std::vector<double>> vectors(kRows, std::vector<double>(4));
  for (auto& vector : vectors) {
    double squares = 0;
    for (double& entry : vector) entry = random.normal(), squares += entry * entry;
    for (double& entry : vector) entry /= std::sqrt(squares);
  }
  const auto similarity = [&](std::size_t a, std::size_t b) {
    double dot = 0;
    for (std::size_t i = 0; i < 4; ++i) dot += vectors[a][i] * vectors[b][i];
    return a == b ? 1 : 0.9 * dot;
  };
  for (const std::size_t remembered : {1u, 3u, 6u}) {
    GreedyDpp process(kRows, remembered);
    std::vector<std::size_t> window;
    for (std::size_t row = 0; row < kRows; ++row) {
      process.choose(row, similarity);
      window.push_back(row);
      if (window.size() > remembered) window.erase(window.begin());
      for (std::size_t other = row + 1; other < kRows; ++other) {
        std::vector<std::size_t> with = window;
        with.push_back(other);
        const auto entry = [&](std::size_t i, std::size_t j) { return similarity(with[i], with[j]); };
        const double ratio =
            determinant(matrix_of(with.size(), entry)) / determinant(matrix_of(window.size(), entry));
        ASSERT_NEAR(process.left(other), ratio, 1e-9) << remembered << " after " << row;
      }
    }
  }
}

using DppStageTest = scene::GoodsTest;

TEST_F(DppStageTest, equals_the_determinants_over_every_window) {
  draw_goods(40, 1);
  for (const int window : {2, 5, 8}) {
    const auto value = [](const Goods& goods, std::vector<Goods> before) {
      const auto entry = [&](std::size_t i, std::size_t j) {
        return i == j ? 1 : 0.95 * similarity(before[i].classes, before[j].classes);
      };
      const double without = determinant(matrix_of(before.size(), entry));
      before.push_back(goods);
      // theta 0.6; rounded, so that equal determinants of either order of summation are equal
      const double grown = std::log(determinant(matrix_of(before.size(), entry)) / without);
      return std::round((0.6 / 0.4 * static_cast<double>(goods.score) + grown) * 1e9) / 1e9;
    };
    EXPECT_EQ(one_page(blueprint(), given(0.6, window)), by_rule(static_cast<std::size_t>(window), value));
  }
}

TEST_F(DppStageTest, puts_the_unlike_before_the_better_scored) {
  const domain::Money cheap{.cents = 100, .currency = {}};
  for (const char* item : {"a1", "a2"}) tell_goods(item, "a", "s", cheap);
  tell_goods("b", "b", "t", cheap);
  goods_ = {{"a1", {}, 1.0f}, {"a2", {}, 0.9f}, {"b", {}, 0.5f}};
  EXPECT_EQ(one_page(blueprint(), given(0.5, 6)), (Texts{"a1", "b", "a2"}));
  EXPECT_EQ(one_page(blueprint(), given(0.99, 6)), (Texts{"a1", "a2", "b"}));
}

TEST_F(DppStageTest, fills_the_page_even_when_all_are_alike) {
  for (int i = 0; i < 30; ++i) {
    goods_.push_back({"item " + std::to_string(i), {}, 1 - 0.01f * static_cast<float>(i)});
    tell_goods(goods_.back().item, "a", "s", domain::Money{.cents = 100, .currency = {}});
  }
  Texts ranked;
  for (const Goods& goods : goods_) ranked.push_back(goods.item);
  EXPECT_EQ(one_page(blueprint(), given(0.7, 20)), ranked);
}

TEST_F(DppStageTest, pages_joined_are_one_long_page) {
  draw_goods(60, 3);
  EXPECT_EQ(pages_joined(blueprint(), given(0.6, 6), 7), one_page(blueprint(), given(0.6, 6)));
}

TEST_F(DppStageTest, refuses_a_relevance_of_one) {
  EXPECT_EQ(run(blueprint(), given(1, 6)).message(),
            "relevance: 1.000000 is above 0.999; allowed is a number from 0 to 0.999");
}

}  // namespace
}  // namespace inkling::stages::rerank::dpp
