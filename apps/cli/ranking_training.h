// From a data folder to a published package of a model that orders candidates (models/ranking_model.h): the purchases
// of the journal go in. Failure: as inkling train tells it.
#pragma once

#include "apps/cli/console.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

// Of `request` are read: file.model (a ranking model), file.params, assignments, seed, threads, publish. Everything
// in the journal up to its newest purchase is learnt from.
[[nodiscard]] base::Result<artifact::PackageManifest> train_ranking(DataFolder& folder,
                                                                    const TrainingRequest& request, Console& console);

}  // namespace inkling::cli
