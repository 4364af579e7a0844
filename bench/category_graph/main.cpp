// Merging and splitting of categories, and tags of needs, on simulated behaviour with a planted structure, for
// bench/figures/category-graph:
//   category_graph SEED SESSIONS (planted|nothing)   prints one JSON object
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/core/json.h"
#include "bench/category_graph/planted_town.h"
#include "bench/run_program.h"
#include "eval/adjusted_rand.h"
#include "mining/categories/category_findings.h"
#include "tag/tag_graph_builder.h"

namespace inkling::bench {
namespace {

using base::Json;
using Groups = std::vector<std::uint32_t>;

Json number(std::size_t value) {
  return {static_cast<std::int64_t>(value)};
}

// All signals, each alone, all but each; a table's rows in this order.
template <std::size_t N, typename Measure>
Json arms(const std::array<std::string_view, N>& names, const Measure& measure) {
  std::array<double, N> weight;
  weight.fill(1);
  Json rows = Json::array();
  rows.push(measure(weight).set("arm", "all"));
  for (std::size_t i = 0; i < N; ++i) {
    weight.fill(0);
    weight[i] = 1;
    rows.push(measure(weight).set("arm", "only " + std::string(names[i])));
  }
  for (std::size_t i = 0; i < N; ++i) {
    weight.fill(1);
    weight[i] = 0;
    rows.push(measure(weight).set("arm", "all but " + std::string(names[i])));
  }
  return rows;
}

using Signals = std::array<categories::PairMatrix, categories::kMergeSignals>;

// A signal alone has a scale of its own, so beside the shipped threshold stands the one that suits it best here.
Json merge_arm(const PlantedTown& town, const Signals& signals,
               const std::array<double, categories::kMergeSignals>& weight) {
  categories::MergeOptions options;
  options.weight = weight;
  const auto index = [&] {
    return eval::adjusted_rand_index(categories::group_categories(signals, options).group, town.need_of_category);
  };
  Json row = Json::object().set("index", index());
  double best = 0;
  for (int step = 1; step < 20; ++step) {
    options.threshold = 0.05 * step;
    best = std::max(best, index());
  }
  return row.set("best_index", best);
}

// Posts of one need: what was found and what was planted.
struct NeedPosts {
  Groups found, planted;
};

Json split_row(const PlantedTown& town, const std::vector<categories::GroupSplit>& splits) {
  Groups part(town.behaviour.posts.size());
  std::uint32_t parts = 0;
  for (const auto& split : splits) {
    for (const categories::Part& each : split.parts) {
      for (const std::uint32_t post : each.posts) part[post] = parts;
      ++parts;
    }
  }
  std::vector<NeedPosts> needs(town.is_several.size());
  for (std::size_t i = 0; i < part.size(); ++i) {
    NeedPosts& need = needs[town.need_of_category[town.behaviour.posts[i].category]];
    need.found.push_back(part[i]);
    need.planted.push_back(town.kind_of_post[i]);
  }
  double sum = 0, least = 1;
  std::size_t several = 0;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (!town.is_several[i]) continue;
    const double index = eval::adjusted_rand_index(needs[i].found, needs[i].planted);
    sum += index;
    least = std::min(least, index);
    ++several;
  }
  const auto is_split = [](const categories::GroupSplit& split) { return split.parts.size() > 1; };
  Json row = Json::object().set("index", eval::adjusted_rand_index(part, town.kind_of_post));
  row.set("mean_index_of_several", sum / static_cast<double>(several)).set("least_index_of_several", least);
  return row.set("split_groups", number(static_cast<std::size_t>(std::ranges::count_if(splits, is_split))));
}

// Parts that a hyponym names, and how many of them mostly hold posts of one kind whose titles name that hyponym.
Json named_parts(const std::vector<categories::GroupSplit>& splits) {
  std::size_t named = 0, parts = 0;
  for (const auto& split : splits) {
    if (split.parts.size() < 2) continue;
    parts += split.parts.size();
    named += static_cast<std::size_t>(
        std::ranges::count_if(split.parts, [](const categories::Part& part) { return !part.kind.empty(); }));
  }
  return Json::object().set("parts", number(parts)).set("named", number(named));
}

Json title_row(const PlantedTown& town, const std::vector<bool>& marks) {
  std::size_t found = 0, right = 0, wrong = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    found += marks[i] ? 1 : 0;
    wrong += town.has_wrong_title[i] ? 1 : 0;
    right += marks[i] && town.has_wrong_title[i] ? 1 : 0;
  }
  return Json::object().set("marked", number(found)).set("right", number(right)).set("wrong_titles", number(wrong));
}

