// inkling mine tags: texts become a tag graph, as a candidate package of the data folder.
#include "mining/mine_tags.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/mine_tags_page.h"
#include "apps/cli/mined_graph.h"
#include "apps/cli/signal_watch.h"
#include "apps/cli/verb_mine.h"
#include "base/files.h"
#include "mining/opinions.h"
#include "mining/unlabelled_opinions.h"
#include "tag/edits.h"
#include "train/labelled_text.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::Result;
using base::Status;

struct MineTagsArguments {
  std::string data;
  std::vector<std::string> files;
  std::string synonyms;
  std::string stop_words;
  std::string opinions;
  bool opinions_from_texts = false;
  std::string max_bad_lines = "0";
  std::uint64_t min_count = mining::NewWordOptions().min_count;
  double min_cohesion = mining::NewWordOptions().min_cohesion;
  double min_entropy = mining::NewWordOptions().min_entropy_bits;
  std::size_t threads = 0;
  bool publish = false;
  bool json = false;

  [[nodiscard]] bool tells_opinions() const { return opinions_from_texts || !opinions.empty(); }
  [[nodiscard]] std::filesystem::path tags_folder() const { return std::filesystem::path(data) / "tags"; }
};

struct Seconds {
  double read = 0, mine = 0, write = 0;
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<mining::TagOptions> tag_options(const MineTagsArguments& arguments) {
  mining::TagOptions options;
  if (!arguments.synonyms.empty()) {
    INKLING_ASSIGN(const std::string text, base::read_file(arguments.synonyms));
    INKLING_ASSIGN(options.synonyms, mining::parse_synonyms(text, arguments.synonyms));
  }
  if (!arguments.stop_words.empty()) {
    INKLING_ASSIGN(const std::string text, base::read_file(arguments.stop_words));
    INKLING_ASSIGN(options.stop_words, mining::parse_stop_words(text, arguments.stop_words));
  }
  return options;
}

Result<mining::MiningOptions> mining_options(const MineTagsArguments& arguments) {
  mining::MiningOptions options;
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  options.read.threads = arguments.threads == 0 ? cores : arguments.threads;
  options.read.cache = arguments.tags_folder() / "mining";
  INKLING_ASSIGN(options.read.limit, wire::BadLineLimit::parse(arguments.max_bad_lines));
  options.words.threads = options.read.threads;
  options.words.min_count = arguments.min_count;
  options.words.min_cohesion = arguments.min_cohesion;
  options.words.min_entropy_bits = arguments.min_entropy;
  INKLING_ASSIGN(options.tags, tag_options(arguments));
  return options;
}

// Editors' decisions over what was mined; none when there is no such file.
Result<tag::EditReport> apply_edits(const MineTagsArguments& arguments, tag::TagGraphBuilder& builder) {
  const std::string file = (arguments.tags_folder() / "edits.jsonl").string();
  const auto text = base::read_file(file);
  if (text.status().code() == base::ErrorCode::kNotFound) return tag::EditReport();
  INKLING_TRY(text.status());
  INKLING_ASSIGN(const auto edits, tag::read_edits(*text, file));
  return tag::apply_edits(builder, edits);
}

Status set_polarity(const tag::TagGraph& graph, std::uint32_t row, std::int8_t polarity,
                    tag::TagGraphBuilder& builder) {
  const tag::NodeFacts facts = graph.facts(row);
  const std::string industry(facts.industry == tag::kNoRow ? "" : graph.name(facts.industry));
  INKLING_ASSIGN(const auto node, builder.find({tag::NodeKind::kTag, std::string(facts.name), industry}));
  return builder.set_polarity(node, polarity);
}

// Reviews that are labelled "positive" or "negative" tell which of the builder's tags are opinions; how many are.
Result<std::size_t> add_opinions(const std::string& file, tag::TagGraphBuilder& builder) {
  INKLING_ASSIGN(const train::LabelledTexts labelled, train::read_labelled_texts(file));
  if (labelled.labels != std::vector<std::string>{"negative", "positive"}) {
    return base::invalid_input(file +
                               ": label: texts of the labels \"negative\" and \"positive\", and of no other, " +
                               "are needed to tell opinions");
  }
  std::vector<mining::JudgedText> texts;
  for (const train::LabelledText& text : labelled.texts) {
    if (text.label) texts.push_back({text.text, *text.label == 1});
  }
  INKLING_ASSIGN(const tag::TagArrays arrays, builder.arrays());
  INKLING_ASSIGN(const tag::TagGraph graph, tag::TagGraph::make(arrays));
  const auto opinions = mining::opinions_of(graph, texts);
  for (const mining::Opinion& opinion : opinions) {
    INKLING_TRY(set_polarity(graph, opinion.row, opinion.polarity, builder));
  }
  return opinions.size();
}

// The mined texts themselves tell, without labels; how many of the builder's tags are opinions.
Result<std::size_t> add_opinions(std::span<const mining::Slice> slices, tag::TagGraphBuilder& builder) {
  INKLING_ASSIGN(const auto words, mining::OpinionWords::learn(mining::texts_to_learn_from(slices)));
  INKLING_ASSIGN(const tag::TagArrays arrays, builder.arrays());
  INKLING_ASSIGN(const tag::TagGraph graph, tag::TagGraph::make(arrays));
  INKLING_ASSIGN(const auto polarities, mining::polarities_of(graph, words));
  for (const mining::TagPolarity& each : polarities) {
    INKLING_TRY(set_polarity(graph, each.row, each.polarity, builder));
  }
  return polarities.size();
}

std::int64_t number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

Json json_of(const mining::Mined& mined, const MiningTally& tally, const tag::EditReport& edits,
             const Seconds& seconds) {
  Json reasons = Json::object(), dropped = Json::object();
  for (const auto& reason : tally.reasons) reasons.set(reason.reason, number(reason.count));
  for (std::size_t i = 0; i < mining::kDroppedNames.size(); ++i) {
    dropped.set(mining::kDroppedNames[i], number(mined.tags.dropped[i]));
  }
  std::uint64_t novel = 0;
  for (const auto& word : mined.candidates.words) novel += word.novel.has_value() ? 1 : 0;
  Json json = Json::object();
  json.set("lines", number(tally.lines)).set("texts", number(tally.counted)).set("cut", number(tally.cut));
  json.set("left_out", std::move(reasons)).set("slices", number(mined.read.slices.size()));
  json.set("slices_counted", number(mined.read.counted)).set("slices_repeated", number(mined.read.repeated));
  json.set("industries", number(mined.candidates.industries.size() - 1));
  json.set("words", number(mined.candidates.words.size())).set("new_words", number(novel));
  json.set("no_tags", std::move(dropped)).set("tags", number(mined.tags.tags.size()));
  json.set("edits", number(edits.applied)).set("edits_unfit", number(edits.unfit.size()));
  return json.set("seconds",
                  Json::object().set("read", seconds.read).set("mine", seconds.mine).set("write", seconds.write));
}

void say(const MiningTally& tally, const tag::EditReport& edits, Console& console) {
  console.say(fmt::format("{} lines, {} texts counted", tally.lines, tally.counted));
  for (const auto& reason : tally.reasons) {
    console.say(fmt::format("  {} {}; first {}", reason.count, reason.reason, reason.lines.front()));
  }
  if (tally.cut > 0) console.say(fmt::format("  {} cut after {} KiB", tally.cut, mining::kMaxTextBytes / 1024));
  for (const tag::UnfitEdit& unfit : edits.unfit) {
    console.say(fmt::format("edits.jsonl:{}: {}", unfit.line, unfit.sentence));
  }
}

artifact::PackageManifest manifest_of(const MineTagsArguments& arguments, const mining::Mined& mined) {
  artifact::PackageManifest manifest;
  manifest.metrics = {{"tags", static_cast<double>(mined.tags.tags.size())},
                      {"texts", static_cast<double>(mined.candidates.texts)}};
  manifest.params.set("min_count", number(arguments.min_count))
      .set("min_cohesion", arguments.min_cohesion)
      .set("min_entropy_bits", arguments.min_entropy);
  return manifest;
}

Status mine_tags(const MineTagsArguments& arguments) {
  Console console(arguments.json);
  for (const std::string& file : arguments.files) INKLING_TRY(wire::check_file(file));
  INKLING_ASSIGN(mining::MiningOptions options, mining_options(arguments));
  std::atomic<bool> stop = false;
  const SignalWatch watch([&stop] { stop = true; });
  options.read.stop = &stop;
  options.read.on_progress = [&console](const mining::ReadProgress& progress) {
    console.progress("counting words", progress.lines, 0, "lines");
  };
  Seconds seconds;
  auto start = std::chrono::steady_clock::now();
  mining::Mined mined;
  INKLING_ASSIGN(mined.read, mining::read_slices(arguments.files, options.read));
  console.end_progress();
  seconds.read = seconds_since(std::exchange(start, std::chrono::steady_clock::now()));
  INKLING_TRY(mining::find_tags(mined, options));
  seconds.mine = seconds_since(std::exchange(start, std::chrono::steady_clock::now()));
  tag::TagGraphBuilder builder;
  INKLING_TRY(mining::put_tags(mined.candidates, mined.tags, builder));
  std::size_t opinions = 0;
  if (!arguments.opinions.empty()) {
    INKLING_ASSIGN(opinions, add_opinions(arguments.opinions, builder));
  } else if (arguments.opinions_from_texts) {
    INKLING_ASSIGN(opinions, add_opinions(mined.read.slices, builder));
  }
  INKLING_ASSIGN(const tag::EditReport edits, apply_edits(arguments, builder));
  const MiningTally tally = tally_of(mined.read);
  INKLING_ASSIGN(const std::string version, publish_graph(arguments.data, builder, manifest_of(arguments, mined),
                                                          mine_tags_page(mined, tally, edits), arguments.publish));
  seconds.write = seconds_since(start);
  say(tally, edits, console);
  console.say(fmt::format("{} tags of {} words; {}", mined.tags.tags.size(), mined.candidates.words.size(),
                          graph_state(version, arguments.publish)));
  if (arguments.tells_opinions()) console.say(fmt::format("{} tags are opinions", opinions));
  console.result(json_of(mined, tally, edits, seconds).set("opinions", number(opinions)).set("version", version));
  return {};
}

}  // namespace

