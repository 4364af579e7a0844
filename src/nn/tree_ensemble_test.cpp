#include "nn/tree_ensemble.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace inkling::nn {
namespace {

using testing::HasSubstr;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

// Two trees over three columns.
//   tree 0: row[0] < 2.5 (missing right) ? 1 : (row[1] < 0 (missing left) ? 10 : 20)
//   tree 1: row[2] in {1, 33} (missing left) ? right 400 : left 100
struct Trees {
  std::vector<std::int32_t> roots = {0, 5};
  std::vector<std::int32_t> left = {1, 0, 3, 0, 0, 6, 0, 0};
  std::vector<std::int32_t> column = {0, 0, 1, 0, 0, 2, 0, 0};
  std::vector<float> value = {2.5F, 1, 0, 10, 20, 0, 100, 400};
  std::vector<std::uint8_t> missing_left = {0, 0, 1, 0, 0, 1, 0, 0};
  std::vector<std::int32_t> set = {-1, -1, -1, -1, -1, 0, -1, -1};
  std::vector<std::uint32_t> sets = {2, 0b10, 0b10};

  [[nodiscard]] TreeTensors tensors() const { return {roots, left, column, value, missing_left, set, sets}; }
  [[nodiscard]] base::Result<TreeEnsemble> make() const { return TreeEnsemble::make("late", tensors(), 3); }
};

float sum_of(std::vector<float> row, float start = 0) {
  return Trees().make()->sum(row, start);
}

TEST(TreeEnsemble, compares_and_adds_the_leaves_of_all_trees) {
  EXPECT_EQ(sum_of({2, 0, 0}), 101);
  EXPECT_EQ(sum_of({2.5, -1, 0}), 110) << "a value at the threshold goes right";
  EXPECT_EQ(sum_of({3, 0, 0}, 0.5), 120.5F);
}

TEST(TreeEnsemble, sends_a_missing_value_the_learnt_way) {
  EXPECT_EQ(sum_of({kMissing, kMissing, 0}), 110);
  EXPECT_EQ(sum_of({0, 0, kMissing}), 101);
}

TEST(TreeEnsemble, sends_categories_of_the_set_right_and_unknown_ones_left) {
  EXPECT_EQ(sum_of({0, 0, 1}), 401);
  EXPECT_EQ(sum_of({0, 0, 33}), 401);
  for (const float category : {0.0F, 2.0F, 32.0F, 63.0F, 64.0F, 1e9F, -1.0F}) {
    EXPECT_EQ(sum_of({0, 0, category}), 101) << category;
  }
}

TEST(TreeEnsemble, accepts_a_tree_of_one_leaf) {
  Trees trees;
  trees.roots = {0};
  trees.left = trees.column = {0};
  trees.value = {0.25F};
  trees.missing_left = {0};
  trees.set = {-1};
  const auto made = TreeEnsemble::make("constant", trees.tensors(), 0);
  ASSERT_TRUE(made.ok()) << made.status().message();
  EXPECT_EQ(made->sum({}, 1), 1.25F);
}

struct Damage {
  const char* name;
  void (*apply)(Trees&);
  const char* complaint;
};

class DamagedTrees : public testing::TestWithParam<Damage> {};

TEST_P(DamagedTrees, are_refused_with_name_and_node) {
  Trees trees;
  GetParam().apply(trees);
  const auto made = trees.make();
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.status().message(), testing::AllOf(HasSubstr("\"late\""), HasSubstr(GetParam().complaint)));
}

INSTANTIATE_TEST_SUITE_P(
    Each, DamagedTrees,
    testing::Values(Damage{"loop", [](Trees& it) { it.left[2] = 1; }, "node 2 has children at 1"},
                    Damage{"other_tree", [](Trees& it) { it.left[2] = 4; }, "node 2 has children at 4"},
                    Damage{"negative_child", [](Trees& it) { it.left[0] = -7; }, "node 0 has children at -7"},
                    Damage{"column", [](Trees& it) { it.column[5] = 3; }, "node 5 asks column 3 of 3 columns"},
                    Damage{"set_outside", [](Trees& it) { it.set[5] = 3; }, "node 5 has its set at 3"},
                    Damage{"set_too_long", [](Trees& it) { it.sets[0] = 3; }, "node 5 has its set at 0"},
                    Damage{"infinite", [](Trees& it) { it.value[1] = std::numeric_limits<float>::infinity(); },
                           "node 1 has a value that is not finite"},
                    Damage{"short_tensor", [](Trees& it) { it.value.pop_back(); }, "one entry a node"},
                    Damage{"roots",
                           [](Trees& it) {
                             it.roots = {0, 5, 5};
                           },
                           "roots must increase"},
                    Damage{"root_outside",
                           [](Trees& it) {
                             it.roots = {0, 9};
                           },
                           "roots must increase"},
                    Damage{"negative_root",
                           [](Trees& it) {
                             it.roots = {0, -1};
                           },
                           "roots must increase"},
                    Damage{"no_root", [](Trees& it) { it.roots.clear(); }, "first root"}),
    [](const auto& damage) { return std::string(damage.param.name); });

}  // namespace
}  // namespace inkling::nn
