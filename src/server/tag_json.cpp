#include "server/tag_json.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/core/number_text.h"
#include "tag/explanation.h"

namespace inkling::server {

namespace {

using base::Json;
using tag::TagGraph;

// Counts edges told of each type, so that the heaviest `most` are told in full and the others by their number.
class EdgeList {
 public:
  EdgeList(const TagGraph& graph, std::size_t most, std::string_view direction)
      : graph_(graph), most_(most), direction_(direction) {}

  // `from`: the row that the edge leaves, `other`: the end that is not the page's.
  void add(std::uint32_t from, std::uint32_t edge, std::uint32_t other, Json& edges) {
    const std::uint8_t type = graph_.columns().edge_type[edge];
    if (++counts_[type] > most_) return;
    Json evidence = Json::array();
    for (const tag::SignalValue& pair : tag::evidence_of(graph_, edge)) {
      evidence.push(Json::object().set("signal", pair.signal).set("value", base::tidy_double(pair.value)));
    }
    edges.push(Json::object()
                   .set("type", tag::rule_of(static_cast<tag::EdgeType>(type)).name)
                   .set("direction", direction_)
                   .set("other", tag_json(graph_, other))
                   .set("weight", base::tidy_double(graph_.columns().edge_weight[edge]))
                   .set("evidence", std::move(evidence))
                   .set("sentence", tag::explain(graph_, from, edge)));
  }

  void tell_counts(Json& counts) const {
    for (const auto& [type, count] : counts_) {
      counts.push(Json::object()
                      .set("type", tag::rule_of(static_cast<tag::EdgeType>(type)).name)
                      .set("direction", direction_)
                      .set("count", count));
    }
  }

 private:
  const TagGraph& graph_;
  std::size_t most_;
  std::string_view direction_;
  std::map<std::uint8_t, std::uint32_t> counts_;
};

template <typename Numbers, typename Text>
Json texts(const Numbers& numbers, Text text) {
  Json list = Json::array();
  for (const std::uint32_t number : numbers) list.push(text(number));
  return list;
}

void add_edges(const TagSnapshot& tags, std::uint32_t row, std::size_t most, Json& page) {
  Json edges = Json::array(), counts = Json::array();
  EdgeList leaving(tags.graph, most, "out"), arriving(tags.graph, most, "in");
  const tag::Edges out = tags.graph.edges(row);
  for (std::uint32_t i = 0; i < out.to.size(); ++i) leaving.add(row, out.first + i, out.to[i], edges);
  for (const auto& [from, edge] : tags.incoming.of(row)) {
    const auto type = static_cast<tag::EdgeType>(tags.graph.columns().edge_type[edge]);
    if (!tag::rule_of(type).both_ways) arriving.add(from, edge, from, edges);
  }
  leaving.tell_counts(counts);
  arriving.tell_counts(counts);
  page.set("edges", std::move(edges)).set("edge_counts", std::move(counts));
}

}  // namespace

Json tag_key_json(const TagGraph& graph, std::uint32_t row) {
  const tag::NodeFacts facts = graph.facts(row);
  Json json = Json::object();
  json.set("kind", tag::kNodeKindNames[static_cast<std::size_t>(facts.kind)]).set("name", facts.name);
  if (facts.industry != tag::kNoRow) json.set("industry", graph.name(facts.industry));
  return json;
}

Json tag_json(const TagGraph& graph, std::uint32_t row) {
  const tag::NodeFacts facts = graph.facts(row);
  Json counts = Json::object();
  for (std::size_t i = 0; i < tag::kSources; ++i) counts.set(tag::kSourceNames[i], facts.counts[i]);
  Json json = tag_key_json(graph, row);
  if (facts.polarity != tag::kUnknownPolarity) json.set("polarity", facts.polarity);
  json.set("accepted", facts.accepted).set("count", static_cast<std::int64_t>(graph.count(row)));
  return json.set("counts", std::move(counts));
}

Json tag_page_json(const TagSnapshot& tags, std::uint32_t row, std::size_t most) {
  const TagGraph& graph = tags.graph;
  const tag::NodeFacts facts = graph.facts(row);
  Json page = tag_json(graph, row);
  page.set("variants", texts(facts.variants, [&](std::uint32_t number) { return graph.surface(number); }));
  page.set("examples", texts(facts.examples, [&](std::uint32_t number) { return graph.sentence(number); }));
  add_edges(tags, row, most, page);
  return page;
}

Json matches_json(const TagGraph& graph, std::string_view text, std::span<const tag::TagMatch> matches) {
  Json list = Json::array();
  for (const tag::TagMatch& match : matches) {
    list.push(Json::object()
                  .set("begin", match.begin)
                  .set("end", match.end)
                  .set("text", text.substr(match.begin, match.end - match.begin))
                  .set("tag", tag_key_json(graph, match.row)));
  }
  return list;
}

Json edits_json(const ToldEdits& told, const TagSnapshot* tags) {
  std::vector<Json> lines;
  std::map<std::int64_t, std::int64_t> undone_by;
  std::string_view rest = told.text;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    auto line = Json::parse(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!line.ok()) continue;  // a blank one: others were refused when the file was read
    if (const Json* undone = line->find("line")) undone_by[*undone->if_integer()] = number;
    Json told_line = Json::object().set("number", number);
    for (const base::JsonMember& member : *line->if_object()) {
      told_line.set(member.key == "line" ? "undoes" : member.key, member.value);
    }
    lines.push_back(std::move(told_line));
  }
  for (Json& line : lines) {
    const std::int64_t number = *line.find("number")->if_integer();
    if (const auto found = undone_by.find(number); found != undone_by.end()) line.set("undone_by", found->second);
    if (tags == nullptr) continue;
    for (const tag::UnfitEdit& unfit : tags->applied.unfit) {
      if (unfit.line == number) line.set("unfit", unfit.sentence);
    }
  }
  std::ranges::reverse(lines);
  return Json(std::move(lines));
}

}  // namespace inkling::server
