#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace inkling::base {
namespace {

Status system_error(const std::string& what, const std::string& path, int reason) {
  const std::string message = what + " " + path + ": " + std::generic_category().message(reason);
  return reason == ENOENT || reason == ENOTDIR ? not_found(message) : io_error(message);
}

// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool ok() const { return number_ >= 0; }
  [[nodiscard]] int get() const { return number_; }
  // Some file systems report a failed write only here. 0 or errno.
  [[nodiscard]] int close() {
    const int number = number_;
    number_ = -1;
    return ::close(number) == 0 ? 0 : errno;
  }

 private:
  int number_;
};

int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

int write_flushed(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file.ok()) return errno;
  if (const int reason = write_all(file.get(), bytes); reason != 0) return reason;
  if (::fsync(file.get()) != 0) return errno;
  return file.close();
}

// Without this the rename itself may be lost in a crash.
int flush_folder(const std::string& folder) {
  Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.ok()) return errno;
  // Some network file systems cannot flush a folder and say EINVAL; there is nothing better to do there.
  return ::fsync(file.get()) == 0 || errno == EINVAL ? 0 : errno;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Unique among the threads of this process and, by the process number, among processes.
std::string temporary_name(const std::string& path) {
  static std::atomic<std::uint64_t> counter{0};
  return path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t max_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (!file.ok() || ::fstat(file.get(), &facts) != 0) return system_error("cannot read", path, errno);
  if (S_ISDIR(facts.st_mode)) return system_error("cannot read", path, EISDIR);

  std::string bytes;
  bytes.resize(S_ISREG(facts.st_mode) ? static_cast<std::size_t>(facts.st_size) + 1 : 4096);
  std::size_t filled = 0;
  // One byte is always left over, so that the end is seen without growing; a pipe or /proc file tells no size.
  while (true) {
    if (filled > max_bytes) {
      return too_large(path + " has more than the " + std::to_string(max_bytes) + " bytes allowed");
    }
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

Status write_file_atomic(const std::string& path, std::string_view bytes) {
  const std::string temporary = temporary_name(path);
  int reason = write_flushed(temporary, bytes);
  if (reason == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) reason = errno;
  if (reason != 0) {
    ::unlink(temporary.c_str());
    return system_error("cannot write", path, reason);
  }
  reason = flush_folder(folder_of(path));
  return reason == 0 ? Status() : system_error("cannot flush the folder of", path, reason);
}

Status make_directories(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return {};
  return io_error("cannot make the folder " + path + ": " + std::generic_category().message(error.value()));
}

}  // namespace inkling::base
