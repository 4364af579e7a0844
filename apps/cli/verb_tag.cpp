// inkling tag: what a trained tagger finds in texts, a line of JSON for each.
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <memory>

#include "apps/cli/data_folder.h"
#include "apps/cli/verb.h"
#include "apps/cli/zoo.h"
#include "base/core/suggest.h"

namespace inkling::cli {
namespace {

using base::Json;

struct TagArguments {
  std::string data, model, version, in;
};

// Four digits: more say nothing.
double shown(float prob) {
  return std::round(static_cast<double>(prob) * 1e4) / 1e4;
}

Json spans_json(const models::TextTagger& tagger, const models::TaggedText& found, std::string_view text) {
  Json spans = Json::array();
  for (const models::FoundSpan& span : found.spans) {
    Json row = Json::object();
    row.set("begin", static_cast<std::int64_t>(span.begin)).set("end", static_cast<std::int64_t>(span.end));
    row.set("text", text.substr(span.begin_byte, span.end_byte - span.begin_byte));
    spans.push(row.set("type", tagger.types()[span.type]).set("prob", shown(span.prob)));
  }
  return spans;
}

Json pairs_json(const models::TextTagger& tagger, const models::TaggedText& found) {
  Json pairs = Json::array();
  for (const models::FoundPair& pair : found.pairs) {
    Json row = Json::object();
    row.set("first", static_cast<std::int64_t>(pair.first)).set("second", static_cast<std::int64_t>(pair.second));
    pairs.push(row.set("relation", tagger.relations()[pair.relation]).set("prob", shown(pair.prob)));
  }
  return pairs;
}

Json found_json(const models::TextTagger& tagger, const models::TaggedText& found, std::string_view text) {
  Json row = Json::object();
  row.set("text", text);
  if (!tagger.types().empty()) row.set("spans", spans_json(tagger, found, text));
  if (!tagger.relations().empty()) row.set("pairs", pairs_json(tagger, found));
  if (tagger.labels().empty()) return row;
  Json probs = Json::object();
  for (std::size_t i = 0; i < tagger.labels().size(); ++i) probs.set(tagger.labels()[i], shown(found.label_probs[i]));
  return row.set("labels", probs);
}

base::Status tag_lines(const models::TextTagger& tagger, std::istream& in) {
  const auto workspace = tagger.new_workspace();
  models::TaggedText found;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    tagger.tag(line, *workspace, found);
    std::cout << found_json(tagger, found, line).to_text() << '\n';
  }
  std::cout.flush();
  return std::cout.good() ? base::Status() : base::io_error("the standard output cannot be written");
}

base::Status tag(const TagArguments& arguments) {
  const models::TaggingModel* model = find_tagging_model(arguments.model);
  if (model == nullptr) {
    return base::not_found("--model: \"" + arguments.model + "\" tags no texts; " +
                           base::expected_one_of(arguments.model, tagging_model_names()));
  }
  INKLING_ASSIGN(const std::string version, chosen_version(arguments.data, arguments.model, arguments.version));
  INKLING_ASSIGN(const auto tagger, load_tagger(arguments.data, *model, version));
  if (arguments.in == "-") return tag_lines(*tagger, std::cin);
  std::ifstream file(arguments.in);
  if (!file) return base::not_found("--in " + arguments.in + ": cannot be read");
  return tag_lines(*tagger, file);
}

}  // namespace

void add_tag(CLI::App& app, Outcome& outcome) {
  auto arguments = std::make_shared<TagArguments>();
  CLI::App* verb = app.add_subcommand("tag", "Tell what a tagger that was trained on labelled texts finds in others");
  verb->add_option("--data", arguments->data, "data folder")->required();
  verb->add_option("--model", arguments->model, "a model that tags texts, like span_tagger")->required();
  verb->add_option("--version", arguments->version, "its version, like v2 (default: the live one)");
  verb->add_option("--in", arguments->in, "a file with one text a line; -: the standard input")->default_val("-");
  verb->callback([arguments, &outcome] { outcome.status = tag(*arguments); });
}

}  // namespace inkling::cli
