#include "artifact/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace inkling::artifact {
namespace {

base::Status failure(const std::filesystem::path& path, int reason) {
  const std::string message = "cannot map " + path.string() + ": " + std::generic_category().message(reason);
  return reason == ENOENT || reason == ENOTDIR ? base::not_found(message) : base::io_error(message);
}

// 0 or errno; an empty file maps to an empty span, which mmap itself would refuse.
int map_descriptor(int descriptor, std::span<const std::byte>& bytes) {
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0) return errno;
  if (S_ISDIR(facts.st_mode)) return EISDIR;
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size == 0) return 0;
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (memory == MAP_FAILED) return errno;
  bytes = {static_cast<const std::byte*>(memory), size};
  return 0;
}

}  // namespace

base::Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return failure(path, errno);
  std::span<const std::byte> bytes;
  const int reason = map_descriptor(descriptor, bytes);
  ::close(descriptor);
  if (reason != 0) return failure(path, reason);
  return MappedFile(bytes);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace inkling::artifact
