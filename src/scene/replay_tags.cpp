#include "scene/replay_tags.h"

#include <boost/json.hpp>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "scene/item_tagger.h"
#include "tag/tag_graph_builder.h"

namespace inkling::scene {
namespace {

namespace json = boost::json;
using base::Result;
using base::Status;

Result<tag::NodeKey> key_of(std::string_view id) {
  const std::size_t slash = id.find('/');
  const auto kind = tag::place_of(tag::kNodeKindNames, id.substr(0, slash));
  if (!kind || slash == std::string_view::npos) {
    return base::invalid_input("\"" + std::string(id) + "\", allowed is kind/name or kind/name@industry");
  }
  const std::string_view name = id.substr(slash + 1);
  const std::size_t at = name.find('@');
  return tag::NodeKey{static_cast<tag::NodeKind>(*kind), std::string(name.substr(0, at)),
                      at == std::string_view::npos ? std::string() : std::string(name.substr(at + 1))};
}

Result<tag::TagGraphBuilder::Handle> node_of(const tag::TagGraphBuilder& builder, const json::value& id) {
  if (!id.is_string()) return base::invalid_input("edges: allowed is [node, type, node, weight]");
  INKLING_ASSIGN(const tag::NodeKey key, key_of(id.get_string()));
  return builder.find(key);
}

Status add_node(std::string_view id, const json::value& count, tag::TagGraphBuilder& builder) {
  INKLING_ASSIGN(const tag::NodeKey key, key_of(id));
  INKLING_ASSIGN(const auto node, builder.add(key));
  const std::int64_t* seen = count.if_int64();
  if (seen == nullptr || *seen < 0 || *seen > 1'000'000) {
    return base::invalid_input(std::string(id) + ": allowed is how often it was seen, 0 to 1000000");
  }
  builder.add_count(node, tag::Source::kTitle, static_cast<std::uint32_t>(*seen));
  return {};
}

Result<tag::EdgeType> type_of(const json::value& name) {
  for (std::size_t i = 0; i < tag::kEdgeRules.size(); ++i) {
    if (name.is_string() && name.get_string() == tag::kEdgeRules[i].name) return static_cast<tag::EdgeType>(i);
  }
  return base::invalid_input("edges: there is no type " + json::serialize(name));
}

Status add_edge(const json::value& told, tag::TagGraphBuilder& builder) {
  if (!told.is_array() || told.get_array().size() != 4 || !told.get_array()[3].is_number()) {
    return base::invalid_input("edges: " + json::serialize(told) + ", allowed is [node, type, node, weight]");
  }
  const json::array& edge = told.get_array();
  INKLING_ASSIGN(const auto from, node_of(builder, edge[0]));
  INKLING_ASSIGN(const auto type, type_of(edge[1]));
  INKLING_ASSIGN(const auto to, node_of(builder, edge[2]));
  return builder.add_edge(from, to, type, edge[3].to_number<float>(), {});
}

}  // namespace

Result<LiveTags> tags_from_json(std::string_view text) {
  json::error_code error;
  const json::value root = json::parse(text, error);
  const json::object* object = error ? nullptr : root.if_object();
  const json::value* nodes = object == nullptr ? nullptr : object->if_contains("nodes");
  const json::value* edges = object == nullptr ? nullptr : object->if_contains("edges");
  if (nodes == nullptr || !nodes->is_object() || edges == nullptr || !edges->is_array() || object->size() != 2) {
    return base::invalid_input("allowed is {\"nodes\": {id: count}, \"edges\": [[id, type, id, weight]]}");
  }
  tag::TagGraphBuilder builder;
  for (const auto& [id, count] : nodes->get_object()) INKLING_TRY(add_node(id, count, builder));
  for (const json::value& edge : edges->get_array()) INKLING_TRY(add_edge(edge, builder));
  INKLING_ASSIGN(tag::TagArrays arrays, builder.arrays());
  INKLING_ASSIGN(tag::TagGraph graph, tag::TagGraph::make(std::move(arrays)));
  return live_tags(std::move(graph), "replay");
}

std::shared_ptr<const TaggedItems> tag_items(LiveTags tags, const index::World& world,
                                             std::span<const domain::Event> events) {
  ItemTagger tagger(*tags.graph);
  std::map<std::uint32_t, ItemTags> found;
  for (const domain::Event& event : events) {
    const auto* item = std::get_if<domain::Item>(&event.body);
    const auto row = item == nullptr ? std::nullopt : world.find(item->item);
    if (row) found[*row] = tagger.tags_of(*item);
  }
  const std::vector<ItemTagsOfRow> told(found.begin(), found.end());
  return std::make_shared<const TaggedItems>(std::move(tags), world, nullptr, told);
}

}  // namespace inkling::scene
