// From a data folder to sample shards: finds the log's span, sets the split's boundaries, fits the encoders on the
// training part and writes `<folder>/part-00000.safetensors` ... Everything that train and evaluate need.
// Cost: two replays of the journal. Memory: one shard (about 64 MiB) and one shopper's events.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "feature/blueprint.h"
#include "sample/replay.h"
#include "sample/sample_plan.h"
#include "store/store.h"

namespace inkling::sample {

struct SampleSet {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> shards;
  feature::BlueprintSpec blueprint;  // fitted
  SamplePlan plan;                   // with boundaries
  LogSpan span;
  std::array<std::uint64_t, 3> part_counts{};     // points in train, validation, test
  std::vector<std::array<double, 3>> base_rates;  // per target, per part
  std::vector<std::uint64_t> view_records;        // per view of the blueprint: records that samples read
};

// `progress(stage, done, total)`.
using BuildProgress = std::function<void(std::string_view, std::uint64_t, std::uint64_t)>;

[[nodiscard]] base::Result<SampleSet> build_samples(const store::Store& store, const SamplePlan& plan,
                                                    const feature::BlueprintSpec& unfitted,
                                                    const std::filesystem::path& folder,
                                                    const BuildProgress& progress = {});

// The same for a later training: encoders stay as they were fitted, vocabularies learn the names of the newer days.
[[nodiscard]] base::Result<SampleSet> grow_samples(const store::Store& store, const SamplePlan& plan,
                                                   const feature::BlueprintSpec& fitted,
                                                   const std::filesystem::path& folder,
                                                   const BuildProgress& progress = {});

// The same points with an already fitted blueprint (evaluating a package): no fitting pass.
[[nodiscard]] base::Result<SampleSet> encode_samples(const store::Store& store,
                                                     const SamplePlan& plan_with_boundaries,
                                                     const feature::BlueprintSpec& fitted, const LogSpan& span,
                                                     const std::filesystem::path& folder,
                                                     const BuildProgress& progress = {});

}  // namespace inkling::sample