void add_mine_tags(CLI::App& mine, Outcome& outcome) {
  auto arguments = std::make_shared<MineTagsArguments>();
  CLI::App* verb = mine.add_subcommand("tags", "Tags from titles, bodies, reviews and queries, with their evidence");
  verb->add_option("--in", arguments->files, "JSON Lines of texts, plain, .gz or .zst")->required();
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--synonyms", arguments->synonyms, "file of lines \"name = word, word\"");
  verb->add_option("--stop-words", arguments->stop_words, "file of words that are no tags, one a line");
  CLI::Option* opinions = verb->add_option(
      "--opinions", arguments->opinions,
      "labelled texts, \"positive\" and \"negative\", which tell what tags say something good or bad");
  verb->add_flag("--opinions-from-texts", arguments->opinions_from_texts,
                 "the texts themselves tell it, without labels (Chinese only)")
      ->excludes(opinions);
  verb->add_option("--min-count", arguments->min_count, "what stands less often is no tag")
      ->capture_default_str()
      ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{1} << 40));
  verb->add_option("--min-cohesion", arguments->min_cohesion, "of a new word: 0 chance, 1 never apart")
      ->capture_default_str();
  verb->add_option("--min-entropy", arguments->min_entropy, "of the letters beside a new word, in bits")
      ->capture_default_str();
  verb->add_option("--max-bad-lines", arguments->max_bad_lines,
                   "lines that are no posts: a number, or a share as 0.5%")
      ->capture_default_str();
  verb->add_option("--threads", arguments->threads, "0: as many as the machine has cores")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  verb->add_flag("--publish", arguments->publish, "make the graph live at once");
  verb->add_flag("--json", arguments->json, "answer as one JSON object");
  verb->callback([arguments, &outcome] { outcome.status = mine_tags(*arguments); });
}

}  // namespace inkling::cli
