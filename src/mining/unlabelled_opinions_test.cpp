#include "mining/unlabelled_opinions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mining/posts_for_test.h"
#include "mining/reviews_for_test.h"
#include "tag/tag_graph_builder.h"

namespace inkling::mining {
namespace {

TEST(UnlabelledOpinions, are_tags_that_read_as_one_judgement) {
  tag::TagGraphBuilder builder;
  for (const char* name : {"很地道", "服务敷衍", "不热情", "走路", "面"}) {
    EXPECT_TRUE(builder.add({tag::NodeKind::kTag, name, ""}).ok());
  }
  EXPECT_TRUE(builder.add({tag::NodeKind::kCategory, "热情", ""}).ok());
  const auto graph = tag::TagGraph::make(*builder.arrays());
  const auto texts = sample::reviews();
  const auto words = OpinionWords::learn(sample::views(texts));
  const auto polarities = polarities_of(*graph, *words);
  std::string told;
  for (const TagPolarity& each : *polarities) {
    told += std::string(graph->name(each.row)) + (each.polarity > 0 ? "+ " : "- ");
  }
  EXPECT_EQ(told, "不热情- 很地道+ 服务敷衍- ") << "and no category";
}

TEST(UnlabelledOpinions, are_learnt_from_texts_that_a_hash_of_each_chooses) {
  const artifact::TestFolder folder;
  std::vector<Slice> slices;
  for (int file = 0; file < 2; ++file) {
    std::string lines;
    for (int i = 0; i < 100; ++i) lines += sample::line("第" + std::to_string(100 * file + i) + "次搬家很好");
    const auto path = folder.path() / std::to_string(file);
    ASSERT_TRUE(write_slice(path, *count_slice(lines)).ok());
    slices.push_back(*Slice::open(path));
  }
  EXPECT_EQ(texts_to_learn_from(slices).size(), 200U);
  auto some = texts_to_learn_from(slices, 60);
  EXPECT_GT(some.size(), 30U);
  EXPECT_LT(some.size(), 90U);
  std::ranges::reverse(slices);
  auto again = texts_to_learn_from(slices, 60);
  std::ranges::sort(some);
  std::ranges::sort(again);
  EXPECT_EQ(some, again);
}

}  // namespace
}  // namespace inkling::mining
