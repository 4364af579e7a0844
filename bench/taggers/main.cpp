// Trains a tagger on labelled texts and measures it on others: the product's training half, package bytes and serving
// half, in one process.
//
//   taggers MODEL TRAIN SEED [name=value ...] [test:NAME=FILE ...]
//
// TRAIN and FILE are labelled texts (docs/formats.md). Prints one JSON line; what training says goes to stderr.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "artifact/manifest.h"
#include "models/span_tagger/span_tagger_measure_net.h"
#include "models/tagging_model.h"
#include "train/parameters.h"
#include "train/tagging_half.h"

namespace {

using namespace inkling;

struct Test {
  std::string name, path;
};

struct Arguments {
  std::string model, train_path;
  std::uint64_t seed = 1;
  std::vector<std::string> settings;
  std::vector<Test> tests;
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

template <typename Half>
base::Result<const Half*> find(std::span<const Half* const> all, std::string_view name, auto name_of) {
  for (const Half* half : all) {
    if (name_of(*half) == name) return half;
  }
  return base::not_found("no tagging model is called " + std::string(name) + ".");
}

base::Result<base::Json> params_of(const models::TaggingModel& model, const std::vector<std::string>& settings) {
  INKLING_ASSIGN(const auto table, train::ParameterTable::parse(model.params_yaml, "params.yaml"));
  base::Json given = base::Json::object();
  for (const std::string& setting : settings) INKLING_TRY(table.set(setting, given));
  return table.complete(base::JsonView(given, "params"));
}

// A test file's names by the tagger's numbers: both files name the same types, or the test cannot be counted.
base::Result<train::LabelledTexts> read_test(const std::string& path, const models::TextTagger& tagger) {
  INKLING_ASSIGN(train::LabelledTexts texts, train::read_labelled_texts(path));
  const auto same = [](const std::vector<std::string>& a, std::span<const std::string> b) {
    return a.empty() || std::ranges::equal(a, b);
  };
  if (same(texts.types, tagger.types()) && same(texts.relations, tagger.relations()) &&
      same(texts.labels, tagger.labels())) {
    return texts;
  }
  return base::invalid_input(path + ": its types, relations or labels are not those of the training texts.");
}

// Counts spans, pairs and labels over a file.
base::Status measure(const models::TextTagger& tagger, const Test& test, base::Json& out) {
  INKLING_ASSIGN(const train::LabelledTexts texts, read_test(test.path, tagger));
  models::span_tagger::Agreements counted;
  counted.types.resize(tagger.types().size());
  const auto workspace = tagger.new_workspace();
  models::TaggedText found;
  std::size_t labelled = 0, right = 0;
  const auto begin = Clock::now();
  for (const train::LabelledText& text : texts.texts) {
    tagger.tag(text.text, *workspace, found);
    models::span_tagger::add_agreements(found, text, counted);
    if (!text.label || found.label_probs.empty()) continue;
    const auto best = std::ranges::max_element(found.label_probs) - found.label_probs.begin();
    ++labelled;
    right += static_cast<std::size_t>(best) == *text.label ? 1 : 0;
  }
  const double seconds = seconds_since(begin);
  models::span_tagger::sum_types(counted);
  const std::string prefix = "test." + test.name + ".";
  if (!tagger.types().empty()) {
    for (const auto& [name, value] : metrics_of(counted, tagger)) out.set(prefix + name, value);
  }
  if (labelled > 0) out.set(prefix + "accuracy", static_cast<double>(right) / static_cast<double>(labelled));
  out.set(prefix + "texts", static_cast<std::int64_t>(texts.texts.size()));
  out.set(prefix + "us_per_text", seconds * 1e6 / static_cast<double>(texts.texts.size()));
  return {};
}

base::Status run(const Arguments& arguments) {
  INKLING_ASSIGN(const auto* half, find(plugins::tagging_halves(), arguments.model,
                                        [](const train::TaggingHalf& each) { return each.name(); }));
  INKLING_ASSIGN(const auto* model, find(plugins::tagging_models(), arguments.model,
                                         [](const models::TaggingModel& each) { return each.name; }));
  INKLING_ASSIGN(const train::LabelledTexts texts, train::read_labelled_texts(arguments.train_path));
  INKLING_ASSIGN(base::Json params, params_of(*model, arguments.settings));
  const auto begin = Clock::now();
  INKLING_ASSIGN(const train::LearntTagger learnt,
                 half->train({texts, params, arguments.seed, 1, [](std::string_view note) {
                                std::fprintf(stderr, "%.*s\n", static_cast<int>(note.size()), note.data());
                              }}));
  base::Json out = base::Json::object();
  out.set("seconds", seconds_since(begin));
  for (const auto& [name, value] : learnt.metrics) out.set(name, value);
  INKLING_ASSIGN(const std::vector<std::byte> bytes, learnt.weights.bytes());
  INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(bytes));
  artifact::PackageManifest manifest;
  manifest.features = learnt.features;
  INKLING_ASSIGN(const auto tagger, model->load(manifest, tensors));
  out.set("package_bytes", static_cast<std::int64_t>(bytes.size()));
  for (const Test& test : arguments.tests) INKLING_TRY(measure(*tagger, test, out));
  std::printf("%s\n", out.to_text().c_str());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: taggers MODEL TRAIN SEED [name=value ...] [test:NAME=FILE ...]\n");
    return 2;
  }
  Arguments arguments{argv[1], argv[2], std::strtoull(argv[3], nullptr, 10), {}, {}};
  for (int i = 4; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::size_t equals = std::min(argument.find('='), argument.size() - 1);
    if (argument.starts_with("test:")) {
      arguments.tests.push_back({argument.substr(5, equals - 5), argument.substr(equals + 1)});
    } else {
      arguments.settings.push_back(argument);
    }
  }
  const base::Status status = run(arguments);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
