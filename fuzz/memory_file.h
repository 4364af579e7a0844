// Bytes under a path of their own, without a disk: for code that opens files by name. Only for the targets of this
// folder. Ownership: the file goes with the object. Linux only.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "fuzz/property.h"

namespace inkling::fuzz {

class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : file_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    must(file_ >= 0, "memfd_create gives a file");
    must(::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "the bytes fit");
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

}  // namespace inkling::fuzz
