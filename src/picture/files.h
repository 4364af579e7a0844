// A folder's picture files, each as the small square that a model reads. Thread safety: pure functions over files.
// Failure: kNotFound without the folder; of a file as decode.h, or the system's reason (kIo, kNotFound).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/core/result.h"

namespace inkling::picture {

// What lies in the folder itself, sorted by name; what begins with a dot is hidden.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> entries_of(const std::string& folder);
// Of entries_of: those that end in .jpg, .jpeg or .png, however written.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> picture_files(const std::string& folder);

// Three planes of side * side values from 0 to 1 (shrink, decode.h).
[[nodiscard]] base::Result<std::vector<float>> read_square(const std::filesystem::path& file, std::size_t side);

}  // namespace inkling::picture
