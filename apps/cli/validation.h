// Checks the files that people write (scenes, pools, mappings, training files, table specs, server configurations,
// templates of posts) by the very readers that load them to serve, import and train: every mistake of every file at
// once. Not a second checker, and it prints nothing. Failure of single files is in the result; thread safety: one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/file_mistakes.h"
#include "base/core/json.h"
#include "base/core/result.h"

namespace inkling::cli {

enum class FileKind : std::uint8_t { kScene, kMapping, kTraining, kServer, kTable, kPool, kTemplate };
inline constexpr std::array<std::string_view, 7> kFileKindNames = {"scene", "mapping", "training", "server",
                                                                   "table", "pool",    "template"};

[[nodiscard]] base::Result<FileKind> file_kind_from_name(std::string_view name);

struct ValidatedFile {
  std::string path;
  std::optional<FileKind> kind;  // none: nobody could tell
  // In the order of the file; empty: it is right. `text` has the same, one line each, as editors understand them.
  std::vector<base::FileMistake> mistakes;
  std::string text;
};

struct Validation {
  std::vector<ValidatedFile> files;
  std::vector<std::string> left_out;  // YAML files met in folders that are none of Inkling's
  [[nodiscard]] std::size_t mistake_count() const;
};

// Folders are walked for .yaml and .yml files, hidden ones left out. `as`: what every file named is; without it each
// file's own keys tell.
[[nodiscard]] Validation validate(const std::vector<std::string>& paths, std::optional<FileKind> as);

// The published JSON Schema (2020-12) of a kind of file.
[[nodiscard]] base::Json file_schema(FileKind kind);

}  // namespace inkling::cli
