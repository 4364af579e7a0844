#include "apps/cli/picture_training.h"

#ifdef INKLING_HAS_TORCH

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "apps/cli/journal_package.h"
#include "apps/cli/zoo.h"
#include "train/picture_half.h"

namespace inkling::cli {
namespace {

const train::PictureHalf* find_half(const std::string& name) {
  const auto halves = plugins::picture_halves();
  const auto found = std::ranges::find(halves, name, [](const auto* half) { return half->name(); });
  return found == halves.end() ? nullptr : *found;
}

void say_pictures(const train::LabelledPictures& pictures, Console& console) {
  console.say(fmt::format("{} pictures in {} albums", pictures.pictures.size(), pictures.albums.size()));
  if (pictures.left_out.empty()) return;
  console.say(fmt::format("{} left out:", pictures.left_out.size()));
  for (const std::string& sentence : pictures.left_out) console.say("  " + sentence);
}

}  // namespace

base::Result<artifact::PackageManifest> train_sorter(const DataFolder& folder, const std::string& pictures,
                                                     const TrainingRequest& request, Console& console) {
  INKLING_TRY(check_journal_request(request, "set its epochs with --set epochs=20"));
  const models::PictureModel& model = *find_picture_model(request.file.model);
  const train::PictureHalf* half = find_half(request.file.model);
  if (half == nullptr) return base::internal_error("the model " + request.file.model + " has no training half");
  INKLING_ASSIGN(const base::Json params, journal_params(model.name, model.params_yaml, request));
  INKLING_ASSIGN(const train::LabelledPictures labelled, train::read_labelled_pictures(pictures));
  say_pictures(labelled, console);
  const int threads =
      request.threads > 0 ? request.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  INKLING_ASSIGN(train::LearntSorter learnt, half->train({labelled, params, request.seed, threads,
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

base::Result<artifact::PackageManifest> train_sorter(const DataFolder&, const std::string&, const TrainingRequest&,
                                                     Console&) {
  return no_training_half();
}

}  // namespace inkling::cli

#endif
