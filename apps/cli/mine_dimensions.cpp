// inkling mine dimensions: words find the dimension of their industry, from seeds and texts.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/mine_dimensions_page.h"
#include "apps/cli/mined_graph.h"
#include "apps/cli/verb_mine.h"
#include "base/files.h"
#include "mining/dimensions/grow.h"
#include "mining/dimensions/put_dimensions.h"
#include "mining/dimensions/seeds.h"
#include "mining/dimensions/sentences.h"
#include "mining/dimensions/text_file.h"
#include "mining/vectors/skip_gram.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;

constexpr std::uint64_t kTextsAReport = 4096;

struct MineDimensionsArguments {
  std::string data;
  std::vector<std::string> files;
  std::string words;
  std::string seeds;
  std::string out;
  std::string vectors_out;
  vectors::SkipGramOptions learning;
  dimensions::GrowthOptions growth;
  bool publish = false;
  bool json = false;
};

// One industry: its dimensions with their seeds, and the words that are to be placed. `seed_tokens`: a list a
// dimension, as words are named in vectors.
struct Industry {
  std::string name;
  std::span<const dimensions::DimensionSeeds> dimensions;
  std::vector<std::vector<std::string>> seed_tokens;
  std::vector<std::string> words;
};

// Of seeds in the order of industries.
std::vector<Industry> by_industry(std::span<const dimensions::DimensionSeeds> all) {
  std::vector<Industry> industries;
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].industry == all[begin].industry) ++end;
    Industry& industry =
        industries.emplace_back(Industry{all[begin].industry, all.subspan(begin, end - begin), {}, {}});
    for (const dimensions::DimensionSeeds& each : industry.dimensions) {
      std::vector<std::string>& tokens = industry.seed_tokens.emplace_back();
      for (const std::string& word : each.words) tokens.push_back(dimensions::word_token(word));
    }
  }
  return industries;
}

// The tags of an industry, those of several that it is one of among them; "": the general ones.
std::vector<std::string> tags_of(const tag::TagGraph& graph, const std::string& industry) {
  const std::uint32_t category =
      industry.empty() ? tag::kNoRow
                       : graph.node(tag::NodeKind::kCategory, industry, tag::kNoRow).value_or(tag::kNoRow);
  std::vector<std::string> names;
  if (!industry.empty() && category == tag::kNoRow) return names;
  for (std::uint32_t row = 0; row < graph.nodes(); ++row) {
    const tag::NodeFacts facts = graph.facts(row);
    if (facts.kind != tag::NodeKind::kTag) continue;
    const auto categories = graph.edges(row, tag::EdgeType::kInCategory).to;
    if (facts.industry == category || std::ranges::find(categories, category) != categories.end()) {
      names.emplace_back(facts.name);
    }
  }
  return names;
}

// `words`, or the graph's where there are none, less the seeds.
void ask(Industry& industry, const std::vector<std::string>& words, const tag::TagGraph& graph) {
  std::set<std::string> seeds;
  for (const auto& each : industry.seed_tokens) seeds.insert(each.begin(), each.end());
  industry.words = words.empty() ? tags_of(graph, industry.name) : words;
  std::erase_if(industry.words,
                [&](const std::string& word) { return seeds.contains(dimensions::word_token(word)); });
}

// Of all words, as they are named in vectors.
std::vector<std::string> tokens_of(const std::vector<Industry>& industries) {
  std::set<std::string> tokens;
  for (const Industry& industry : industries) {
    for (const auto& seeds : industry.seed_tokens) tokens.insert(seeds.begin(), seeds.end());
    for (const std::string& word : industry.words) tokens.insert(dimensions::word_token(word));
  }
  return {tokens.begin(), tokens.end()};
}

dimensions::Growth grow(const Industry& industry, const vectors::WordVectors& known,
                        const dimensions::GrowthOptions& options) {
  std::vector<std::string> tokens;
  for (const std::string& word : industry.words) tokens.push_back(dimensions::word_token(word));
  return dimensions::grow(known, industry.seed_tokens, tokens, options);
}

// What was found of one industry: a line a word that was placed and a missing dimension, appended to `lines`.
Json found(const Industry& industry, const dimensions::Growth& growth, std::string& lines) {
  const std::vector<std::string>& asked = industry.words;
  for (const dimensions::Placement& placement : growth.placed) {
    Json line = Json::object();
    line.set("industry", industry.name).set("word", asked[placement.word]);
    line.set("dimension", industry.dimensions[placement.dimension].dimension);
    line.set("similarity", static_cast<double>(placement.similarity));
    lines += line.set("round", static_cast<std::int64_t>(placement.round)).to_text() + '\n';
  }
  for (const auto& group : growth.missing) {
    Json missing = Json::array();
    for (const std::uint32_t word : group) missing.push(asked[word]);
    lines += Json::object().set("industry", industry.name).set("missing_dimension", missing).to_text() + '\n';
  }
  const auto number = [](std::size_t count) { return static_cast<std::int64_t>(count); };
  Json json = Json::object();
  json.set("industry", industry.name).set("words", number(asked.size())).set("placed", number(growth.placed.size()));
  json.set("rounds", static_cast<std::int64_t>(growth.rounds)).set("unplaced", number(growth.unplaced.size()));
  json.set("without_vector", number(growth.without_vector.size()));
  return json.set("missing_dimensions", number(growth.missing.size()));
}

