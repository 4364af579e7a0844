// The report.html of a package: what was trained on what, how the loss fell, what the test part says. One file, no
// script, no outside resource, readable in light and dark.
#pragma once

#include <string>

#include "artifact/manifest.h"
#include "sample/build_samples.h"
#include "train/training_half.h"

namespace inkling::train {

[[nodiscard]] std::string training_report(const artifact::PackageManifest& manifest, const TrainedModel& trained,
                                          const sample::SampleSet& samples);

}  // namespace inkling::train
