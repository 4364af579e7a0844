// A file mapped read-only into memory, for files too large to copy (sample shards). Not for files that somebody may
// shorten meanwhile: touching lost pages kills the process (SIGBUS). Not wasm-clean.
// Ownership: unmaps when destroyed; bytes() lives as long and starts at a page boundary. Thread safety: const calls
// from any thread. Failure: kNotFound, kIo.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

#include "base/core/result.h"

namespace inkling::artifact {

class MappedFile {
 public:
  static base::Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::span<const std::byte> bytes_;  // empty: nothing mapped
};

}  // namespace inkling::artifact
