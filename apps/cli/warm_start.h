// What `inkling train --from` takes from an older package: its encoders, its plan and its parameters, wherever the
// training file and the command line say nothing else, and a refusal by name where they say something that does not
// fit. Not for copying weights (train/warm_start.h). Thread safety: plain values. Failure: kNotFound for a version
// that is not there, kConflict for what differs from the parent, kUnsupported for another fold or feature version.
#pragma once

#include <filesystem>
#include <string>

#include "apps/cli/training_file.h"
#include "artifact/package.h"
#include "train/parameters.h"

namespace inkling::cli {

struct ParentPackage {
  artifact::Package package;
  feature::BlueprintSpec blueprint;
  sample::SamplePlan plan;
  [[nodiscard]] std::string name() const { return package.manifest().name + " " + package.manifest().version; }
};

// `from`: "v3", "dipn/v3" or "live".
[[nodiscard]] base::Result<ParentPackage> open_parent(const std::filesystem::path& data, const std::string& model,
                                                      const std::string& from);

// Puts the parent's features and plan into `file`. `written`: a training file was given, and must ask for the same
// features and horizons; without one its points and horizons are the parent's too.
[[nodiscard]] base::Status adopt_parent(const ParentPackage& parent, bool written, TrainingFile& file);

// The parent's parameters, as far as the model still has them.
[[nodiscard]] base::Json parent_params(const ParentPackage& parent, const train::ParameterTable& table);
// Only what shapes the training may differ from the parent's.
[[nodiscard]] base::Status check_params_fit(const ParentPackage& parent, const train::ParameterTable& table,
                                            const base::Json& params);

}  // namespace inkling::cli
