// Writes a safetensors file piece by piece, for arrays that do not fit in memory twice (sample shards).
// Not for small files (SafetensorsWriter). Not wasm-clean.
//
// Use: create() with every tensor's dtype and shape, append() each tensor's bytes in that order and in pieces of any
// size, finish(). Until finish() only "<path>.partial" exists; without finish() it is removed.
// Thread safety: one thread. Cost: no copy of the data is kept. Failure: kIo; kInvalidInput for too many or too few
// bytes, naming the tensor.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "artifact/safetensors.h"
#include "base/core/result.h"

namespace inkling::artifact {

class TensorFileWriter {
 public:
  static base::Result<TensorFileWriter> create(const std::filesystem::path& path, std::span<const TensorSpec> specs,
                                               Metadata metadata = {});
  TensorFileWriter(TensorFileWriter&&) noexcept = default;
  TensorFileWriter& operator=(TensorFileWriter&&) = delete;
  ~TensorFileWriter();

  base::Status append(std::span<const std::byte> bytes);
  template <typename T>
  base::Status append_values(std::span<const T> values) {
    return append(std::as_bytes(values));
  }
  // Writes the header with its checksums, syncs and renames into place.
  base::Status finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  TensorFileWriter() = default;
  base::Status write(std::span<const std::byte> bytes);
  base::Status advance();

  std::filesystem::path path_;
  SafetensorsLayout layout_;
  Metadata metadata_;
  std::unique_ptr<std::FILE, Close> file_;
  std::size_t slot_ = 0;
  std::size_t position_ = 0;  // in the data section
  std::optional<TensorChecksum> checksum_;
  std::vector<std::string> checksums_;
};

}  // namespace inkling::artifact
