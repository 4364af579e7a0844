#include "apps/cli/tagging_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "apps/cli/journal_package.h"
#include "apps/cli/zoo.h"
#include "train/tagging_half.h"

namespace inkling::cli {
namespace {

const train::TaggingHalf* find_half(const std::string& name) {
  const auto halves = plugins::tagging_halves();
  const auto found = std::ranges::find(halves, name, [](const auto* half) { return half->name(); });
  return found == halves.end() ? nullptr : *found;
}

void say_texts(const train::LabelledTexts& texts, Console& console) {
  std::size_t spans = 0, pairs = 0, labelled = 0;
  for (const train::LabelledText& text : texts.texts) {
    spans += text.spans.size();
    pairs += text.pairs.size();
    labelled += text.label ? 1 : 0;
  }
  console.say(fmt::format("{} texts: {} spans of {} types, {} pairs of {} relations, {} labels of {} kinds",
                          texts.texts.size(), spans, texts.types.size(), pairs, texts.relations.size(), labelled,
                          texts.labels.size()));
}

}  // namespace

base::Result<artifact::PackageManifest> train_tagger(const DataFolder& folder, const std::string& labelled,
                                                     const TrainingRequest& request, Console& console) {
  INKLING_TRY(check_journal_request(request, "set its epochs with --set epochs=10"));
  const models::TaggingModel& model = *find_tagging_model(request.file.model);
  const train::TaggingHalf* half = find_half(request.file.model);
  if (half == nullptr) return base::internal_error("the model " + request.file.model + " has no training half");
  INKLING_ASSIGN(const base::Json params, journal_params(model.name, model.params_yaml, request));
  INKLING_ASSIGN(const train::LabelledTexts texts, train::read_labelled_texts(labelled));
  say_texts(texts, console);
  const int threads =
      request.threads > 0 ? request.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  INKLING_ASSIGN(train::LearntTagger learnt, half->train({texts, params, request.seed, threads,
                                                          [&](std::string_view note) { console.say(note); }}));
  for (const auto& [name, value] : learnt.metrics) console.say(fmt::format("{} {:.4f}", name, value));
  artifact::PackageManifest manifest = journal_manifest(request, params, folder.clock->now_ms());
  manifest.features = learnt.features;
  manifest.metrics = learnt.metrics;
  INKLING_ASSIGN(const Publish how, first_is_live(folder, request));
  INKLING_TRY(write_journal_package(folder, how, std::move(learnt.weights), manifest, console));
  return manifest;
}

}  // namespace inkling::cli

#else

namespace inkling::cli {

base::Result<artifact::PackageManifest> train_tagger(const DataFolder&, const std::string&, const TrainingRequest&,
                                                     Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
