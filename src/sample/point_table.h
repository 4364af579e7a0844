// Decision points as a plain CSV table: for rivals, plots and anybody's own analysis. Columns: shopper, ts_ms, part
// (train, validation, test), one 0/1 column per target, then raw statistics (empty where missing).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "feature/blueprint.h"
#include "sample/replay.h"

namespace inkling::sample {

// `statistics` names sources of src/feature/source.h that are numbers; of `times` only the session gap and the offset
// from UTC count. Returns the number of rows. The file appears only when complete.
[[nodiscard]] base::Result<std::uint64_t> write_point_table(const store::Store& store, const SamplePlan& plan,
                                                            const feature::BlueprintSpec& times, const LogSpan& span,
                                                            const std::vector<std::string>& statistics,
                                                            const std::filesystem::path& path,
                                                            const store::Progress& progress = {});

// A CSV cell: quoted only where RFC 4180 asks for it.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace inkling::sample
