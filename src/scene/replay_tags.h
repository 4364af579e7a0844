// The tag graph that a replay file tells in a few lines, and the items of its events tagged by it. For replay files
// and tests; a server opens packages (tag/tag_package.h). Thread safety: pure.
//
//   {"nodes": {"category/搬家": 0, "tag/小货车@搬家": 90, "need/小户型搬家": 40},
//    "edges": [["need/小户型搬家", "need_of", "category/搬家", 0.9]]}
//
// A node is told by its id (tag/node_ids.h) with how often it was seen; its industry comes before it. Failure:
// kInvalidInput with the node or edge.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/core/result.h"
#include "domain/event.h"
#include "scene/tagged_items.h"

namespace inkling::scene {

[[nodiscard]] base::Result<LiveTags> tags_from_json(std::string_view json);

// Of the newest event about each item.
[[nodiscard]] std::shared_ptr<const TaggedItems> tag_items(LiveTags tags, const index::World& world,
                                                           std::span<const domain::Event> events);

}  // namespace inkling::scene
