// From a table to a package: with a test share, or by cross-validation, where every row is scored once by a model
// that never saw it and the package's own model sees them all. Packages of tables are published as candidates: a
// server knows shoppers, not rows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/cli/console.h"
#include "apps/cli/table_spec.h"
#include "artifact/manifest.h"
#include "base/core/result.h"

namespace inkling::cli {

struct TableRequest {
  std::filesystem::path data;
  std::string table;  // the CSV file
  TableSpec spec;
  std::vector<std::string> assignments;  // --set name=value
  int threads = 1;
  std::string predictions;  // CSV of the rows that were tested; empty: none
};

[[nodiscard]] base::Result<artifact::PackageManifest> train_on_table(const TableRequest& request, Console& console);

}  // namespace inkling::cli
