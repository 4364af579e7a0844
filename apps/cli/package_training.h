// From a data folder and a training file to a published package (verbs train and standalone).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/evaluation.h"
#include "apps/cli/training_file.h"
#include "apps/cli/zoo.h"
#include "artifact/manifest.h"
#include "sample/build_samples.h"
#include "train/training_half.h"

namespace inkling::cli {

enum class Publish : std::uint8_t { kWhenNoneIsLive, kLive, kCandidate };

struct TrainingRequest {
  TrainingFile file;
  std::vector<std::string> assignments;  // --set name=value
  bool has_file = false;                 // `file` was written by somebody, not all defaults
  std::string from;                      // go on from this package: "v3" or "live"; empty: start anew
  std::string since,
      until;     // first and last day to train on, in place of the file's split
  int days = 0;  // train on the newest days only; 0: all
  std::uint64_t seed = 1;
  int threads = 1;                       // 0: as many as the machine has
  int loader_threads = 1;                // prepare batches ahead; 0: none
  std::string device = "cpu";            // or "cuda"
  std::string checkpoint_every = "60s";  // a duration, or a number of steps; 0: after every epoch only
  bool resume = false;
  Publish publish = Publish::kWhenNoneIsLive;
  std::optional<sample::SampleSet> samples;  // made before (make_samples); none: they are made now
};

// What became of a training, beside the package on disk.
struct TrainingRecord {
  artifact::PackageManifest manifest;
  std::filesystem::path package;
  sample::SampleSet samples;
  std::vector<train::EpochReport> epochs;
  double train_seconds = 0;  // of the training itself, without samples and evaluation
  Evaluation evaluation;     // of the test part, by the serving half
};

// Where the file's model finds its records: the file's views, or all that the log has, less those the model does
// not read.
[[nodiscard]] base::Status choose_views(const DataFolder& folder, TrainingFile& file);
// The samples of a file whose views are chosen, under the model's name.
[[nodiscard]] base::Result<sample::SampleSet> make_samples(DataFolder& folder, const TrainingFile& file,
                                                           Console& console);
// Builds samples, trains, measures the test part with the serving half, writes the package and publishes it.
[[nodiscard]] base::Result<TrainingRecord> train_package(DataFolder& folder, TrainingRequest request,
                                                         Console& console);

// A package on disk becomes a candidate, or live as `how` says and its test part allows.
[[nodiscard]] base::Status publish(const DataFolder& folder, const artifact::PackageManifest& manifest, Publish how,
                                   Console& console);

// What a build that was made without LibTorch answers.
[[nodiscard]] base::Status no_training_half();

// What a training on anything but a journal shares with it: the model's training half on samples at hand, with
// progress and Ctrl-C but without a checkpoint ...
[[nodiscard]] base::Result<train::TrainedModel> train_samples(const ZooEntry& entry, const base::Json& params,
                                                              const sample::SampleSet& samples, std::uint64_t seed,
                                                              int threads, Console& console);
// ... and what was just trained, loaded through the serving half, from bytes, as a server would.
[[nodiscard]] base::Result<std::shared_ptr<const feature::Scorer>> serve_trained(
    const models::ServingModel& model, const artifact::PackageManifest& manifest,
    const artifact::SafetensorsWriter& weights);

}  // namespace inkling::cli
