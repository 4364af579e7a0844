// From a data folder to a published package of a model that gives every item a vector (models/vector_model.h): the
// visits of the journal go in. Failure: as inkling train tells it.
#pragma once

#include "apps/cli/console.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

// Of `request` are read: file.model (a vector model), file.params, assignments, seed, publish. The whole journal is
// learnt from, on one thread.
[[nodiscard]] base::Result<artifact::PackageManifest> train_vectors(DataFolder& folder,
                                                                    const TrainingRequest& request, Console& console);

}  // namespace inkling::cli
