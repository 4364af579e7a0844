// Trains a tagger on labelled texts and measures it on others: the product's training half, package bytes and serving
// half, in one process.
//
//   taggers MODEL TRAIN SEED [name=value ...] [test:NAME=FILE ...]
//
// TRAIN and FILE are labelled texts (docs/formats.md). Prints one JSON line; what training says goes to stderr.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "artifact/manifest.h"
#include "bench/taggers/measured.h"
#include "models/tagging_model.h"
#include "train/parameters.h"
#include "train/tagging_half.h"

namespace {

using namespace inkling;

struct Arguments {
  std::string model, train_path;
  std::uint64_t seed = 1;
  std::vector<std::string> settings;
  std::vector<bench::TestFile> tests;
};

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

base::Status run(const Arguments& arguments) {
  INKLING_ASSIGN(const auto* half, find(plugins::tagging_halves(), arguments.model,
                                        [](const train::TaggingHalf& each) { return each.name(); }));
  INKLING_ASSIGN(const auto* model, find(plugins::tagging_models(), arguments.model,
                                         [](const models::TaggingModel& each) { return each.name; }));
  INKLING_ASSIGN(const train::LabelledTexts texts, train::read_labelled_texts(arguments.train_path));
  INKLING_ASSIGN(base::Json params, params_of(*model, arguments.settings));
  const auto begin = std::chrono::steady_clock::now();
  INKLING_ASSIGN(const train::LearntTagger learnt,
                 half->train({texts, params, arguments.seed, 1, [](std::string_view note) {
                                std::fprintf(stderr, "%.*s\n", static_cast<int>(note.size()), note.data());
                              }}));
  base::Json out = base::Json::object();
  out.set("seconds", bench::seconds_since(begin));
  for (const auto& [name, value] : learnt.metrics) out.set(name, value);
  INKLING_ASSIGN(const std::vector<std::byte> bytes, learnt.weights.bytes());
  INKLING_ASSIGN(const artifact::Safetensors tensors, artifact::Safetensors::parse(bytes));
  artifact::PackageManifest manifest;
  manifest.features = learnt.features;
  INKLING_ASSIGN(const auto tagger, model->load(manifest, tensors));
  out.set("package_bytes", static_cast<std::int64_t>(bytes.size()));
  for (const bench::TestFile& test : arguments.tests) INKLING_TRY(bench::measure(*tagger, test, out));
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
    if (auto test = bench::test_of(argument)) {
      arguments.tests.push_back(std::move(*test));
    } else {
      arguments.settings.push_back(argument);
    }
  }
  const base::Status status = run(arguments);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
