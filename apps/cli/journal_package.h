// What trainings that learn from the whole journal, without a training file, have in common (ranking_training.h,
// vector_training.h): parameters in, a published package out. Failure: as inkling train tells it.
#pragma once

#include <cstdint>
#include <string_view>

#include "apps/cli/package_training.h"
#include "artifact/safetensors.h"

namespace inkling::cli {

// Refuses what only models of shoppers can do. `instead` ends the sentence: how the model is told the same.
[[nodiscard]] base::Status check_journal_request(const TrainingRequest& request, std::string_view instead);

// What the request says of a model's parameters, complete.
[[nodiscard]] base::Result<base::Json> journal_params(std::string_view model, std::string_view params_yaml,
                                                      const TrainingRequest& request);

// All but the data's times and what was learnt.
[[nodiscard]] artifact::PackageManifest journal_manifest(const TrainingRequest& request, const base::Json& params,
                                                         std::int64_t now_ms);

// What the request says of publishing, for models that serve no shopper: the first one need not have been measured to
// be live.
[[nodiscard]] base::Result<Publish> first_is_live(const DataFolder& folder, const TrainingRequest& request);

// Gives the manifest its version, writes the package and publishes it.
[[nodiscard]] base::Status write_journal_package(const DataFolder& folder, Publish how,
                                                 artifact::SafetensorsWriter weights,
                                                 artifact::PackageManifest& manifest, Console& console);

}  // namespace inkling::cli
