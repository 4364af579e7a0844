#include "mining/categories/scene_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/sample_graph.h"

namespace inkling::categories {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Behaviour town() {
  Behaviour town;
  town.categories = {"开荒保洁", "搬家"};
  town.queries = {"装窗帘"};
  return town;
}
const std::vector<Need> kNeeds = {{0, 50, {}}};

// Scenes of the graph of tag/sample_graph.h.
base::Result<std::vector<SceneTag>> scenes(const std::string& yaml) {
  const tag::TagGraph graph = tag::sample::graph();
  const NeedTag cat = {0, tag::sample::row(graph, tag::NodeKind::kTag, "cat"), 0, 9, 1, 0.5F};
  INKLING_ASSIGN(const Knowledge knowledge,
                 parse_knowledge("hyponyms: {}\ntemplates: []\nscenes:\n" + yaml, "k.yaml"));
  return tags_of_scenes(knowledge, town(), kNeeds, {&cat, 1}, graph);
}

std::vector<std::string> told(const base::Result<std::vector<SceneTag>>& tags) {
  if (!tags.ok()) return {tags.status().message()};
  std::vector<std::string> all;
  for (const SceneTag& each : *tags) {
    all.push_back(std::to_string(each.scene) + " " + tag::told(each.tag) + " " + each.evidence.front().signal + " " +
                  std::to_string(each.weight).substr(0, 4) + (each.category.empty() ? "" : " new"));
  }
  return all;
}

TEST(SceneTags, AMemberIsATagACategoryOrANeed) {
  EXPECT_THAT(
      told(scenes("  养猫: [ＣＡＴ]\n  搬新家: [开荒保洁, 装窗帘]\n")),
      ElementsAre("0 tag \"cat\" named 1.00", "1 tag \"开荒保洁\" named 1.00 new", "1 tag \"cat\" served_by 0.50"));
}

TEST(SceneTags, ACategoryBringsItsTagsByTheirCounts) {
  EXPECT_THAT(told(scenes("  搬新家: [搬家]\n")),
              ElementsAre("0 tag \"搬家\" named 1.00 new", "0 tag \"快速上门\" count 1.00",
                          "0 tag \"快速上门\" of \"搬家\" count 0.07"));
}

TEST(SceneTags, AnUnknownMemberIsRefusedWithItsPlaceAndWhatIsNear) {
  EXPECT_THAT(told(scenes("  养猫: [cat]\n  搬新家:\n    - 搬家\n    - 开荒保吉\n")),
              ElementsAre(AllOf(HasSubstr("k.yaml:7: scenes.搬新家[1]: \"开荒保吉\" is no tag"),
                                HasSubstr("did you mean 开荒保洁?"))));
}

}  // namespace
}  // namespace inkling::categories
