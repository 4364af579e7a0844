// From a data folder and a training file to a published package (verbs train and standalone).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/data_folder.h"
#include "apps/cli/training_file.h"
#include "artifact/manifest.h"

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
};

// Builds samples, trains, measures the test part with the serving half, writes the package and publishes it.
[[nodiscard]] base::Result<artifact::PackageManifest> train_package(DataFolder& folder, TrainingRequest request,
                                                                    Console& console);

}  // namespace inkling::cli
