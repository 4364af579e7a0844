// Whole files, as the rest of the house reads and writes them: in one piece, and never half written.
// Not for streams or large logs (src/wire reads those).
//
// Thread safety: free functions, safe on different paths. Two writers of the same path: one of the two wins whole.
// Failure: every message names the path and the system's reason; a path that does not exist is kNotFound, a file over
// the stated limit kTooLarge, anything else kIo.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace inkling::base {

inline constexpr std::uint64_t kMaxWholeFileBytes = std::uint64_t{4} << 30;

[[nodiscard]] Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes = kMaxWholeFileBytes);

// Replaces `path` whole: after a crash at any moment it holds the old bytes or the new ones. The bytes go to a
// temporary file in the same folder, which is flushed to disk and renamed; then the folder is flushed.
[[nodiscard]] Status write_file_atomic(const std::string& path, std::string_view bytes);

// Makes the folder and those above it; a folder that exists already is fine.
[[nodiscard]] Status make_directories(const std::string& path);

}  // namespace inkling::base
