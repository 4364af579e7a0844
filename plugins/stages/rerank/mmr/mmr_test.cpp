#include <gtest/gtest.h>

#include "scene/goods_for_test.h"

namespace inkling::stages::rerank::mmr {

const scene::StageBlueprint& blueprint();

namespace {

using scene::RawParameter;

std::vector<RawParameter> given(double relevance, int window) {
  return {RawParameter::plain("relevance", std::to_string(relevance)),
          RawParameter::plain("window", std::to_string(window))};
}

using MmrStageTest = scene::GoodsTest;

TEST_F(MmrStageTest, equals_the_formula_over_every_window) {
  draw_goods(50, 1);
  for (const int window : {2, 6, 20}) {
    const auto value = [](const Goods& goods, const std::vector<Goods>& before) {
      double likeness = 0;
      for (const Goods& other : before) likeness = std::max(likeness, similarity(goods.classes, other.classes));
      return 0.6 * static_cast<double>(goods.score) - 0.4 * likeness;
    };
    EXPECT_EQ(one_page(blueprint(), given(0.6, window)), by_rule(static_cast<std::size_t>(window), value));
  }
}

TEST_F(MmrStageTest, keeps_the_order_of_scores_when_nothing_else_counts) {
  draw_goods(20, 2);
  Texts ranked;
  for (const Goods& goods : goods_) ranked.push_back(goods.item);
  EXPECT_EQ(one_page(blueprint(), given(1, 6)), ranked);
  EXPECT_NE(one_page(blueprint(), given(0.5, 6)), ranked);
}

TEST_F(MmrStageTest, pages_joined_are_one_long_page) {
  draw_goods(60, 3);
  EXPECT_EQ(pages_joined(blueprint(), given(0.5, 6), 7), one_page(blueprint(), given(0.5, 6)));
}

TEST_F(MmrStageTest, refuses_a_weight_above_one) {
  EXPECT_EQ(run(blueprint(), given(1.5, 6)).message(),
            "relevance: 1.500000 is above 1; allowed is a number from 0 to 1");
}

}  // namespace
}  // namespace inkling::stages::rerank::mmr
