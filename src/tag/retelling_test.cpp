#include "tag/retelling.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tag/edits.h"
#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

void expect_equal(const TagArrays& a, const TagArrays& b) {
  const auto same = [](std::string_view name, const auto& one, const auto& other) -> base::Status {
    EXPECT_TRUE(one == other) << name;
    return {};
  };
  EXPECT_TRUE(each_column(same, a, b).ok());
}

TEST(Retelling, gives_the_same_bytes) {
  TagGraphBuilder builder = sample::builder();
  builder.accept(sample::must(builder.find({NodeKind::kTag, "cat", ""})));
  sample::must(builder.set_vector(sample::must(builder.find({NodeKind::kTag, "cat", ""})), {{0.5F, -1.0F}}));
  const TagArrays arrays = sample::must(builder.arrays());
  const TagGraph graph = sample::must(TagGraph::make(arrays));
  expect_equal(sample::must(sample::must(retold(graph)).arrays()), arrays);
}

TEST(Retelling, of_nothing_is_nothing) {
  const TagGraph empty = sample::must(TagGraph::make(sample::must(TagGraphBuilder().arrays())));
  EXPECT_EQ(sample::must(sample::must(retold(empty)).arrays()).nodes(), 0U);
}

TEST(Retelling, takes_edits_as_the_first_telling_does) {
  const std::vector<Edit> edits =
      sample::must(read_edits(R"({"edit":"rename","at_ms":1,"who":"a","why":"b","name":"快速上门","to":"上门迅速"}
{"edit":"merge","at_ms":2,"who":"a","why":"b","name":"快速上门","industry":"搬家","to":"cat"})",
                              "edits"));
  TagGraphBuilder first = sample::builder();
  TagGraphBuilder again = sample::must(retold(sample::graph()));
  EXPECT_EQ(apply_edits(first, edits).applied, 2U);
  EXPECT_EQ(apply_edits(again, edits).applied, 2U);
  expect_equal(sample::must(again.arrays()), sample::must(first.arrays()));
}

}  // namespace
}  // namespace inkling::tag
