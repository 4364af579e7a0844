// inkling mine categories: which categories are one, which are several, and what shoppers need of them.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/mine_categories_page.h"
#include "apps/cli/mined_graph.h"
#include "apps/cli/verb_mine.h"
#include "base/files.h"
#include "mining/categories/behaviour_reader.h"
#include "mining/categories/category_findings.h"
#include "mining/categories/put_categories.h"
#include "mining/categories/sorted_run.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Status;

struct MineCategoriesArguments {
  std::string data;
  std::vector<std::string> files;
  std::string knowledge;
  std::string out;
  categories::CategoryOptions options;
  bool publish = false;
  bool json = false;
};

Json number(std::size_t count) {
  return {static_cast<std::int64_t>(count)};
}

Json names_of(const categories::Behaviour& behaviour, const std::vector<std::uint32_t>& group,
              std::uint32_t number_of) {
  Json names = Json::array();
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group[i] == number_of) names.push(behaviour.categories[i]);
  }
  return names;
}

// A line a pair that is one.
void tell_merges(const categories::Behaviour& behaviour, const categories::MergeFindings& merged,
                 std::string& lines) {
  merged.score.for_each([&](std::uint32_t a, std::uint32_t b, float score) {
    if (merged.group[a] != merged.group[b]) return;
    Json evidence = Json::object();
    for (std::size_t i = 0; i < categories::kMergeSignals; ++i) {
      evidence.set(categories::kMergeSignalNames[i], static_cast<double>(merged.signal[i].at(a, b)));
    }
    Json line = Json::object().set("merges", Json::Array{behaviour.categories[a], behaviour.categories[b]});
    lines += line.set("score", static_cast<double>(score)).set("evidence", evidence).to_text() + '\n';
  });
}

// A line a part of what is several.
void tell_parts(const categories::Behaviour& behaviour, const categories::CategoryFindings& findings,
                std::string& lines) {
  for (std::uint32_t group = 0; group < findings.splits.size(); ++group) {
    const categories::GroupSplit& split = findings.splits[group];
    if (split.parts.size() < 2) continue;
    for (const categories::Part& part : split.parts) {
      Json posts = Json::array();
      for (const std::uint32_t post : part.posts) posts.push(behaviour.posts[post].id);
      Json line = Json::object().set("part_of", names_of(behaviour, findings.merged.group, group));
      line.set("kind", part.kind).set("kind_share", part.kind_share).set("posts", posts);
      line.set("modularity", split.modularity).set("chance_modularity", split.chance_modularity);
      lines += line.to_text() + '\n';
    }
  }
}

// The tags that stand for a need, with what speaks for each.
Json served_by(const categories::CategoryFindings& findings, std::uint32_t need, const tag::TagGraph& graph) {
  Json tags = Json::array();
  for (const categories::NeedTag& each : categories::run_of(std::span<const categories::NeedTag>(findings.need_tags),
                                                            need, &categories::NeedTag::need)) {
    Json tag = Json::object().set("tag", std::string(graph.name(each.tag)));
    tag.set("weight", static_cast<double>(each.weight)).set("words", static_cast<double>(each.words));
    tags.push(tag.set("pmi", static_cast<double>(each.pmi)).set("clicks", number(each.clicks)));
  }
  return tags;
}

void tell_needs(const categories::Behaviour& behaviour, const categories::CategoryFindings& findings,
                const tag::TagGraph& graph, std::string& lines) {
  for (std::uint32_t i = 0; i < findings.needs.size(); ++i) {
    const categories::Need& need = findings.needs[i];
    Json leads = Json::array();
    for (const categories::Contribution& each : need.categories) {
      leads.push(Json::object()
                     .set("category", behaviour.categories[each.category])
                     .set("pmi", static_cast<double>(each.pmi))
                     .set("clicks", number(each.count)));
    }
    Json line = Json::object().set("need", behaviour.queries[need.query]).set("shoppers", number(need.searches));
    lines += line.set("need_of", leads).set("served_by", served_by(findings, i, graph)).to_text() + '\n';
  }
}

// A line a scene.
void tell_scenes(const categories::Knowledge& knowledge, const categories::CategoryFindings& findings,
                 std::string& lines) {
  for (std::uint32_t i = 0; i < knowledge.scenes.size(); ++i) {
    Json tags = Json::array();
    for (const categories::SceneTag& each : categories::run_of(
             std::span<const categories::SceneTag>(findings.scene_tags), i, &categories::SceneTag::scene)) {
      Json evidence = Json::object();
      for (const tag::SignalValue& value : each.evidence) {
        evidence.set(value.signal, static_cast<double>(value.value));
      }
      Json tag = Json::object().set("tag", each.tag.name).set("weight", static_cast<double>(each.weight));
      tags.push(tag.set("evidence", evidence));
    }
    lines += Json::object().set("scene", knowledge.scenes[i].name).set("shows", tags).to_text() + '\n';
  }
}

void tell_contradictions(const categories::Behaviour& behaviour, const categories::CategoryFindings& findings,
                         std::string& lines) {
  for (const categories::Contradiction& each : findings.contradictions) {
    const categories::Post& post = behaviour.posts[each.post];
    Json words = Json::array();
    for (const std::uint32_t word : each.words) words.push(findings.title_words[word]);
    Json line = Json::object().set("post", post.id).set("category", behaviour.categories[post.category]);
    lines += line.set("title_speaks_of", behaviour.categories[each.towards]).set("words", words).to_text() + '\n';
  }
}

