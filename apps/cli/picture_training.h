// From folders of pictures, one an album, to a published package of a model that sorts pictures
// (models/picture_model.h). Failure: as inkling train tells it.
#pragma once

#include <string>

#include "apps/cli/console.h"
#include "apps/cli/package_training.h"

namespace inkling::cli {

// Of `request` are read: file.model (a picture model), assignments, seed, threads, publish. `folder` needs no store.
// `pictures`: train/labelled_pictures.h.
[[nodiscard]] base::Result<artifact::PackageManifest> train_sorter(const DataFolder& folder,
                                                                   const std::string& pictures,
                                                                   const TrainingRequest& request, Console& console);

}  // namespace inkling::cli