std::string told(const Json& json) {
  const auto count = [&](std::string_view name) { return *json.find(name)->if_integer(); };
  return fmt::format("{}: {} of {} words placed in {} rounds, {} left over, {} without a vector{}",
                     json.find("industry")->if_text()->empty() ? "general" : *json.find("industry")->if_text(),
                     count("placed"), count("words"), count("rounds"), count("unplaced"), count("without_vector"),
                     count("missing_dimensions") == 0
                         ? ""
                         : fmt::format("; {} dimensions may be missing", count("missing_dimensions")));
}

Status mine_dimensions(const MineDimensionsArguments& arguments) {
  Console console(arguments.json);
  INKLING_ASSIGN(const auto seeds, dimensions::read_seeds(arguments.seeds));
  std::vector<std::string> words;
  if (!arguments.words.empty()) {
    INKLING_ASSIGN(words, dimensions::read_words(arguments.words));
  }
  INKLING_ASSIGN(MinedGraph mined, newest_graph(arguments.data));
  std::vector<Industry> asked = by_industry(seeds);
  for (Industry& industry : asked) ask(industry, words, mined.graph);
  const std::vector<std::string> tokens = tokens_of(asked);
  INKLING_ASSIGN(auto maker, dimensions::SentenceMaker::make(tokens));
  std::vector<std::string> sentences;
  std::uint64_t texts = 0;
  for (const std::string& file : arguments.files) {
    INKLING_TRY(dimensions::for_each_text(file, [&](std::string_view text) {
      maker.add(text, sentences);
      if (++texts % kTextsAReport == 0) console.progress("cutting texts", texts, 0, "texts");
    }));
  }
  console.end_progress();
  console.say(fmt::format("{} sentences", sentences.size()));
  INKLING_ASSIGN(const vectors::WordVectors learnt, vectors::learn_skip_gram(sentences, tokens, arguments.learning));
  if (!arguments.vectors_out.empty()) INKLING_TRY(learnt.write(arguments.vectors_out));
  const vectors::WordVectors known = learnt.centred();
  std::string lines;
  Json industries = Json::array();
  std::vector<GrownIndustry> grown;
  artifact::PackageManifest manifest;
  manifest.parent = mined.version;
  manifest.seed = arguments.learning.seed;
  for (const Industry& industry : asked) {
    dimensions::Growth growth = grow(industry, known, arguments.growth);
    INKLING_TRY(dimensions::put_dimensions(industry.dimensions, industry.words, growth, mined.builder));
    manifest.metrics["placed"] += static_cast<double>(growth.placed.size());
    industries.push(found(industry, growth, lines));
    console.say(told(industries.if_array()->back()));
    grown.push_back({industry.name, industry.dimensions, industry.words, std::move(growth)});
  }
  if (!arguments.out.empty()) INKLING_TRY(base::write_file_atomic(arguments.out, lines));
  INKLING_ASSIGN(const std::string version,
                 publish_graph(arguments.data, mined.builder, manifest, mine_dimensions_page(grown, sentences.size()),
                               arguments.publish));
  console.say(graph_state(version, arguments.publish));
  Json result = Json::object();
  result.set("sentences", static_cast<std::int64_t>(sentences.size())).set("industries", industries);
  console.result(result.set("version", version));
  return {};
}

}  // namespace

void add_mine_dimensions(CLI::App& mine, Outcome& outcome) {
  auto arguments = std::make_shared<MineDimensionsArguments>();
  arguments->learning.longest_part = 2;
  CLI::App* verb = mine.add_subcommand("dimensions", "Find each word's dimension, from seeds and texts");
  verb->add_option("--in", arguments->files, "JSON Lines of texts, plain, .gz or .zst")->required();
  verb->add_option("--data", arguments->data, "data folder, whose newest tag graph is added to")->required();
  verb->add_option("--words", arguments->words, "file of the words to place, one a line (default: the graph's tags)");
  verb->add_option("--seeds", arguments->seeds, "YAML: industry, its dimensions, the seeds of each")->required();
  verb->add_option("--out", arguments->out, "JSON Lines of what was placed, and why");
  verb->add_option("--pretrained", arguments->learning.pretrained, "vectors to start from, in word2vec's text form");
  verb->add_option("--vectors-out", arguments->vectors_out, "where the vectors go, in the same form");
  verb->add_option("--columns", arguments->learning.dim, "of a vector; those of --pretrained")->capture_default_str();
  verb->add_option("--epochs", arguments->learning.epochs, "over the texts")->capture_default_str();
  verb->add_option("--seed", arguments->learning.seed, "of what is random")->capture_default_str();
  verb->add_option("--threads", arguments->learning.threads, "one gives the same bytes again")->capture_default_str();
  verb->add_option("--threshold", arguments->growth.threshold, "mean cosine that is near enough")
      ->capture_default_str();
  verb->add_flag("--publish", arguments->publish, "make the graph live at once");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = mine_dimensions(*arguments); });
}

}  // namespace inkling::cli
