// From labelled texts to a published package of a model that tags texts (models/tagging_model.h). Failure: as inkling
// train tells it.
#pragma once

#include <string>

#include "apps/cli/console.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

// Of `request` are read: file.model (a tagging model), assignments, seed, threads, publish. `folder` needs no store.
// `labelled`: JSON Lines, docs/formats.md "Labelled texts".
[[nodiscard]] base::Result<artifact::PackageManifest> train_tagger(const DataFolder& folder,
                                                                   const std::string& labelled,
                                                                   const TrainingRequest& request, Console& console);

}  // namespace inkling::cli