base::Result<tag::TagGraph> graph_of(const PlantedTown& town) {
  tag::TagGraphBuilder builder;
  for (const std::string& tag : town.tags) INKLING_TRY(builder.add({tag::NodeKind::kTag, tag, ""}).status());
  INKLING_ASSIGN(tag::TagArrays arrays, builder.arrays());
  return tag::TagGraph::make(std::move(arrays));
}

// Tags that were told to serve needs, those of them that anybody who asks so wants, those that a fifth of them want,
// and all that a fifth want; by both signals and by each alone.
base::Result<Json> need_rows(const PlantedTown& town, const categories::Contributions& queries) {
  INKLING_ASSIGN(const tag::TagGraph graph, graph_of(town));
  const auto needs =
      categories::frequent_needs(town.behaviour, queries, categories::CategoryOptions().least_shoppers);
  const auto found = categories::tags_of_needs(town.behaviour, needs, graph, {});
  std::size_t wanted = 0;
  for (const categories::Need& need : needs) wanted += town.main_tags_of_query[need.query].size();
  Json rows = Json::array();
  const auto add = [&](std::string_view arm, auto counts) {
    std::size_t told = 0, right = 0, main = 0;
    for (const categories::NeedTag& each : found) {
      if (!counts(each)) continue;
      const std::uint32_t query = needs[each.need].query;
      const std::string tag(graph.name(each.tag));
      ++told;
      right += town.tags_of_query[query].contains(tag) ? 1 : 0;
      main += town.main_tags_of_query[query].contains(tag) ? 1 : 0;
    }
    Json row = Json::object().set("arm", arm).set("needs", number(needs.size())).set("told", number(told));
    rows.push(row.set("right", number(right)).set("right_main", number(main)).set("wanted", number(wanted)));
  };
  add("words and clicks", [](const categories::NeedTag&) { return true; });
  add("only words", [](const categories::NeedTag& each) { return each.words > 0; });
  add("only clicks", [](const categories::NeedTag& each) { return each.clicks > 0; });
  return rows;
}

base::Status run(const TownOptions& town_options) {
  const PlantedTown town = planted_town(town_options);
  const categories::Behaviour& behaviour = town.behaviour;
  const categories::TitleWords titles = categories::title_words(behaviour);
  const categories::Contributions words = categories::title_contributions(behaviour, titles);
  INKLING_ASSIGN(categories::PairMatrix walks, categories::walk_likeness(behaviour, 1));
  const categories::Contributions queries = categories::query_contributions(behaviour);
  INKLING_ASSIGN(Json served_by, need_rows(town, queries));
  const Signals signals = {queries.likeness(), words.likeness(), categories::conversion_likeness(behaviour),
                           std::move(walks)};
  const categories::MergeFindings merged = categories::group_categories(signals, {});
  const auto marks =
      categories::marked(categories::contradictions(behaviour, titles, words, merged.group), behaviour.posts.size());
  INKLING_ASSIGN(const categories::PostCompany company, categories::post_company(behaviour, 1));
  const categories::NamedKinds kinds = categories::named_kinds(behaviour, town.knowledge, marks);
  const auto split = [&](const std::array<double, categories::kSplitSignals>& weight) {
    categories::SplitOptions options;
    options.weight = weight;
    return categories::split_groups(behaviour, company, kinds, merged.group, merged.groups, options);
  };
  Json json = Json::object();
  json.set("categories", number(behaviour.categories.size())).set("groups", number(merged.groups));
  json.set("posts", number(behaviour.posts.size())).set("steps", number(behaviour.steps.size()));
  json.set("planted_groups", number(town.is_several.size()));
  json.set("planted_several", number(static_cast<std::size_t>(std::ranges::count(town.is_several, true))));
  json.set("merge",
           arms(categories::kMergeSignalNames, [&](const auto& weight) { return merge_arm(town, signals, weight); }));
  json.set("split",
           arms(categories::kSplitSignalNames, [&](const auto& weight) { return split_row(town, split(weight)); }));
  json.set("names", named_parts(split({1, 1, 1}))).set("titles", title_row(town, marks));
  json.set("served_by", std::move(served_by));
  std::printf("%s\n", json.to_text().c_str());
  return {};
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  const std::string mode = argc == 4 ? argv[3] : "";
  if (mode != "planted" && mode != "nothing") {
    std::fprintf(stderr, "category_graph: expected SEED SESSIONS (planted|nothing)\n");
    return 2;
  }
  inkling::bench::TownOptions options;
  options.seed = std::strtoull(argv[1], nullptr, 10);
  options.sessions = std::strtoull(argv[2], nullptr, 10);
  options.planted = mode == "planted";
  return inkling::bench::run_program("category_graph", [&] { return inkling::bench::run(options); });
}
