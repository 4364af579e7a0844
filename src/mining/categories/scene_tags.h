// Which tags are shown in the scenes that people told (knowledge.h). A member may be a tag, a category and a need at
// once; each way adds its tags:
//   a tag        itself, weight 1; evidence `named` and its count
//   a category   a tag of its name, made when there is none, and its tags: weight the count over that of its most
//                seen tag; evidence `count`, and `share`, the weight of the tag in the category
//   a need       the tags that serve it, weight as there; evidence `served_by`
// Not for which needs and tags there are. Deterministic. Thread safety: pure. Cost: linear in the tags found.
// Failure: kInvalidInput for a member that is nothing known, with its file and line and what is near.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "mining/categories/behaviour.h"
#include "mining/categories/knowledge.h"
#include "mining/categories/need_tags.h"
#include "mining/categories/needs.h"
#include "tag/tag_graph.h"
#include "tag/tag_graph_builder.h"

namespace inkling::categories {

inline constexpr std::size_t kMostTagsOfMember = 20;

struct SceneTag {
  std::uint32_t scene = 0;  // of Knowledge::scenes
  tag::NodeKey tag;
  std::string category;  // "": the tag was there; else it is made from this category's name
  float weight = 0;      // in (0, 1]
  std::vector<tag::SignalValue> evidence;
};

// By scene, member and way; a tag that several members bring stands there several times.
[[nodiscard]] base::Result<std::vector<SceneTag>> tags_of_scenes(const Knowledge& knowledge,
                                                                 const Behaviour& behaviour,
                                                                 std::span<const Need> needs,
                                                                 std::span<const NeedTag> need_tags,
                                                                 const tag::TagGraph& graph);

}  // namespace inkling::categories
