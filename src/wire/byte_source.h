// The bytes of a log file, unpacked: plain, gzip or Zstandard, told apart by their first bytes and not by their name.
// Private to src/wire. Several packed streams one behind the other (as `cat a.gz b.gz` makes them) read as one.
//
// Thread safety: one thread. Cost: one copy; half a megabyte of buffers. Failure: a packed stream that ends early or
// fails its checksum is kCorrupt and names the file; what came before it has been handed on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/core/result.h"

namespace inkling::wire {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills the beginning of `to`; 0 at the end of the data.
  [[nodiscard]] virtual base::Result<std::size_t> read(std::span<char> to) = 0;
  // Of the file as it lies on disk; the total is 0 for a pipe.
  [[nodiscard]] virtual std::uint64_t bytes_read() const = 0;
  [[nodiscard]] virtual std::uint64_t bytes_total() const = 0;
};

[[nodiscard]] base::Result<std::unique_ptr<ByteSource>> open_bytes(const std::string& path);

}  // namespace inkling::wire