// A line a category that posts do not have.
void tell_missing(const categories::Behaviour& behaviour, const categories::CategoryFindings& findings,
                  std::string& lines) {
  for (const categories::MissingCategory& each : findings.missing) {
    Json queries = Json::array(), words = Json::array();
    for (const categories::Need& need : each.needs) {
      queries.push(Json::object().set("query", behaviour.queries[need.query]).set("shoppers", number(need.searches)));
    }
    for (const std::string& word : each.words) words.push(word);
    lines += Json::object().set("missing_category", queries).set("words", words).to_text() + '\n';
  }
}

Json summary_of(const categories::BehaviourLog& log, const categories::CategoryFindings& findings) {
  const auto is_split = [](const categories::GroupSplit& split) { return split.parts.size() > 1; };
  Json json = Json::object();
  json.set("lines", number(log.lines)).set("unknown_items", number(log.unknown_items));
  json.set("categories", number(log.behaviour.categories.size())).set("posts", number(log.behaviour.posts.size()));
  json.set("groups", number(findings.merged.groups)).set("needs", number(findings.needs.size()));
  json.set("served_by", number(findings.need_tags.size())).set("shown_in", number(findings.scene_tags.size()));
  json.set("missing_categories", number(findings.missing.size()));
  json.set("split", number(static_cast<std::size_t>(std::ranges::count_if(findings.splits, is_split))));
  return json.set("titles_against_category", number(findings.contradictions.size()));
}

// What was found over the graph; the version that comes out.
base::Result<std::string> add_to_graph(const MineCategoriesArguments& arguments, MinedGraph& mined,
                                       const categories::BehaviourLog& log, const categories::Knowledge& knowledge,
                                       const categories::CategoryFindings& findings) {
  INKLING_TRY(categories::put_categories(log.behaviour, knowledge, findings, mined.graph, mined.builder));
  artifact::PackageManifest manifest;
  manifest.parent = mined.version;
  manifest.metrics = {{"groups", static_cast<double>(findings.merged.groups)},
                      {"needs", static_cast<double>(findings.needs.size())}};
  return publish_graph(arguments.data, mined.builder, manifest,
                       mine_categories_page(log, knowledge, findings, mined.graph), arguments.publish);
}

Status mine_categories(const MineCategoriesArguments& arguments) {
  Console console(arguments.json);
  categories::Knowledge knowledge;
  if (!arguments.knowledge.empty()) {
    INKLING_ASSIGN(knowledge, categories::read_knowledge(arguments.knowledge));
  }
  INKLING_ASSIGN(const categories::BehaviourLog log,
                 categories::read_behaviour(arguments.files, [&](std::uint64_t lines) {
                   console.progress("reading events", lines, 0, "lines");
                 }));
  console.end_progress();
  INKLING_ASSIGN(MinedGraph mined, newest_graph(arguments.data));
  INKLING_ASSIGN(const categories::CategoryFindings findings,
                 categories::find_categories(log.behaviour, knowledge, mined.graph, arguments.options));
  std::string lines;
  tell_merges(log.behaviour, findings.merged, lines);
  tell_parts(log.behaviour, findings, lines);
  tell_needs(log.behaviour, findings, mined.graph, lines);
  tell_scenes(knowledge, findings, lines);
  tell_missing(log.behaviour, findings, lines);
  tell_contradictions(log.behaviour, findings, lines);
  if (!arguments.out.empty()) INKLING_TRY(base::write_file_atomic(arguments.out, lines));
  INKLING_ASSIGN(const std::string version, add_to_graph(arguments, mined, log, knowledge, findings));
  const Json summary = summary_of(log, findings).set("version", version);
  const auto count = [&](std::string_view name) { return *summary.find(name)->if_integer(); };
  console.say(fmt::format("{} categories are {}, {} of them several; {} needs; {} titles against their category",
                          count("categories"), count("groups"), count("split"), count("needs"),
                          count("titles_against_category")));
  if (count("served_by") > 0) console.say(fmt::format("{} edges from needs to their tags", count("served_by")));
  for (std::uint32_t i = 0; i < knowledge.scenes.size(); ++i) {
    const auto tags = std::ranges::count(findings.scene_tags, i, &categories::SceneTag::scene);
    console.say(fmt::format("scene {}: {} tags", knowledge.scenes[i].name, tags));
  }
  for (const categories::MissingCategory& each : findings.missing) {
    const std::size_t more = each.needs.size() - 1;
    console.say(fmt::format("a category may be missing: \"{}\"{} leads nowhere",
                            log.behaviour.queries[each.needs.front().query],
                            more == 0 ? "" : fmt::format(", as {} more queries with words of it,", more)));
  }
  if (log.unknown_items > 0) console.say(fmt::format("{} steps on items that nothing tells of", log.unknown_items));
  console.say(graph_state(version, arguments.publish));
  console.result(summary);
  return {};
}

}  // namespace

void add_mine_categories(CLI::App& mine, Outcome& outcome) {
  auto arguments = std::make_shared<MineCategoriesArguments>();
  CLI::App* verb = mine.add_subcommand("categories", "Categories that are one or several, and needs, from behaviour");
  verb->add_option("--in", arguments->files, "JSON Lines of events, plain, .gz or .zst")->required();
  verb->add_option("--data", arguments->data, "data folder, whose newest tag graph is added to")->required();
  verb->add_option("--out", arguments->out, "JSON Lines of what was found, and why");
  verb->add_option("--knowledge", arguments->knowledge, "YAML: kinds of words, templates of category names, scenes");
  verb->add_option("--threshold", arguments->options.merge.threshold, "mean signal from which categories are one")
      ->capture_default_str();
  verb->add_option("--min-shoppers", arguments->options.least_shoppers, "who ask, until a query is a need")
      ->capture_default_str();
  verb->add_option("--seed", arguments->options.seed, "of what is random")->capture_default_str();
  verb->add_flag("--publish", arguments->publish, "make the graph live at once");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = mine_categories(*arguments); });
}

}  // namespace inkling::cli
