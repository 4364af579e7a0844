// inkling mine dimensions: words find the dimension of their industry, from seeds and texts.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/verb_mine.h"
#include "base/files.h"
#include "mining/dimensions/grow.h"
#include "mining/dimensions/seeds.h"
#include "mining/dimensions/sentences.h"
#include "mining/dimensions/text_file.h"
#include "mining/vectors/skip_gram.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;

struct MineDimensionsArguments {
  std::vector<std::string> files;
  std::string words;
  std::string seeds;
  std::string out;
  std::string vectors_out;
  vectors::SkipGramOptions learning;
  dimensions::GrowthOptions growth;
  bool json = false;
};

// The seeds of one industry, a list a dimension, as words are named in vectors.
struct Industry {
  std::string name;
  std::vector<std::string> dimensions;
  std::vector<std::vector<std::string>> seeds;
};

std::vector<Industry> by_industry(const std::vector<dimensions::DimensionSeeds>& all) {
  std::vector<Industry> industries;
  for (const dimensions::DimensionSeeds& each : all) {
    if (industries.empty() || industries.back().name != each.industry) industries.push_back({each.industry, {}, {}});
    industries.back().dimensions.push_back(each.dimension);
    std::vector<std::string>& tokens = industries.back().seeds.emplace_back();
    for (const std::string& word : each.words) tokens.push_back(dimensions::word_token(word));
  }
  return industries;
}

// The asked words that are no seeds of the industry.
std::vector<std::string> asked_of(const Industry& industry, const std::vector<std::string>& words) {
  std::set<std::string> seeds;
  for (const auto& each : industry.seeds) seeds.insert(each.begin(), each.end());
  std::vector<std::string> asked;
  for (const std::string& word : words) {
    if (!seeds.contains(dimensions::word_token(word))) asked.push_back(word);
  }
  return asked;
}

// What was found of one industry: a line a word that was placed and a missing dimension, appended to `lines`.
Json found(const Industry& industry, const std::vector<std::string>& words, const vectors::WordVectors& known,
           const dimensions::GrowthOptions& options, std::string& lines) {
  const std::vector<std::string> asked = asked_of(industry, words);
  std::vector<std::string> tokens;
  for (const std::string& word : asked) tokens.push_back(dimensions::word_token(word));
  const dimensions::Growth growth = dimensions::grow(known, industry.seeds, tokens, options);
  for (const dimensions::Placement& placement : growth.placed) {
    Json line = Json::object();
    line.set("industry", industry.name).set("word", asked[placement.word]);
    line.set("dimension", industry.dimensions[placement.dimension]);
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
  INKLING_ASSIGN(const std::vector<std::string> words, dimensions::read_words(arguments.words));
  std::vector<std::string> tokens = words;
  for (const auto& each : seeds) tokens.insert(tokens.end(), each.words.begin(), each.words.end());
  for (std::string& token : tokens) token = dimensions::word_token(token);
  INKLING_ASSIGN(auto maker, dimensions::SentenceMaker::make(tokens));
  std::vector<std::string> sentences;
  for (const std::string& file : arguments.files) {
    INKLING_TRY(dimensions::for_each_text(file, [&](std::string_view text) { maker.add(text, sentences); }));
  }
  console.say(fmt::format("{} sentences", sentences.size()));
  INKLING_ASSIGN(const vectors::WordVectors learnt, vectors::learn_skip_gram(sentences, tokens, arguments.learning));
  if (!arguments.vectors_out.empty()) INKLING_TRY(learnt.write(arguments.vectors_out));
  const vectors::WordVectors known = learnt.centred();
  std::string lines;
  Json industries = Json::array();
  for (const Industry& industry : by_industry(seeds)) {
    industries.push(found(industry, words, known, arguments.growth, lines));
    console.say(told(industries.if_array()->back()));
  }
  INKLING_TRY(base::write_file_atomic(arguments.out, lines));
  console.result(
      Json::object().set("sentences", static_cast<std::int64_t>(sentences.size())).set("industries", industries));
  return {};
}

}  // namespace

void add_mine_dimensions(CLI::App& mine, Outcome& outcome) {
  auto arguments = std::make_shared<MineDimensionsArguments>();
  arguments->learning.longest_part = 2;
  CLI::App* verb = mine.add_subcommand("dimensions", "Find each word's dimension, from seeds and texts");
  verb->add_option("--in", arguments->files, "JSON Lines of texts, plain, .gz or .zst")->required();
  verb->add_option("--words", arguments->words, "file of the words to place, one a line")->required();
  verb->add_option("--seeds", arguments->seeds, "YAML: industry, its dimensions, the seeds of each")->required();
  verb->add_option("--out", arguments->out, "JSON Lines of what was placed, and why")->required();
  verb->add_option("--pretrained", arguments->learning.pretrained, "vectors to start from, in word2vec's text form");
  verb->add_option("--vectors-out", arguments->vectors_out, "where the vectors go, in the same form");
  verb->add_option("--columns", arguments->learning.dim, "of a vector; those of --pretrained")->capture_default_str();
  verb->add_option("--epochs", arguments->learning.epochs, "over the texts")->capture_default_str();
  verb->add_option("--seed", arguments->learning.seed, "of what is random")->capture_default_str();
  verb->add_option("--threads", arguments->learning.threads, "one gives the same bytes again")->capture_default_str();
  verb->add_option("--threshold", arguments->growth.threshold, "mean cosine that is near enough")
      ->capture_default_str();
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = mine_dimensions(*arguments); });
}

}  // namespace inkling::cli
